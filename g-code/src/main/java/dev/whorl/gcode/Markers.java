package dev.whorl.gcode;

/**
 * Four ArUco markers in relief, one in each corner. Black cells are raised by one bead's height,
 * white ones stay as low as layer 2. The marker's top is towards +y: seen from above, with +y up,
 * it is upright and unmirrored, its row 0 at the greatest y and its column 0 at the least x.
 */
final class Markers {
  private static final double SPEED_MM_S = 30;

  private Markers() {}

  static void write(ToolpathWriter writer, CouponLayout layout, ShortId shortId) {
    for (int corner = 0; corner < 4; corner++) {
      double[] at = layout.markerAt(corner);
      int id = shortId.markerId(corner);
      writer.feature(
          ToolpathWriter.format(
              "marker m%d id=%d x=%.4f y=%.4f cell=%.4f cells=%d",
              corner, id, at[0], at[1], layout.cellMm, MarkerBits.CELLS));
      write(writer, layout, id, at[0], at[1]);
    }
  }

  private static void write(
      ToolpathWriter writer, CouponLayout layout, int id, double x, double y) {
    double pitch = layout.pitchMm;
    int beadsPerCell = (int) Math.round(layout.cellMm / pitch);
    for (int bead = 0; bead < MarkerBits.CELLS * beadsPerCell; bead++) {
      int row = MarkerBits.CELLS - 1 - bead / beadsPerCell;
      boolean leftwards = bead % 2 == 1;
      double middleY = y + (bead + 0.5) * pitch;
      for (int step = 0; step < MarkerBits.CELLS; ) {
        int run = runLength(id, row, step, leftwards);
        if (run > 0) {
          int column = leftwards ? MarkerBits.CELLS - step - run : step;
          double from = x + column * layout.cellMm;
          double to = from + run * layout.cellMm;
          // Ends round off half a bead beyond where the nozzle stops; a single cell as narrow as
          // the bead would leave it no way to go.
          double inset = to - from > 1.5 * pitch ? pitch / 2 : pitch / 4;
          RasterFill.Line line = new RasterFill.Line(from + inset, middleY, to - inset, middleY);
          writer.bead(leftwards ? line.reversed() : line, SPEED_MM_S, pitch * layout.heightMm);
        }
        step += Math.max(1, run);
      }
    }
  }

  /** How many black cells follow each other in a row, from a step of the way through it. */
  private static int runLength(int id, int row, int from, boolean leftwards) {
    int step = from;
    while (step < MarkerBits.CELLS
        && MarkerBits.isBlack(id, row, leftwards ? MarkerBits.CELLS - 1 - step : step)) {
      step++;
    }
    return step - from;
  }
}
