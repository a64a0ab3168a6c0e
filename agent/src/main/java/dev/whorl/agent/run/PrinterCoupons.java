package dev.whorl.agent.run;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.PrinterConfig;
import dev.whorl.gcode.Coupon;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.CouponRefused;
import dev.whorl.gcode.Kinematics;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.Slots;
import java.util.List;
import java.util.Locale;

/**
 * The coupons that one printer is given.
 *
 * @param profile what shapes them
 * @param slots where they go, never empty
 */
public record PrinterCoupons(CouponProfile profile, List<Slot> slots) {
  /** Side of the coupon's square; a contract of the kind standard-1. */
  public static final double SIDE_MM = 34;

  /** What the state message has room for. */
  private static final int MOST_SLOTS = 64;

  public PrinterCoupons {
    slots = List.copyOf(slots);
  }

  /**
   * Those of a config; every slot's program is made once, so that no slot is found bad later.
   *
   * @throws CouponRefused with every reason when the printer cannot print them
   */
  public static PrinterCoupons of(AgentConfig config) {
    CouponProfile profile = profile(config);
    List<Slot> slots = config.coupon().slots();
    if (slots.isEmpty()) {
      Coupon.standard1(profile);
      slots =
          Slots.defaults(profile).stream()
              .limit(MOST_SLOTS)
              .map(s -> new Slot(s.xMm(), s.yMm()))
              .toList();
      if (slots.isEmpty()) {
        throw new CouponRefused(
            List.of("bed_mm: no slot of 34 x 34 mm fits on the bed; name one in coupon.slots_mm"));
      }
    }
    PrinterCoupons coupons = new PrinterCoupons(profile, slots);
    slots.forEach(coupons::program);
    return coupons;
  }

  static CouponProfile profile(AgentConfig config) {
    PrinterConfig p = config.printer();
    return new CouponProfile(
        config.coupon().kind(),
        p.id(),
        Kinematics.valueOf(p.kinematics().toUpperCase(Locale.ROOT)),
        p.bedMm(),
        p.travelMm(),
        p.keepoutMm(),
        p.homeXyMm(),
        p.nozzleMm(),
        p.nozzleC(),
        p.bedC(),
        p.pulleyMm(),
        p.startGcode(),
        p.endGcode());
  }

  /** The program for a slot. */
  public Program program(Slot slot) {
    return Coupon.standard1(profile).program(slot.xMm(), slot.yMm());
  }

  public BedSlots bed() {
    return new BedSlots(slots, SIDE_MM);
  }
}
