package dev.whorl.gcode;

import java.util.List;

/** Lifts the nozzle off the finished coupon and moves it aside. */
final class Park {
  private static final double LIFT_MM = 20;
  private static final double EDGE_MM = 5;

  private Park() {}

  static void write(ToolpathWriter writer, CouponProfile profile, double zMm) {
    writer.retract();
    writer.height(Math.min(profile.travelMm().get(2), zMm + LIFT_MM));
    double farX = profile.printableMm(0) - EDGE_MM;
    double farY = profile.printableMm(1) - EDGE_MM;
    double x = writer.machineXMm();
    double y = writer.machineYMm();
    List<BoxMm> keepouts = KeepoutRoute.keepouts(profile);
    // At the back a moving bed presents itself; any corner will do if a clip is in the way, and
    // above the coupon if one is in every way.
    double[][] corners = {{EDGE_MM, farY}, {farX, farY}, {EDGE_MM, EDGE_MM}, {farX, EDGE_MM}};
    for (double[] corner : corners) {
      if (KeepoutRoute.isFree(keepouts, x, y, corner[0], corner[1])) {
        writer.move(writer.couponX(corner[0]), writer.couponY(corner[1]));
        return;
      }
    }
  }
}
