package dev.whorl.fingerprint.toolpath;

import dev.whorl.fingerprint.Axis;

/**
 * One straight extruding move, in coupon mm.
 *
 * @param x0Mm start
 * @param y0Mm start
 * @param x1Mm end
 * @param y1Mm end
 * @param zMm height of the nozzle above the bed
 * @param speedMmS commanded speed
 * @param e0Mm filament fed when it starts, since the program's start
 * @param e1Mm filament fed when it ends
 * @param limits how speed may change
 * @param cameFrom for X, Y, A, B in turn: the sign of that axis's last motion, during the move
 *     where it moves and before it where it does not; 0 where not known
 */
public record Segment(
    double x0Mm,
    double y0Mm,
    double x1Mm,
    double y1Mm,
    double zMm,
    double speedMmS,
    double e0Mm,
    double e1Mm,
    MotionLimits limits,
    Signs cameFrom) {

  /** The sign of the last motion of each axis: -1, 0 or 1. */
  public record Signs(int x, int y, int a, int b) {
    static final Signs UNKNOWN = new Signs(0, 0, 0, 0);

    /** The sign for one axis. */
    public int of(Axis axis) {
      return switch (axis) {
        case X -> x;
        case Y -> y;
        case A -> a;
        case B -> b;
      };
    }
  }

  /** Length, mm. */
  public double lengthMm() {
    return Math.hypot(x1Mm - x0Mm, y1Mm - y0Mm);
  }

  /** X part of the direction of travel. */
  public double directionX() {
    return (x1Mm - x0Mm) / lengthMm();
  }

  /** Y part of the direction of travel. */
  public double directionY() {
    return (y1Mm - y0Mm) / lengthMm();
  }

  /** X of the place {@code sMm} after the start and {@code tMm} to the left of the travel. */
  public double xMm(double sMm, double tMm) {
    return x0Mm + directionX() * sMm - directionY() * tMm;
  }

  /** Y of the place {@code sMm} after the start and {@code tMm} to the left of the travel. */
  public double yMm(double sMm, double tMm) {
    return y0Mm + directionY() * sMm + directionX() * tMm;
  }

  /** Direction of travel, counter-clockwise from +X, 0 up to 360. */
  public double headingDeg() {
    double deg = Math.toDegrees(Math.atan2(y1Mm - y0Mm, x1Mm - x0Mm));
    return deg < 0 ? deg + 360 : deg;
  }
}
