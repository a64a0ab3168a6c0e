package dev.whorl.registry.judge;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next latest template: the new fingerprint, with what it did not measure taken over from
 * the template before, so that one poor print does not make a printer forget its nozzle.
 */
final class TemplateMerge {
  private TemplateMerge() {}

  static Fingerprint of(Fingerprint before, Fingerprint now) {
    if (before.kinematics() != now.kinematics()) {
      return now;
    }
    Map<Axis, AxisComponent> axes = new EnumMap<>(Axis.class);
    if (before.pulleyXMm() == now.pulleyXMm() && before.pulleyYMm() == now.pulleyYMm()) {
      axes.putAll(before.axes());
    }
    axes.putAll(now.axes());
    boolean sameNozzle = before.nozzleMm() == now.nozzleMm();
    return new Fingerprint(
        now.algorithm(),
        now.printer(),
        now.coupon(),
        now.time(),
        now.slotXMm(),
        now.slotYMm(),
        now.kinematics(),
        now.pulleyXMm(),
        now.pulleyYMm(),
        now.nozzleMm(),
        now.claim(),
        now.quality(),
        sameNozzle ? or(now.nozzle(), before.nozzle()) : now.nozzle(),
        axes,
        or(now.ringing(), before.ringing()),
        or(now.flow(), before.flow()),
        or(now.geometry(), before.geometry()),
        or(now.vibration(), before.vibration()),
        or(now.mesh(), before.mesh()));
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
