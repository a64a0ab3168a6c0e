package dev.whorl.sim.bed;

/**
 * The cross-section of a bead squeezed between a flat nozzle and the ground: flat on top, its sides
 * quarter ellipses as high as the gap and half as wide. A slicer's stadium has the same width for
 * the same area; unlike it this one has no undercut, as plastic that wets what it is laid on.
 */
final class BeadProfile {

  /** Width of a rounded side over the bead's height. */
  private static final double SIDE = 0.5;

  private static final double QUARTER = Math.PI / 4;
  private static final int STEPS = 1024;

  /** Integral of the rounded side from its foot, over 0..1 of its width. */
  private static final float[] SIDE_INTEGRAL = sideIntegral();

  final double heightMm;
  final double halfWidthMm;
  private final double sideMm;

  /**
   * The bead of a flow in a gap. Where the flow cannot fill the gap up to the nozzle the bead stays
   * lower than it.
   */
  BeadProfile(double areaMm2, double gapMm) {
    double fullest = Math.sqrt(areaMm2 / (2 * SIDE * QUARTER));
    heightMm = Math.min(gapMm, fullest);
    sideMm = SIDE * heightMm;
    halfWidthMm = 0.5 * areaMm2 / heightMm + sideMm * (1 - QUARTER);
  }

  /**
   * Height at a distance from the bead's middle line, averaged over a sample's width so that an
   * edge's place is kept to a fraction of it.
   */
  double heightMm(double fromMiddleMm, double sampleMm) {
    double t = halfWidthMm - fromMiddleMm;
    return heightMm * (integral(t + 0.5 * sampleMm) - integral(t - 0.5 * sampleMm)) / sampleMm;
  }

  private double integral(double fromEdgeMm) {
    if (fromEdgeMm <= 0) {
      return 0;
    }
    if (fromEdgeMm >= sideMm) {
      return sideMm * QUARTER + fromEdgeMm - sideMm;
    }
    double x = fromEdgeMm / sideMm * STEPS;
    int i = Math.min((int) x, STEPS - 1);
    return sideMm * (SIDE_INTEGRAL[i] + (x - i) * (SIDE_INTEGRAL[i + 1] - SIDE_INTEGRAL[i]));
  }

  private static float[] sideIntegral() {
    float[] table = new float[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double u = 1 - (double) i / STEPS;
      table[i] = (float) (QUARTER - 0.5 * (u * Math.sqrt(1 - u * u) + Math.asin(u)));
    }
    return table;
  }
}
