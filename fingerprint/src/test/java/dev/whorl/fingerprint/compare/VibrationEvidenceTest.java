package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.VibrationComponent;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VibrationEvidenceTest {
  private static final double HOUR_YEARS = 1 / 8766.0;
  private static final double MONTH_YEARS = 1 / 12.0;

  @Test
  void shouldWeighLessTheLongerAgoTheTemplateWasMade() {
    VibrationComponent first = frame(1, 48, 55);
    double fresh = VibrationEvidence.of(first, frame(1, 48.5, 54.5), HOUR_YEARS);
    double month = VibrationEvidence.of(first, frame(1, 48.5, 54.5), MONTH_YEARS);
    double year = VibrationEvidence.of(first, frame(1, 48.5, 54.5), 1);
    double otherFresh = VibrationEvidence.of(first, frame(2, 70, 38), HOUR_YEARS);
    double otherYear = VibrationEvidence.of(first, frame(2, 70, 38), 1);

    assertThat(fresh).isGreaterThan(Math.log(10));
    assertThat(month).isBetween(0.2 * fresh, 0.9 * fresh);
    assertThat(year).isCloseTo(0, within(0.1));
    assertThat(otherFresh).isLessThan(-Math.log(10));
    assertThat(otherYear).isCloseTo(0, within(0.1));
  }

  @Test
  void shouldNotCountAFrameTwiceThatIsSeenAndHeard() {
    SyntheticPrinter printer = new SyntheticPrinter(7);
    var a = printer.measure(Duration.ZERO);
    var b = printer.measure(Duration.ofHours(2));
    double seen = Comparer.compare(a, b).log10Lr();
    Comparison both =
        Comparer.compare(a.with(frame(1, 48, 55), null), b.with(frame(1, 48.2, 55), null));
    double heard = both.components().get("vibration").log10Lr();

    assertThat(heard).isGreaterThan(1);
    assertThat(both.log10Lr() - seen).isLessThan(0.8 * heard + 0.2);
  }

  @Test
  void shouldLetABedsMeshSayLittleAndLessWithTime() {
    MeshComponent bed = bed(1);
    double fresh = MeshEvidence.of(bed, bed, HOUR_YEARS);
    double year = MeshEvidence.of(bed, bed, 2);
    double other = MeshEvidence.of(bed, bed(2), HOUR_YEARS);

    assertThat(fresh).isBetween(0.2, 2.5);
    assertThat(Math.abs(year)).isLessThan(0.5 * fresh);
    assertThat(other).isBetween(-1.7, 0.0);
  }

  private static VibrationComponent frame(long seed, double xHz, double yHz) {
    return new VibrationComponent(resonance(seed, xHz), resonance(seed + 100, yHz));
  }

  /** A peak on a slope with some bumps of the frame's own. */
  private static Resonance resonance(long seed, double hz) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] bands = new double[Resonance.BANDS];
    double phase = 6 * random.nextDouble();
    double mean = 0;
    for (int i = 0; i < bands.length; i++) {
      double at =
          Resonance.LOWEST_HZ
              * Math.pow(Resonance.HIGHEST_HZ / Resonance.LOWEST_HZ, (i + 0.5) / bands.length);
      bands[i] =
          -10 * Math.log10(1 + Math.pow((at - hz) / (0.07 * hz), 2)) + 3 * Math.sin(i + phase);
      mean += bands[i] / bands.length;
    }
    for (int i = 0; i < bands.length; i++) {
      bands[i] -= mean;
    }
    return new Resonance(hz, 0.6, 0.06, 0.01, bands);
  }

  private static MeshComponent bed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] shape = new double[25];
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double c = random.nextGaussian();
    for (int k = 0; k < 25; k++) {
      double u = (k % 5 - 2) / 2.0;
      double v = (k / 5 - 2) / 2.0;
      shape[k] = 40 * (a * (u * u - 0.5) + b * (v * v - 0.5) + c * u * v);
    }
    return new MeshComponent(shape);
  }
}
