package dev.whorl.agent.run;

import java.util.Locale;

/**
 * A place on the bed where a coupon goes.
 *
 * @param xMm machine X of the coupon's lower left corner
 * @param yMm machine Y of it
 */
public record Slot(double xMm, double yMm) {
  /** How journals, topics and people name it: {@code 80.000,40.000}. */
  public String name() {
    return String.format(Locale.ROOT, "%.3f,%.3f", xMm, yMm);
  }

  /**
   * Whether a point lies on the coupon's square of side {@code sideMm} or within a margin of it.
   */
  public boolean covers(double pointXMm, double pointYMm, double sideMm, double marginMm) {
    return pointXMm > xMm - marginMm
        && pointXMm < xMm + sideMm + marginMm
        && pointYMm > yMm - marginMm
        && pointYMm < yMm + sideMm + marginMm;
  }
}
