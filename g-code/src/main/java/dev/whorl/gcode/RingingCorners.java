package dev.whorl.gcode;

/**
 * Nested L's. The axis that drove the first leg is stopped at the corner and rings while the other
 * axis draws the second leg, which shows it sideways.
 */
final class RingingCorners {
  private static final double SPEED_MM_S = 80;
  private static final int MOST = 3;

  /** 80 mm/s at 3000 mm/s2 takes 1.05 mm to reach from a jerk of 10 mm/s. */
  private static final double SHORTEST_IN_LEG_MM = 1.5;

  private RingingCorners() {}

  static void write(ToolpathWriter writer, CouponLayout layout) {
    double p = layout.pitchMm;
    double start = layout.highMm + p / 2;
    double end = layout.beadToMm();
    for (String ring : new String[] {"x", "y"}) {
      for (int k = 0; k < MOST; k++) {
        double turn = layout.farMm() - p / 2 - k * layout.rowPitchMm();
        double lane = layout.beadFromMm() + k * layout.rowPitchMm();
        if (turn - start < SHORTEST_IN_LEG_MM) {
          break; // wide nozzles leave room for two
        }
        writer.feature(
            ToolpathWriter.format(
                "corner r%s%d ring=%s speed=%.0f", ring, k + 1, ring, SPEED_MM_S));
        double[][] way = {{start, lane}, {turn, lane}, {turn, end}};
        boolean x = ring.equals("x");
        writer.travelTo(way[0][x ? 0 : 1], way[0][x ? 1 : 0]);
        for (int leg = 1; leg <= 2; leg++) {
          writer.extrudeTo(
              way[leg][x ? 0 : 1], way[leg][x ? 1 : 0], SPEED_MM_S, p * layout.heightMm);
        }
      }
    }
  }
}
