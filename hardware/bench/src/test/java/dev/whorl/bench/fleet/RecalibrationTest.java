package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.sim.machine.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  /** Scores whose true log LR is {@code offset + slope score}: two normals of one variance. */
  private static List<Trial> claiming(double slope, double offset) {
    SplittableRandom random = new SplittableRandom(3);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      boolean own = i % 2 == 0;
      double trueLog = (own ? 2 : -2) + 2 * Streams.normal(random);
      trials.add(
          MadeTrial.scored(
              i % 50, own ? i % 50 : (i + 1) % 50, (trueLog / Math.log(10) - offset) / slope));
    }
    return trials;
  }

  @Test
  void shouldFindHowMuchTooSureRatiosAre() {
    Recalibration found = Recalibration.fit(claiming(0.4, 0.7));

    assertThat(found.slope()).isCloseTo(0.4, within(0.03));
    assertThat(found.offset()).isCloseTo(0.7, within(0.06));
  }

  @Test
  void shouldCostWhatRightRatiosCost() {
    List<Trial> wrong = claiming(0.4, 0.7);
    double right = new Recalibration(0, 1).cllr(claiming(1, 0));

    assertThat(Recalibration.fit(wrong).cllr(wrong)).isCloseTo(right, within(0.005));
    assertThat(new Recalibration(0, 1).cllr(wrong)).isGreaterThan(right + 0.1);
  }
}
