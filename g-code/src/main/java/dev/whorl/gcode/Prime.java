package dev.whorl.gcode;

import java.util.List;

/** Two thick lines beside the coupon that fill the nozzle before it counts. */
final class Prime {
  /** The far edge of the lines, from the coupon's edge. */
  static final double REACH_MM = 4.1;

  private static final double NEAR_MM = 2.6;
  private static final double FAR_MM = 3.6;
  private static final double WIDTH_MM = 1;
  private static final double SPEED_MM_S = 15;

  /** Height in layers. */
  private static final double LAYERS = 1.5;

  /** Sides of the coupon, in the order of preference. */
  private enum Side {
    FRONT,
    BACK,
    LEFT,
    RIGHT;

    /** A point u along the side and v away from the coupon, in coupon coordinates. */
    double[] at(double u, double v) {
      double far = CouponLayout.SIZE_MM + v;
      return switch (this) {
        case FRONT -> new double[] {u, -v};
        case BACK -> new double[] {u, far};
        case LEFT -> new double[] {-v, u};
        case RIGHT -> new double[] {far, u};
      };
    }

    BoxMm box(double slotXMm, double slotYMm) {
      double[] a = at(0, NEAR_MM - WIDTH_MM / 2);
      double[] b = at(CouponLayout.SIZE_MM, REACH_MM);
      return new BoxMm(
          slotXMm + Math.min(a[0], b[0]),
          slotYMm + Math.min(a[1], b[1]),
          slotXMm + Math.max(a[0], b[0]),
          slotYMm + Math.max(a[1], b[1]));
    }
  }

  private Prime() {}

  /** True if the lines have room on some side of the coupon. */
  static boolean fits(CouponProfile profile, double slotXMm, double slotYMm) {
    for (Side side : Side.values()) {
      if (fits(profile, side.box(slotXMm, slotYMm))) {
        return true;
      }
    }
    return false;
  }

  /** The nozzle is above the bed, anywhere; it ends at the coupon. */
  static void write(
      ToolpathWriter writer,
      CouponLayout layout,
      CouponProfile profile,
      double slotXMm,
      double slotYMm) {
    Side side = side(profile, slotXMm, slotYMm);
    double[] start = side.at(0, FAR_MM);
    writer.feature("prime line");
    List<double[]> way =
        KeepoutRoute.around(
            profile,
            writer.machineXMm(),
            writer.machineYMm(),
            slotXMm + start[0],
            slotYMm + start[1]);
    for (double[] to : way) {
      writer.move(writer.couponX(to[0]), writer.couponY(to[1]));
    }
    double height = LAYERS * layout.heightMm;
    writer.height(height);
    double[][] line = {
      side.at(CouponLayout.SIZE_MM, FAR_MM),
      side.at(CouponLayout.SIZE_MM, NEAR_MM),
      side.at(0, NEAR_MM)
    };
    for (double[] to : line) {
      writer.extrudeTo(to[0], to[1], SPEED_MM_S, WIDTH_MM * height);
    }
  }

  private static Side side(CouponProfile profile, double slotXMm, double slotYMm) {
    for (Side side : Side.values()) {
      if (fits(profile, side.box(slotXMm, slotYMm))) {
        return side;
      }
    }
    return Side.FRONT; // the program's check says that it does not fit
  }

  private static boolean fits(CouponProfile profile, BoxMm box) {
    BoxMm bed = new BoxMm(0, 0, profile.printableMm(0), profile.printableMm(1));
    return bed.contains(box) && KeepoutRoute.keepouts(profile).stream().noneMatch(box::overlaps);
  }
}
