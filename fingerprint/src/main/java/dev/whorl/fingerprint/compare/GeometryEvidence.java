package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.GeometryComponent;

/**
 * What skew and scale say. Plastic shrinks by more than printers differ in scale, so only the
 * difference between the axes counts, and little of that: a camera shares the errors of its lens
 * with every printer it looks at.
 */
final class GeometryEvidence {
  private static final Bounded BOUNDED = new Bounded(1, 0.05, 1e-2);

  private GeometryEvidence() {}

  /**
   * The log likelihood ratio if the frame is as square as it was.
   *
   * @param firstRepeats 0 where the first's errors hold what prints repeat to, else 1
   */
  static double of(
      GeometryComponent first, int firstRepeats, GeometryComponent second, double years) {
    double kept = Math.exp(-years / Drift.GEOMETRY_MEMORY_YEARS);
    double skew =
        new SharedLatent(0, square(Drift.SKEW_SD_MRAD), kept)
            .logRatio(
                first.skewMrad(),
                square(first.skewSeMrad()) + firstRepeats * square(Drift.SKEW_REPEAT_MRAD),
                second.skewMrad(),
                square(second.skewSeMrad()) + square(Drift.SKEW_REPEAT_MRAD));
    double scale =
        new SharedLatent(0, square(Drift.SCALE_SD_PPM), kept)
            .logRatio(
                unequal(first),
                unequalError(first, firstRepeats),
                unequal(second),
                unequalError(second, 1));
    return BOUNDED.of(skew + scale);
  }

  private static double unequal(GeometryComponent geometry) {
    return geometry.scaleXPpm() - geometry.scaleYPpm();
  }

  private static double unequalError(GeometryComponent geometry, int repeats) {
    return square(geometry.scaleXSePpm())
        + square(geometry.scaleYSePpm())
        + repeats * square(Drift.SCALE_REPEAT_PPM);
  }

  private static double square(double x) {
    return x * x;
  }
}
