package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import org.junit.jupiter.api.Test;

class AxisEvidenceTest {
  private static AxisComponent axis(double errorUm, double... values) {
    int n = values.length;
    double[] covariance = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      covariance[at] = errorUm * errorUm;
      at += n - i;
    }
    double[] periods = {40, 2};
    return new AxisComponent(
        Axis.X, java.util.Arrays.copyOf(periods, n / 2), values, covariance, null, null, 1, 50);
  }

  @Test
  void shouldSayNothingAboutWhatItCouldNotMeasure() {
    AxisComponent vague = axis(1000, 10, 5, 8, -3);
    assertThat(AxisEvidence.of(vague, 1, axis(1000, -20, 9, 3, 3), 40, 0.02).keptLog())
        .isCloseTo(0, within(0.02));
  }

  @Test
  void shouldGrowSurerWithSharperMeasurements() {
    double sharp =
        AxisEvidence.of(axis(0.5, 10, 5, 8, -3), 1, axis(0.5, 10, 5, 8, -3), 40, 0.02).keptLog();
    double dull =
        AxisEvidence.of(axis(8, 10, 5, 8, -3), 1, axis(8, 10, 5, 8, -3), 40, 0.02).keptLog();
    assertThat(sharp).isGreaterThan(dull + 1);
    assertThat(dull).isPositive();
  }

  @Test
  void shouldHaveNothingToSayWithoutACommonPeriod() {
    AxisComponent other =
        new AxisComponent(
            Axis.X,
            new double[] {3},
            new double[] {1, 1},
            new double[] {1, 0, 1},
            null,
            null,
            1,
            9);
    assertThat(AxisEvidence.of(axis(1, 10, 5, 8, -3), 1, other, 40, 0.02))
        .isEqualTo(new AxisEvidence.Ratios(0, 0, null));
  }

  @Test
  void shouldFindOneShiftForAllPeriodsButNotTwo() {
    AxisComponent before = axis(0.5, 15, 0, 9, 0);
    double fortieth = 2 * Math.PI * 0.5 / 40;
    // Moved by 0.5 mm: a quarter of the short period, an eightieth of the long one.
    AxisComponent moved = axis(0.5, 15 * Math.cos(fortieth), -15 * Math.sin(fortieth), 0, -9);
    AxisComponent torn = axis(0.5, -15, 0, 0, -9);
    AxisEvidence.Ratios one = AxisEvidence.of(before, 1, moved, 40, 0.02);
    AxisEvidence.Ratios two = AxisEvidence.of(before, 1, torn, 40, 0.02);
    assertThat(one.shiftedLog()).isPositive().isGreaterThan(one.keptLog() + 3);
    assertThat(two.shiftedLog()).isLessThan(one.shiftedLog() - 2);
  }
}
