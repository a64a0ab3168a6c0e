package dev.whorl.gcode;

/**
 * Beads side by side, each of which lies at one place of the axis it measures: the x strip's along
 * y, the y strip's along x, and for the motors of a CoreXY along the diagonals.
 */
final class RasterStrips {
  private static final double SPEED_MM_S = 40;
  private static final double EDGE_MM = 0.2;

  /** Length, along the strip of beads that it shares, of a CoreXY's diagonal raster. */
  static final double DIAGONAL_MM = 8;

  private RasterStrips() {}

  static void write(ToolpathWriter writer, CouponLayout layout, Kinematics kinematics) {
    double far = CouponLayout.SIZE_MM - EDGE_MM;
    double gap = CouponLayout.GAP_MM;
    double strip = layout.stripMm;
    double low = layout.lowMm;
    write(writer, layout, "xs", "x", new BoxMm(EDGE_MM, strip, far, low), 90);
    write(writer, layout, "ys1", "y", new BoxMm(strip, EDGE_MM, low, strip - gap), 0);
    write(writer, layout, "ys2", "y", new BoxMm(strip, low + gap, low, far), 0);
    if (kinematics == Kinematics.COREXY) {
      double near = 0.3;
      double from = low + gap;
      double to = from + DIAGONAL_MM;
      // x + y is the same all along a line at -45 degrees, x - y along one at +45.
      write(writer, layout, "as", "a", new BoxMm(from, near, to, strip - gap), -45);
      write(writer, layout, "bs", "b", new BoxMm(near, from, strip - gap, to), 45);
    }
  }

  private static void write(
      ToolpathWriter writer,
      CouponLayout layout,
      String name,
      String axis,
      BoxMm area,
      double angleDeg) {
    writer.feature(ToolpathWriter.format("raster %s axis=%s speed=%.0f", name, axis, SPEED_MM_S));
    double pitch = layout.pitchMm;
    for (RasterFill.Line line : RasterFill.lines(area, angleDeg, pitch, pitch / 2, pitch)) {
      writer.bead(line, SPEED_MM_S, pitch * layout.heightMm);
    }
  }
}
