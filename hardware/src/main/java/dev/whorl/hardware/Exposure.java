package dev.whorl.hardware;

/**
 * What one frame asks of a camera.
 *
 * @param lamp name of the lamp that is on, or {@link #DARK} when none is
 * @param exposureUs exposure time in microseconds
 * @param timeoutMs after this many milliseconds the frame is given up
 */
public record Exposure(String lamp, int exposureUs, int timeoutMs) {
  /** The frame without any lamp: what ambient light and the sensor add to every other one. */
  public static final String DARK = "dark";

  public Exposure {
    if (exposureUs <= 0 || timeoutMs <= 0) {
      throw new IllegalArgumentException("exposure and timeout must be positive: " + exposureUs);
    }
  }
}
