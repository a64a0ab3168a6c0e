package dev.whorl.sim.bed;

/** A rectangle in machine mm; empty when its minimum exceeds its maximum. */
public record Bounds(double minXMm, double minYMm, double maxXMm, double maxYMm) {

  static final Bounds EMPTY =
      new Bounds(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return minXMm > maxXMm || minYMm > maxYMm;
  }

  /** Distance from a point to the rectangle, 0 inside. */
  public double distanceMm(double xMm, double yMm) {
    double dx = Math.max(0, Math.max(minXMm - xMm, xMm - maxXMm));
    double dy = Math.max(0, Math.max(minYMm - yMm, yMm - maxYMm));
    return Math.hypot(dx, dy);
  }

  Bounds and(Track track) {
    double minX = minXMm;
    double minY = minYMm;
    double maxX = maxXMm;
    double maxY = maxYMm;
    for (int i = 0; i < track.size(); i++) {
      minX = Math.min(minX, track.xMm()[i]);
      maxX = Math.max(maxX, track.xMm()[i]);
      minY = Math.min(minY, track.yMm()[i]);
      maxY = Math.max(maxY, track.yMm()[i]);
    }
    return new Bounds(minX, minY, maxX, maxY);
  }
}
