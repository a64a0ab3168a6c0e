package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RimTest {
  private static final double BORE_MM = 0.4;
  private static final double RADIUS_UM = 500;
  private static final int WAVES = 60;

  @ParameterizedTest
  @ValueSource(doubles = {-110, -33, 12, 61.5, 170})
  void shouldFindByHowMuchANozzleIsTurned(double turnDeg) {
    Rim.Match match = Rim.turned(nozzle(1, 0, 11), nozzle(1, turnDeg, 12), BORE_MM);

    assertThat(match.turnDeg()).isCloseTo(turnDeg, within(2.5));
    assertThat(match.correlation()).isGreaterThan(0.6);
  }

  @Test
  void shouldFindNoMoreThanChanceInAnotherNozzle() {
    for (int seed = 1; seed <= 20; seed++) {
      Rim.Match match = Rim.turned(nozzle(seed, 0, 11), nozzle(seed + 50, 30, 12), BORE_MM);
      assertThat(match.correlation()).isLessThan(0.6);
    }
  }

  @Test
  void shouldTellATurnedNozzleFromAChangedOne() {
    for (int seed = 1; seed <= 10; seed++) {
      double same = turnedLog(nozzle(seed, 0, 11), nozzle(seed, 25, 12));
      double other = turnedLog(nozzle(seed, 0, 11), nozzle(seed + 50, 25, 12));
      assertThat(same).isGreaterThan(Math.log(10));
      assertThat(other).isNegative();
    }
  }

  @Test
  void shouldSayNothingWhereMostOfTheRimWasNotSeen() {
    NozzleComponent whole = nozzle(1, 0, 11);
    NozzleComponent part =
        new NozzleComponent(whole.stepUm(), whole.strokes().subList(0, 4), List.of());

    assertThat(Rim.turned(whole, part, BORE_MM)).isNull();
  }

  private static double turnedLog(NozzleComponent first, NozzleComponent second) {
    return NozzleEvidence.of(first, second, BORE_MM, 0).turnedLog();
  }

  /** Strokes of a rim that is a sum of waves round the flat, with a third of noise. */
  private static NozzleComponent nozzle(long seed, double turnDeg, long noiseSeed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] waves = new double[WAVES][];
    for (int k = 0; k < WAVES; k++) {
      waves[k] =
          new double[] {
            12 + random.nextInt(60), random.nextGaussian(), 2 * Math.PI * random.nextDouble()
          };
    }
    SplittableRandom noise = new SplittableRandom(noiseSeed * 1000 + seed);
    List<Plough> strokes = new ArrayList<>();
    for (int heading = 0; heading < 360; heading += 45) {
      double[] slopes = new double[101];
      for (int i = 0; i < slopes.length; i++) {
        double t = (i - 50) * 10;
        if (Math.abs(t) < 0.95 * RADIUS_UM) {
          double angle = Math.asin(t / RADIUS_UM);
          double phi = Math.toRadians(heading) + Math.PI - angle - Math.toRadians(turnDeg);
          for (double[] wave : waves) {
            slopes[i] -=
                wave[0] * wave[1] * Math.cos(wave[0] * phi + wave[2]) / Math.cos(angle) * 1e-4;
          }
        }
        slopes[i] += 0.01 * noise.nextGaussian();
      }
      strokes.add(new Plough(heading, slopes, 0.9, 0.01));
    }
    return new NozzleComponent(10, strokes, List.of());
  }
}
