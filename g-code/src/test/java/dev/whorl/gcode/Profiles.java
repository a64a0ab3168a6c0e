package dev.whorl.gcode;

import java.util.List;

/** Profiles of printers as people have them. */
final class Profiles {
  private Profiles() {}

  static CouponProfile cartesian() {
    return of(Kinematics.CARTESIAN, 235, 0.4);
  }

  static CouponProfile corexy() {
    return of(Kinematics.COREXY, 350, 0.4);
  }

  static CouponProfile of(Kinematics kinematics, double bedMm, double nozzleMm) {
    return new CouponProfile(
        "standard-1",
        "bench-07",
        kinematics,
        List.of(bedMm, bedMm),
        List.of(bedMm, bedMm, 250.0),
        List.of(),
        List.of(10.0, 10.0),
        nozzleMm,
        210,
        60,
        List.of(40.0, 40.0),
        "",
        "");
  }

  static CouponProfile withGcode(String start, String end) {
    CouponProfile p = cartesian();
    return new CouponProfile(
        p.kind(),
        p.printerId(),
        p.kinematics(),
        p.bedMm(),
        p.travelMm(),
        p.keepoutMm(),
        p.homeXyMm(),
        p.nozzleMm(),
        p.nozzleC(),
        p.bedC(),
        p.pulleyMm(),
        start,
        end);
  }

  static CouponProfile withKeepouts(List<List<Double>> keepoutMm) {
    CouponProfile p = cartesian();
    return new CouponProfile(
        p.kind(),
        p.printerId(),
        p.kinematics(),
        p.bedMm(),
        p.travelMm(),
        keepoutMm,
        p.homeXyMm(),
        p.nozzleMm(),
        p.nozzleC(),
        p.bedC(),
        p.pulleyMm(),
        "",
        "");
  }
}
