package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.List;

/**
 * Where coupons go on a bed. A slot is the machine coordinates of a coupon's lower left corner; the
 * prime line lies before it.
 */
public final class Slots {
  private static final double MARGIN_MM = 5;

  /** Between a coupon and what belongs to the next slot. */
  private static final double BETWEEN_MM = 1.5;

  /** Around the place where z is probed: a slot there could not be homed over once printed. */
  private static final double HOME_MM = 5;

  private Slots() {}

  /** A slot's lower left corner. */
  public record Slot(double xMm, double yMm) {}

  /**
   * As many slots as the bed takes, front row first. They stand whole turns of the pulleys apart in
   * both axes, so that every coupon meets the same phase of the pulleys' periods.
   *
   * @return empty if the margins leave no room for one
   * @throws CouponRefused if the profile is unsound
   */
  public static List<Slot> defaults(CouponProfile profile) {
    ProgramCheck.profile(profile);
    double stepX = pulleyMultiple(profile.pulleyMm().get(0), CouponLayout.SIZE_MM + BETWEEN_MM);
    double stepY =
        pulleyMultiple(
            profile.pulleyMm().get(1), CouponLayout.SIZE_MM + Prime.REACH_MM + BETWEEN_MM);
    List<Slot> best = List.of();
    double bestOff = Double.POSITIVE_INFINITY;
    double firstX = MARGIN_MM;
    double firstY = MARGIN_MM + Prime.REACH_MM;
    for (double x = firstX; x < firstX + stepX; x++) {
      for (double y = Math.ceil(firstY); y < firstY + stepY; y++) {
        List<Slot> slots = grid(profile, x, y, stepX, stepY);
        double off = offCentre(profile, slots);
        if (slots.size() > best.size() || slots.size() == best.size() && off < bestOff - 1e-9) {
          best = slots;
          bestOff = off;
        }
      }
    }
    return best;
  }

  /** What a slot needs for itself: the coupon and, in front, the prime line. */
  static BoxMm footprint(Slot slot) {
    return new BoxMm(
        slot.xMm,
        slot.yMm - Prime.REACH_MM,
        slot.xMm + CouponLayout.SIZE_MM,
        slot.yMm + CouponLayout.SIZE_MM);
  }

  private static double pulleyMultiple(double pulleyMm, double atLeastMm) {
    return Math.ceil(atLeastMm / pulleyMm - 1e-9) * pulleyMm;
  }

  private static List<Slot> grid(
      CouponProfile profile, double x0, double y0, double stepX, double stepY) {
    BoxMm bed = new BoxMm(0, 0, profile.printableMm(0), profile.printableMm(1)).grownBy(-MARGIN_MM);
    double homeX = profile.homeXyMm().get(0);
    double homeY = profile.homeXyMm().get(1);
    List<BoxMm> taken = new ArrayList<>(KeepoutRoute.keepouts(profile));
    taken.add(new BoxMm(homeX, homeY, homeX, homeY).grownBy(HOME_MM));
    List<Slot> slots = new ArrayList<>();
    for (double y = y0; y + CouponLayout.SIZE_MM <= bed.y1(); y += stepY) {
      for (double x = x0; x + CouponLayout.SIZE_MM <= bed.x1(); x += stepX) {
        Slot slot = new Slot(x, y);
        BoxMm footprint = footprint(slot);
        if (bed.contains(footprint) && taken.stream().noneMatch(footprint::overlaps)) {
          slots.add(slot);
        }
      }
    }
    return slots;
  }

  /** How far the middle of the slots is from the middle of the bed: printers are flattest there. */
  private static double offCentre(CouponProfile profile, List<Slot> slots) {
    double x = 0;
    double y = 0;
    for (Slot slot : slots) {
      x += (slot.xMm + CouponLayout.SIZE_MM / 2) / slots.size();
      y += (slot.yMm + CouponLayout.SIZE_MM / 2) / slots.size();
    }
    return Math.hypot(x - profile.printableMm(0) / 2, y - profile.printableMm(1) / 2);
  }
}
