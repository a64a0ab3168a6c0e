package dev.whorl.sim.firmware;

import java.util.function.LongSupplier;

/** The printer's own time: that of a clock outside, faster by a factor. */
public final class VirtualClock {

  private final LongSupplier nanos;
  private final double scale;
  private final long start;

  /**
   * Starts at 0.
   *
   * @param nanos the clock outside, as {@link System#nanoTime}
   * @param scale seconds here per second outside
   */
  public VirtualClock(LongSupplier nanos, double scale) {
    if (!(scale > 0 && scale <= 100_000)) {
      throw new IllegalArgumentException(
          "a time scale is greater than 0 and at most 100000; here " + scale);
    }
    this.nanos = nanos;
    this.scale = scale;
    this.start = nanos.getAsLong();
  }

  /** Seconds since the start. */
  public double nowS() {
    return (nanos.getAsLong() - start) * 1e-9 * scale;
  }

  /** How many seconds pass here in that many ms outside. */
  double ofRealMs(double ms) {
    return ms * 1e-3 * scale;
  }
}
