package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import org.jspecify.annotations.Nullable;

/**
 * What the frame's swing says. Between machines log f scatters by 0.3; of one machine by 0.05
 * within hours and by 0.12 to 0.17 over months, so that after a month it says little: what was
 * measured on shakers' records of real printers.
 */
final class RingingEvidence {
  private static final Bounded BOUNDED = new Bounded(0.7, 0.02, 1e-3);

  /** The middle of desktop printers' frames, and how far that differs from axis to axis. */
  private static final double TYPICAL_HZ = 45;

  private static final double LOG_F_SD = 0.35;
  private static final double ZETA = 0.06;

  private RingingEvidence() {}

  /**
   * The log likelihood ratio if the frame and what it carries are as they were.
   *
   * @param firstRepeats 0 where the first's errors hold what prints repeat to, else 1
   */
  static double of(
      RingingComponent first, int firstRepeats, RingingComponent second, double years) {
    return BOUNDED.of(
        direction(first.x(), firstRepeats, second.x(), years)
            + direction(first.y(), firstRepeats, second.y(), years));
  }

  private static double direction(
      @Nullable Ring a, int firstRepeats, @Nullable Ring b, double years) {
    if (a == null || b == null) {
      return 0;
    }
    double months = 1 - Math.exp(-years / Drift.LOG_F_MEMORY_YEARS);
    double drift = months * square(Drift.LOG_F_MONTHS_SD) / 2;
    double repeat = square(Drift.LOG_F_REPEAT);
    double f =
        new SharedLatent(Math.log(TYPICAL_HZ), LOG_F_SD * LOG_F_SD, 1)
            .logRatio(
                Math.log(a.frequencyHz()),
                square(a.frequencySeHz() / a.frequencyHz()) + drift + firstRepeats * repeat,
                Math.log(b.frequencyHz()),
                square(b.frequencySeHz() / b.frequencyHz()) + drift + repeat);
    double damping =
        new SharedLatent(ZETA, square(Drift.ZETA_SD), 1)
            .logRatio(
                a.zeta(),
                square(a.zetaSe()) + firstRepeats * square(Drift.ZETA_REPEAT),
                b.zeta(),
                square(b.zetaSe()) + square(Drift.ZETA_REPEAT));
    return f + damping;
  }

  private static double square(double x) {
    return x * x;
  }
}
