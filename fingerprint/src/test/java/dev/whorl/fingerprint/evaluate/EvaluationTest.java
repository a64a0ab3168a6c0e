package dev.whorl.fingerprint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static Score score(String probe, String printer, String reference, double log10Lr) {
    return new Score(probe, printer, reference, log10Lr);
  }

  /** Genuine 3, 1, -1; impostors 0, -2, -3, -4, each its own probe and printer. */
  private static final List<Score> FEW =
      List.of(
          score("a1", "a", "a", 3),
          score("b1", "b", "b", 1),
          score("c1", "c", "c", -1),
          score("a1", "a", "b", 0),
          score("b1", "b", "c", -2),
          score("c1", "c", "a", -3),
          score("a1", "a", "c", -4));

  private static Evaluation evaluate(List<Score> scores) {
    return Evaluation.of(scores, 0.5, new SplittableRandom(1));
  }

  @Test
  void shouldCountErrorsAtEveryThreshold() {
    Evaluation evaluation = evaluate(FEW);
    assertThat(evaluation.genuine()).isEqualTo(3);
    assertThat(evaluation.impostor()).isEqualTo(4);
    assertThat(evaluation.printers()).isEqualTo(3);
    assertThat(evaluation.det())
        .contains(new DetPoint(-1, 0.25, 0), new DetPoint(0, 0.25, 1 / 3.0));
    // No impostor reaches 1; of the genuine, -1 does not.
    assertThat(evaluation.fnmrAtFmr().get("1e-2")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(evaluation.eer()).isCloseTo((0.25 + 1 / 3.0) / 2, within(1e-12));
  }

  @Test
  void shouldSearchOpenSets() {
    Evaluation evaluation = evaluate(FEW);
    assertThat(evaluation.rank1()).isEqualTo(1);
    // At 0.5, c's own -1 is not named; no unknown printer reaches it.
    assertThat(evaluation.openSet()).isEqualTo(new Evaluation.OpenSet(0.5, 0, 1 / 3.0));
    // At -2, a unknown is named as b and b unknown as c.
    assertThat(Evaluation.of(FEW, -2, new SplittableRandom(1)).openSet())
        .isEqualTo(new Evaluation.OpenSet(-2, 2 / 3.0, 0));
  }

  @Test
  void shouldCountATieForFirstPlaceAsAMiss() {
    assertThat(evaluate(List.of(score("a1", "a", "a", 2), score("a1", "a", "b", 2))).rank1())
        .isZero();
  }

  @Test
  void shouldCostNothingToKnowAndOneBitToSayNothing() {
    assertThat(evaluate(List.of(score("a", "a", "a", 9), score("a", "a", "b", -9))).cllr())
        .isCloseTo(0, within(1e-8));
    Evaluation silent = evaluate(List.of(score("a", "a", "a", 0), score("a", "a", "b", 0)));
    assertThat(silent.cllr()).isCloseTo(1, within(1e-12));
    assertThat(silent.cllrMin()).isCloseTo(1, within(1e-12));
    // log2(1 + 10) for a genuine at 1/10 and the same for an impostor at 10
    Evaluation wrong = evaluate(List.of(score("a", "a", "a", -1), score("a", "a", "b", 1)));
    assertThat(wrong.cllr()).isCloseTo(Math.log(11) / Math.log(2), within(1e-12));
    assertThat(wrong.cllrMin()).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldNotOverflowOnScoresBeyondDoubles() {
    Evaluation wrong = evaluate(List.of(score("a", "a", "a", -400), score("a", "a", "b", 0)));
    assertThat(wrong.cllr()).isCloseTo(0.5 * 400 / Math.log10(2) + 0.5, within(1e-6));
  }

  @Test
  void shouldCalibrateByPoolingOnlyWhatIsOutOfOrder() {
    // -2 i, -1 g, 0 i, 1 g: the middle two pool to one half and cost half of everything.
    List<Score> scores =
        List.of(
            score("a", "a", "b", -2),
            score("b", "b", "b", -1),
            score("b", "b", "a", 0),
            score("a", "a", "a", 1));
    assertThat(evaluate(scores).cllrMin()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void shouldCostTheSameAfterCalibrationHoweverTheScoresAreScaled() {
    List<Score> scores = fleet(12, 3, 1.0, 7);
    List<Score> scaled =
        scores.stream()
            .map(s -> score(s.probe(), s.probePrinter(), s.referencePrinter(), 5 * s.log10Lr() - 3))
            .toList();
    assertThat(evaluate(scaled).cllrMin()).isCloseTo(evaluate(scores).cllrMin(), within(1e-9));
    assertThat(evaluate(scaled).eer()).isEqualTo(evaluate(scores).eer());
    assertThat(evaluate(scaled).cllr()).isGreaterThan(evaluate(scores).cllr());
  }

  @Test
  void shouldLimitWhatWasNeverSeen() {
    // Clopper and Pearson: 0 of 200 leaves 1 - 0.025^(1/200)
    assertThat(Limits.clopperPearson(0, 200).high())
        .isCloseTo(1 - Math.pow(0.025, 1 / 200.0), within(1e-6))
        .isCloseTo(0.018, within(5e-4));
    assertThat(Limits.clopperPearson(0, 200).low()).isZero();
    assertThat(Limits.clopperPearson(200, 200).high()).isEqualTo(1);
    // Their textbook example: 2 of 10
    assertThat(Limits.clopperPearson(2, 10).low()).isCloseTo(0.0252, within(1e-4));
    assertThat(Limits.clopperPearson(2, 10).high()).isCloseTo(0.5561, within(1e-4));
  }

  @Test
  void shouldGiveLimitsThatRestOnPrintersNotOnPairs() {
    Evaluation few = evaluate(fleet(6, 20, 3, 3));
    Evaluation many = evaluate(fleet(60, 2, 3, 3));
    assertThat(few.genuine()).isEqualTo(many.genuine());
    assertThat(width(few.limits().get("fnmr_at_1e-2")))
        .isGreaterThan(width(many.limits().get("fnmr_at_1e-2")));
    for (String figure : many.limits().keySet()) {
      assertThat(many.limits().get(figure).low())
          .as(figure)
          .isLessThanOrEqualTo(many.limits().get(figure).high());
    }
    assertThat(many.limits().get("eer").low()).isLessThanOrEqualTo(many.eer());
    assertThat(many.limits().get("eer").high()).isGreaterThanOrEqualTo(many.eer());
  }

  @Test
  void shouldGiveTheSameLimitsForTheSameSeed() {
    List<Score> scores = fleet(10, 3, 2, 5);
    assertThat(evaluate(scores)).isEqualTo(evaluate(scores));
  }

  @Test
  void shouldRefuseScoresOfOneKindOnly() {
    assertThatThrownBy(() -> evaluate(List.of(score("a", "a", "a", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second printer");
    assertThatThrownBy(() -> score("a1", "a", "b", Double.NaN))
        .hasMessageContaining("a1 against b has no score");
  }

  @Test
  void shouldWriteTheFiguresAsPromised() {
    JsonNode json = EvaluationJson.tree(evaluate(fleet(10, 3, 2, 5)));
    assertThat(json.get("printers").asInt()).isEqualTo(10);
    assertThat(json.get("genuine").asInt()).isEqualTo(30);
    assertThat(json.get("impostor").asInt()).isEqualTo(270);
    assertThat(json.get("fnmr_at_fmr").has("1e-4")).isTrue();
    assertThat(json.get("rank1").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.get("limits").get("cllr").get(0).asDouble())
        .isLessThanOrEqualTo(json.get("cllr").asDouble());
  }

  private static double width(Limits limits) {
    return limits.high() - limits.low();
  }

  /** Scores of normal log likelihood ratios, +-apart. */
  private static List<Score> fleet(int printers, int probes, double apart, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Score> scores = new ArrayList<>();
    for (int p = 0; p < printers; p++) {
      for (int k = 0; k < probes; k++) {
        for (int r = 0; r < printers; r++) {
          double mean = r == p ? apart : -apart;
          scores.add(score("p" + p + "-" + k, "p" + p, "p" + r, mean + 2 * random.nextGaussian()));
        }
      }
    }
    return scores;
  }
}
