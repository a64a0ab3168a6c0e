package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.VibrationComponent;
import org.jspecify.annotations.Nullable;

/**
 * What a frame's resonance says, heard by an accelerometer. Spectra of one real printer are told
 * from others' at an equal error rate of 6 % within an hour, 23 % within a month and 43 to 46 %,
 * which is chance, beyond: so what a printer keeps of itself is forgotten within months, and with
 * it the weight of this.
 */
final class VibrationEvidence {
  private static final Bounded BOUNDED = new Bounded(0.7, 0.02, 1e-3);

  /** The middle of desktop printers' frames, and how far machines scatter about it. */
  private static final double TYPICAL_HZ = 50;

  private static final double LOG_F_SD = 0.35;

  /** Of one printer within hours; the frequency's own drift is in what is kept. */
  private static final double LOG_F_REPEAT = 0.04;

  /**
   * After so many years a printer has kept 1/e of what set it apart: then an equal error rate of 6
   * % has become 23 % after a month, and chance after half a year.
   */
  private static final double MEMORY_YEARS = 2 / 12.0;

  /** How well the shapes of two spectra of one printer agree within an hour, and how evenly. */
  private static final double SHAPE_KEPT = 0.9;

  /** What the shapes of all frames share: a peak, and less to both sides. */
  private static final double SHAPE_SHARED = 0.3;

  /** Of Fisher's z: 24 bands of a smooth curve are some seven independent ones. */
  private static final double SHAPE_SD = 0.5;

  private VibrationEvidence() {}

  /** The log likelihood ratio if frame and toolhead are as they were. */
  static double of(VibrationComponent first, VibrationComponent second, double years) {
    double kept = Math.exp(-years / MEMORY_YEARS);
    return BOUNDED.of(
        direction(first.x(), second.x(), kept) + direction(first.y(), second.y(), kept));
  }

  private static double direction(@Nullable Resonance a, @Nullable Resonance b, double kept) {
    if (a == null || b == null) {
      return 0;
    }
    double frequency =
        new SharedLatent(Math.log(TYPICAL_HZ), LOG_F_SD * LOG_F_SD, kept)
            .logRatio(
                Math.log(a.frequencyHz()),
                error(a.frequencySeHz() / a.frequencyHz()),
                Math.log(b.frequencyHz()),
                error(b.frequencySeHz() / b.frequencyHz()));
    return frequency + shape(a.bandsDb(), b.bandsDb(), kept);
  }

  private static double error(double se) {
    return se * se + LOG_F_REPEAT * LOG_F_REPEAT;
  }

  private static double shape(double[] a, double[] b, double kept) {
    double same = SHAPE_SHARED + (SHAPE_KEPT - SHAPE_SHARED) * kept;
    return likeness(correlation(a, b), same, SHAPE_SHARED, SHAPE_SD);
  }

  /**
   * What a correlation says for the one of two that are expected, by Fisher's z. One spread for
   * both: else a likeness that is better than any expected would speak for the worse.
   */
  static double likeness(double r, double same, double other, double sd) {
    return Gaussian.log(z(r) - z(same), sd * sd) - Gaussian.log(z(r) - z(other), sd * sd);
  }

  /** Fisher's; of what agrees wholly or not at all it stays finite. */
  private static double z(double r) {
    double within = Math.max(-0.99, Math.min(0.99, r));
    return 0.5 * Math.log((1 + within) / (1 - within));
  }

  /** Both have mean 0. */
  static double correlation(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }
}
