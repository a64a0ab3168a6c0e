package dev.whorl.gcode;

/**
 * Layers 1 and 2: solid, one perimeter and a raster. Their angles keep every feature on top, which
 * runs at a multiple of 45 degrees, from lying along what is under it.
 */
final class Base {
  private static final double[] ANGLE_DEG = {67.5, -22.5};
  private static final double[] PERIMETER_MM_S = {25, 50};
  private static final double[] RASTER_MM_S = {30, 70};

  /** How far raster lines run into the perimeter, in pitches, so that the two weld. */
  private static final double OVERLAP = 0.15;

  private Base() {}

  static void write(ToolpathWriter writer, CouponLayout layout, int layer) {
    double pitch = layout.pitchMm;
    double area = pitch * layout.heightMm;
    double near = pitch / 2;
    double far = CouponLayout.SIZE_MM - pitch / 2;
    writer.feature("perimeter layer-" + (layer + 1));
    writer.travelTo(near, near);
    double[][] loop = {{far, near}, {far, far}, {near, far}, {near, near}};
    for (double[] to : loop) {
      writer.extrudeTo(to[0], to[1], PERIMETER_MM_S[layer], area);
    }
    BoxMm inside = new BoxMm(0, 0, CouponLayout.SIZE_MM, CouponLayout.SIZE_MM).grownBy(-pitch);
    writer.feature("base layer-" + (layer + 1));
    for (RasterFill.Line line :
        RasterFill.lines(inside, ANGLE_DEG[layer], pitch, (0.5 - OVERLAP) * pitch, pitch / 2)) {
      writer.bead(line, RASTER_MM_S[layer], area);
    }
  }
}
