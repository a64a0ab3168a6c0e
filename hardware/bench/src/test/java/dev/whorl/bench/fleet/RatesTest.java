package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatesTest {
  /** Forty machines, four probes each; one machine is never recognised. */
  private static List<Trial> oneMachineFails() {
    List<Trial> trials = new ArrayList<>();
    for (int machine = 0; machine < 40; machine++) {
      for (int probe = 0; probe < 4; probe++) {
        trials.add(MadeTrial.scored(machine, machine, machine == 7 ? 0 : 5));
        trials.add(MadeTrial.scored(machine, (machine + 1 + probe) % 40, -3));
      }
    }
    return trials;
  }

  @Test
  void shouldTakeFourMissesOfOneMachineForOneAccident() {
    Rates rates = Rates.at(2, oneMachineFails(), new SplittableRandom(1));

    assertThat(rates.machines()).isEqualTo(40);
    assertThat(rates.genuine()).isEqualTo(160);
    assertThat(rates.fnmr()).isEqualTo(0.025);
    assertThat(rates.fnmrLimits().low()).isZero();
    assertThat(rates.fnmrLimits().high()).isBetween(0.05, 0.11);
  }

  @Test
  void shouldLimitARateOfWhichNothingWasSeen() {
    Rates rates = Rates.at(2, oneMachineFails(), new SplittableRandom(1));

    assertThat(rates.fmr()).isZero();
    assertThat(rates.fmrLimits().high()).isCloseTo(3.69 / 160, within(1e-9));
  }

  @Test
  void shouldSetTheThresholdAboveAllButTheAllowedShareOfOthers() {
    List<Trial> trials = new ArrayList<>(oneMachineFails());
    for (int i = 1; i <= 100; i++) {
      trials.add(MadeTrial.scored(0, 1, i));
    }
    // 260 others; a share of 0.01 allows two of them.
    double threshold = Rates.threshold(trials, 0.01);

    assertThat(threshold).isBetween(98.0, 98.001);
    assertThat(Rates.at(threshold, trials, new SplittableRandom(1)).fmr())
        .isCloseTo(2.0 / 260, within(1e-9));
  }
}
