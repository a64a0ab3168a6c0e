package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.FlowComponent;

/**
 * What the extruder's gear says. Printers of one model have the same gear: between them its period
 * scatters by a few per cent, and only sometimes, where an extruder was exchanged for another make,
 * by more. So this weighs little.
 */
final class FlowEvidence {
  private static final Bounded BOUNDED = new Bounded(0.7, 0.1, 1e-2);
  private static final double PERIOD_SD = 0.03;
  private static final double OTHER_MAKE_SD = 0.3;
  private static final double OTHER_MAKE = 0.2;
  private static final double AMPLITUDE_SD = 0.4;

  private FlowEvidence() {}

  /**
   * The log likelihood ratio if the extruder is as it was.
   *
   * @param firstRepeats 0 where the first's errors hold what prints repeat to, else 1
   */
  static double of(FlowComponent first, int firstRepeats, FlowComponent second) {
    int repeats = firstRepeats + 1;
    double period = Math.log(second.gearPeriodMm() / first.gearPeriodMm());
    double within =
        square(first.gearPeriodSeMm() / first.gearPeriodMm())
            + square(second.gearPeriodSeMm() / second.gearPeriodMm())
            + repeats * square(Drift.GEAR_PERIOD_REPEAT);
    LogSum other = new LogSum();
    other.add(Math.log(1 - OTHER_MAKE) + Gaussian.log(period, within + 2 * square(PERIOD_SD)));
    other.add(Math.log(OTHER_MAKE) + Gaussian.log(period, within + 2 * square(OTHER_MAKE_SD)));
    double ratio = Gaussian.log(period, within) - other.log();
    if (first.gearAmplitude() > 0 && second.gearAmplitude() > 0) {
      double amplitude = Math.log(second.gearAmplitude() / first.gearAmplitude());
      double spread =
          square(first.gearAmplitudeSe() / first.gearAmplitude())
              + square(second.gearAmplitudeSe() / second.gearAmplitude())
              + repeats * square(Drift.GEAR_AMPLITUDE_REPEAT);
      ratio +=
          Gaussian.log(amplitude, spread)
              - Gaussian.log(amplitude, spread + 2 * square(AMPLITUDE_SD));
    }
    return BOUNDED.of(ratio);
  }

  private static double square(double x) {
    return x * x;
  }
}
