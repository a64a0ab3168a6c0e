package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NozzleEvidenceTest {
  private static final int LENGTH = 101;
  private static final int NOZZLES = 20;

  @Test
  void shouldNotTakeASoftCaptureForAnotherNozzle() {
    int against = 0;
    for (int seed = 0; seed < NOZZLES; seed++) {
      // 35 um of blur leave a seventh of the slopes; alone they agree to 0.3 to 0.6.
      double log = NozzleEvidence.of(nozzle(seed, 0.5), nozzle(seed, 3.5), 0.4, 0).keptLog();
      against += log < -Math.log(10) ? 1 : 0;
    }
    assertThat(against).isZero();
  }

  @Test
  void shouldKnowANozzleThatWasSeenAsSharplyTwice() {
    for (int seed = 0; seed < NOZZLES; seed++) {
      assertThat(NozzleEvidence.of(nozzle(seed, 1), nozzle(seed, 1.2), 0.4, 0).keptLog())
          .isGreaterThan(5 * Math.log(10));
    }
  }

  @Test
  void shouldTellNozzlesApartWhateverTheBlur() {
    for (int seed = 0; seed < NOZZLES; seed++) {
      assertThat(NozzleEvidence.of(nozzle(seed, 1), nozzle(seed + 100, 1), 0.4, 0).keptLog())
          .isLessThan(-2 * Math.log(10));
    }
    // A likelihood ratio of ten for the wrong side may not come more often than once in ten.
    int fooled = 0;
    for (int seed = 0; seed < 100; seed++) {
      double log = NozzleEvidence.of(nozzle(seed, 0.5), nozzle(seed + 100, 3.5), 0.4, 0).keptLog();
      fooled += log > Math.log(10) ? 1 : 0;
    }
    assertThat(fooled).isLessThanOrEqualTo(10);
  }

  /** Eight headings of white relief, blurred by so many steps (sd); every one well repeated. */
  private static NozzleComponent nozzle(long seed, double blurSteps) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Plough> strokes = new ArrayList<>();
    for (int heading = 0; heading < 360; heading += 45) {
      double[] raw = new double[LENGTH + 40];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = random.nextGaussian();
      }
      double[] slopes = new double[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        double weights = 0;
        for (int k = -20; k <= 20; k++) {
          double weight = Math.exp(-0.5 * k * k / (blurSteps * blurSteps));
          weights += weight;
          slopes[i] += weight * raw[i + 20 + k];
        }
        slopes[i] *= 0.01 / weights;
      }
      strokes.add(new Plough(heading, slopes, 0.95, 0.001));
    }
    return new NozzleComponent(10, strokes, List.of());
  }
}
