package dev.whorl.fingerprint.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.calibrate.LogisticFit.Sample;
import dev.whorl.fingerprint.compare.ScoreModels.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
  private static final double LN_10 = Math.log(10);

  @Test
  void shouldLeaveRatiosAloneThatMeanWhatTheySay() {
    Scale scale = LogisticFit.fit(samples(1, 0, 0), 2000, false, Scale.NONE);

    assertThat(scale.slope()).isCloseTo(1, within(0.1));
    assertThat(scale.offset()).isCloseTo(0, within(0.1));
  }

  @Test
  void shouldUndoBoastingAndALeaningThatGrowsWithTime() {
    List<Sample> boasting = samples(2, 0.8, 0.5);
    Scale scale = LogisticFit.fit(boasting, 2000, true, Scale.NONE);

    assertThat(scale.slope()).isCloseTo(0.5, within(0.06));
    assertThat(scale.offset()).isCloseTo(-0.4, within(0.15));
    assertThat(scale.perTimeDecade()).isCloseTo(-0.25, within(0.08));
    assertThat(LogisticFit.cllr(boasting, scale))
        .isLessThan(LogisticFit.cllr(boasting, Scale.NONE) - 0.05);
  }

  @Test
  void shouldKeepNearWhatWasBelievedWherePrintersAreFew() {
    List<Sample> boasting = samples(2, 0.8, 0);
    Scale few = LogisticFit.fit(boasting, 2, false, Scale.NONE);
    Scale many = LogisticFit.fit(boasting, 2000, false, Scale.NONE);

    assertThat(few.slope()).isBetween(many.slope() + 0.1, 1.0);
  }

  @Test
  void shouldStayFiniteWhereNothingOverlaps() {
    List<Sample> apart = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      apart.add(new Sample(6 + 0.01 * i, 0.1, true));
      apart.add(new Sample(-3 - 0.01 * i, 0.1, false));
    }
    Scale scale = LogisticFit.fit(apart, 100, true, Scale.NONE);

    assertThat(scale.slope()).isBetween(0.8, 2.5);
    assertThat(scale.of(6, 0.1)).isGreaterThan(2);
    assertThat(scale.of(-3, 0.1)).isLessThan(-2);
  }

  /** Calibrated ratios (normal, of mean half their variance), made worse in a known way. */
  private static List<Sample> samples(double slope, double offset, double perTimeDecade) {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    double variance = 9;
    for (int i = 0; i < 8000; i++) {
      boolean genuine = i % 2 == 0;
      double years = (i / 2 % 8) / 8.0;
      double log = (genuine ? 0.5 : -0.5) * variance + Math.sqrt(variance) * random.nextGaussian();
      samples.add(
          new Sample(
              slope * log / LN_10 + offset + perTimeDecade * Scale.timeDecades(years),
              years,
              genuine));
    }
    return samples;
  }
}
