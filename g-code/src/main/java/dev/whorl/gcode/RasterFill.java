package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.List;

/** Parallel lines that fill a rectangle, to and fro. */
final class RasterFill {
  /** A bead's middle from (x0, y0) to (x1, y1). */
  record Line(double x0, double y0, double x1, double y1) {
    double lengthMm() {
      return Math.hypot(x1 - x0, y1 - y0);
    }

    Line reversed() {
      return new Line(x1, y1, x0, y0);
    }
  }

  /** Rounding must not cost a line that just touches an edge. */
  private static final double TINY = 1e-9;

  private RasterFill() {}

  /**
   * @param area to fill; the first bead's flank touches its lowest corner
   * @param angleDeg of the lines, counter-clockwise from +x
   * @param pitchMm between lines
   * @param insetMm from the area's edge to the ends of the lines
   * @param shortestMm lines shorter than this are left out
   */
  static List<Line> lines(
      BoxMm area, double angleDeg, double pitchMm, double insetMm, double shortestMm) {
    double alongX = Math.cos(Math.toRadians(angleDeg));
    double alongY = Math.sin(Math.toRadians(angleDeg));
    double acrossX = alongY;
    double acrossY = -alongX;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double x : new double[] {area.x0(), area.x1()}) {
      for (double y : new double[] {area.y0(), area.y1()}) {
        low = Math.min(low, x * acrossX + y * acrossY);
        high = Math.max(high, x * acrossX + y * acrossY);
      }
    }
    BoxMm ends = area.grownBy(-insetMm);
    List<Line> lines = new ArrayList<>();
    for (int k = 0; low + (k + 1) * pitchMm <= high + TINY; k++) {
      double across = low + (k + 0.5) * pitchMm;
      double[] span = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      clip(span, across * acrossX, alongX, ends.x0(), ends.x1());
      clip(span, across * acrossY, alongY, ends.y0(), ends.y1());
      if (span[1] - span[0] < shortestMm) {
        continue;
      }
      Line line =
          new Line(
              across * acrossX + span[0] * alongX,
              across * acrossY + span[0] * alongY,
              across * acrossX + span[1] * alongX,
              across * acrossY + span[1] * alongY);
      lines.add(lines.size() % 2 == 0 ? line : line.reversed());
    }
    return lines;
  }

  /** Narrows the span of t in which from + t step lies between low and high. */
  private static void clip(double[] span, double from, double step, double low, double high) {
    if (Math.abs(step) < 1e-12) {
      if (from < low - TINY || from > high + TINY) {
        span[1] = Double.NEGATIVE_INFINITY;
      }
      return;
    }
    double t0 = (low - from) / step;
    double t1 = (high - from) / step;
    span[0] = Math.max(span[0], Math.min(t0, t1));
    span[1] = Math.min(span[1], Math.max(t0, t1));
  }
}
