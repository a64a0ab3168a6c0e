package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void shouldStandWholeTurnsOfThePulleysApart() {
    for (CouponProfile profile : List.of(Profiles.cartesian(), Profiles.corexy())) {
      List<Slots.Slot> slots = Slots.defaults(profile);
      for (Slots.Slot slot : slots) {
        assertThat((slot.xMm() - slots.get(0).xMm()) % 40).isZero();
        assertThat((slot.yMm() - slots.get(0).yMm()) % 40).isZero();
      }
    }
  }

  @Test
  void shouldFillTheBedButForThePlaceWhereZIsProbed() {
    // 225 mm within the margins take five steps of 40 mm and a coupon in x, and in y 34 + 4.1 mm.
    assertThat(Slots.defaults(Profiles.cartesian())).hasSizeBetween(24, 25);
    assertThat(Slots.defaults(Profiles.corexy())).hasSizeBetween(63, 64);
  }

  @Test
  void shouldMakePrintableSlotsOnly() {
    CouponProfile profile =
        Profiles.withKeepouts(
            List.of(List.of(0.0, 100.0, 12.0, 130.0), List.of(110.0, 0.0, 125.0, 15.0)));
    Coupon coupon = Coupon.standard1(profile);
    List<Slots.Slot> slots = Slots.defaults(profile);
    assertThat(slots).hasSizeGreaterThan(12);
    for (Slots.Slot slot : slots) {
      assertThat(coupon.program(slot.xMm(), slot.yMm()).lines()).isNotEmpty();
    }
  }

  @Test
  void shouldFindNoSlotOnABedTooSmall() {
    assertThat(Slots.defaults(Profiles.of(Kinematics.CARTESIAN, 40, 0.4))).isEmpty();
  }
}
