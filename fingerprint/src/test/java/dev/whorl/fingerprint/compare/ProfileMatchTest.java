package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProfileMatchTest {
  private static double[] noise(int length, long seed, int smooth) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[length + smooth];
    for (int i = 0; i < values.length; i++) {
      double next = random.nextGaussian();
      for (int k = 0; k < smooth && i - k >= 0; k++) {
        values[i - k] += next;
      }
    }
    return java.util.Arrays.copyOf(values, length);
  }

  @Test
  void shouldFindAProfileThatWasShifted() {
    double[] long1 = noise(110, 1, 3);
    double[] a = java.util.Arrays.copyOfRange(long1, 0, 100);
    double[] b = java.util.Arrays.copyOfRange(long1, 4, 104);
    assertThat(ProfileMatch.of(a, b, 10).correlation()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldCountAsManySamplesAsVaryIndependently() {
    assertThat(ProfileMatch.of(noise(400, 1, 1), noise(400, 2, 1), 10).samples())
        .isBetween(300.0, 400.0);
    // A running sum of 8 leaves about 1.5 / 8 of them: sum of squared triangles is 5.4
    assertThat(ProfileMatch.of(noise(400, 1, 8), noise(400, 2, 8), 10).samples())
        .isBetween(45.0, 130.0);
  }

  @Test
  void shouldPredictHowFarImpostorsScatter() {
    double sum = 0;
    double predicted = 0;
    int pairs = 300;
    for (int i = 0; i < pairs; i++) {
      double[] a = noise(120, 2 * i, 5);
      double[] b = noise(120, 2 * i + 1, 5);
      ProfileMatch match = ProfileMatch.of(a, b, 1000); // no shift is allowed
      sum += match.correlation() * match.correlation() / pairs;
      predicted += 1 / match.samples() / pairs;
    }
    assertThat(sum).isCloseTo(predicted, within(0.25 * predicted));
  }
}
