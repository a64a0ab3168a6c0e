package dev.whorl.hardware;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The config's {@code [camera]} table, as far as a driver needs it.
 *
 * @param driver v4l2, rpicam, mjpeg, command or sim
 * @param command argv of the command driver, with {@code {out}}, {@code {lamp}} and {@code
 *     {exposure_us}} replaced
 * @param device video device of the v4l2 driver
 * @param url stream of the mjpeg driver
 * @param exposureUs exposure time of every frame
 * @param timeoutMs longest wait for one frame
 */
public record CameraSettings(
    String driver,
    List<String> command,
    @Nullable String device,
    @Nullable String url,
    int exposureUs,
    int timeoutMs) {
  public CameraSettings {
    command = List.copyOf(command);
  }
}
