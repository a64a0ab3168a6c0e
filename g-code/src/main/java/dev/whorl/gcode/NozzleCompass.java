package dev.whorl.gcode;

/**
 * A solid patch, and eight single strokes over it that press the hot nozzle slightly into the laid
 * surface: each heading drags another section of the nozzle's rim, whose marks stay in the plastic.
 */
final class NozzleCompass {
  private static final double PATCH_MM_S = 50;
  private static final double PATCH_DEG = 67.5;
  private static final double STROKE_MM_S = 20;

  /** How far below the laid surface: a nozzle that only skims leaves no mark. */
  private static final double PRESS_MM = 0.04;

  /** Share of a bead's flow, as slicers use for ironing: keeps the nozzle full, fills valleys. */
  private static final double FLOW = 0.1;

  private static final double INNER_MM = 2.3;
  private static final double OUTER_MM = 6.8;
  private static final double RIM_MM = 0.2;

  private NozzleCompass() {}

  static void write(ToolpathWriter writer, CouponLayout layout) {
    BoxMm patch = layout.patch();
    double pitch = layout.pitchMm;
    double area = pitch * layout.heightMm;
    writer.feature("patch compass");
    for (RasterFill.Line line : RasterFill.lines(patch, PATCH_DEG, pitch, pitch / 2, pitch)) {
      writer.bead(line, PATCH_MM_S, area);
    }
    double middle = (patch.x0() + patch.x1()) / 2;
    double outer = Math.min(OUTER_MM, (patch.x1() - patch.x0()) / 2 - RIM_MM);
    for (int heading = 0; heading < 360; heading += 45) {
      writer.feature(
          ToolpathWriter.format("stroke s%d heading=%d press=%.3f", heading, heading, PRESS_MM));
      double x = Math.cos(Math.toRadians(heading));
      double y = Math.sin(Math.toRadians(heading));
      writer.layer(3 * layout.heightMm, true);
      writer.travelTo(middle + INNER_MM * x, middle + INNER_MM * y);
      writer.height(3 * layout.heightMm - PRESS_MM);
      writer.extrudeTo(middle + outer * x, middle + outer * y, STROKE_MM_S, FLOW * area);
    }
  }
}
