package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.evaluate.Evaluation;
import dev.whorl.fingerprint.evaluate.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Printers drawn from the very population the comparison assumes: what it says must be so. */
class FleetTest {
  private static final int PRINTERS = 16;

  @Test
  void shouldTellAFleetApartAndKnowHowSureItIs() {
    List<Fingerprint> references = new ArrayList<>();
    List<Fingerprint> probes = new ArrayList<>();
    for (int i = 0; i < PRINTERS; i++) {
      SyntheticPrinter printer = new SyntheticPrinter(5000 + i);
      references.add(printer.measure(Duration.ZERO));
      if (i % 4 == 0) {
        printer.changeNozzle();
      }
      probes.add(printer.measure(Duration.ofDays(7)));
    }
    List<Score> scores = new ArrayList<>();
    for (int p = 0; p < PRINTERS; p++) {
      for (int r = 0; r < PRINTERS; r++) {
        double log10 = Comparer.compare(references.get(r), probes.get(p)).log10Lr();
        scores.add(new Score("probe " + p, "p" + p, "p" + r, log10));
      }
    }
    Evaluation evaluation = Evaluation.of(scores, Verdict.SAME_LOG10, new SplittableRandom(1));
    assertThat(evaluation.rank1()).isEqualTo(1);
    assertThat(evaluation.eer()).isLessThan(0.02);
    assertThat(evaluation.cllr()).isLessThan(0.1);
    assertThat(evaluation.openSet().fpir()).isLessThan(0.15);
  }
}
