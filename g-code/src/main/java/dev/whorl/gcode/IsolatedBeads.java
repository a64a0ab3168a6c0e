package dev.whorl.gcode;

/**
 * Beads with nothing beside them, slow and fast, straight and tilted: along x between the lower
 * markers and along y between the left ones. A tilted bead crosses many full steps of the motor
 * that a straight one would stay on.
 */
final class IsolatedBeads {
  private static final double SLOW_MM_S = 20;
  private static final double FAST_MM_S = 80;
  private static final double TILT_DEG = 4;

  /** A bead must be this long to say something at its full speed. */
  private static final double SHORTEST_MM = 4;

  private IsolatedBeads() {}

  static void write(ToolpathWriter writer, CouponLayout layout, Kinematics kinematics) {
    for (boolean alongX : new boolean[] {true, false}) {
      new Strip(writer, layout, kinematics, alongX).write();
    }
  }

  /** One of the two strips; u runs along it, v across. */
  private static final class Strip {
    private final ToolpathWriter writer;
    private final CouponLayout layout;
    private final boolean alongX;
    private final double from;
    private final double to;
    private int count;

    Strip(ToolpathWriter writer, CouponLayout layout, Kinematics kinematics, boolean alongX) {
      this.writer = writer;
      this.layout = layout;
      this.alongX = alongX;
      double diagonal =
          kinematics == Kinematics.COREXY ? CouponLayout.GAP_MM + RasterStrips.DIAGONAL_MM : 0;
      from = layout.beadFromMm() + diagonal;
      to = layout.beadToMm();
    }

    void write() {
      double row = layout.rowFromMm();
      double step = layout.rowPitchMm();
      double half = (to - from - step) / 2;
      if (tiltedRoom(row + 3 * step) >= SHORTEST_MM) {
        straight(SLOW_MM_S, row, from, to);
        straight(FAST_MM_S, row + step, from, to);
        tilted(SLOW_MM_S, row + 2 * step, from, to);
        tilted(FAST_MM_S, row + 3 * step, from, to);
      } else if (half >= SHORTEST_MM) { // wide nozzles: two beads to a row
        straight(SLOW_MM_S, row, from, from + half);
        straight(FAST_MM_S, row, to - half, to);
        tilted(SLOW_MM_S, row + step, from, from + half);
        tilted(FAST_MM_S, row + step, to - half, to);
      } else {
        straight(FAST_MM_S, row, from, to);
        tilted(FAST_MM_S, row + step, from, to);
      }
    }

    /** How long a tilted bead that begins in a row may be. */
    private double tiltedRoom(double row) {
      return (layout.rowToMm() - row) / Math.tan(Math.toRadians(TILT_DEG));
    }

    private void straight(double speed, double row, double from, double to) {
      bead(ToolpathWriter.format("bead %s speed=%.0f", name(), speed), speed, from, row, to, row);
    }

    private void tilted(double speed, double row, double from, double to) {
      double end = Math.min(to, from + tiltedRoom(row));
      double rise = (end - from) * Math.tan(Math.toRadians(TILT_DEG));
      bead(
          ToolpathWriter.format("tilted %s speed=%.0f deg=%.0f", name(), speed, TILT_DEG),
          speed,
          from,
          row,
          end,
          row + rise);
    }

    private String name() {
      return (alongX ? "bx" : "by") + ++count;
    }

    private void bead(String feature, double speed, double u0, double v0, double u1, double v1) {
      writer.feature(feature);
      RasterFill.Line line =
          alongX ? new RasterFill.Line(u0, v0, u1, v1) : new RasterFill.Line(v0, u0, v1, u1);
      // Every other bead the other way, so that backlash shows as a difference.
      writer.bead(count % 2 == 0 ? line.reversed() : line, speed, layout.pitchMm * layout.heightMm);
    }
  }
}
