package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.evaluate.Evaluation;
import dev.whorl.fingerprint.evaluate.Limits;
import dev.whorl.fingerprint.evaluate.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How well one score tells machines apart.
 *
 * @param probes which probes, for instance {@code year}
 * @param genuine comparisons in which it was measured
 * @param measured part of the genuine comparisons in which it was
 * @param eer equal error rate
 * @param eerLimits 95 %, by resampling machines
 * @param cllr cost of the likelihood ratios, bits
 * @param cllrMin what remains of it after the best calibration
 */
record Alone(
    String probes,
    int genuine,
    double measured,
    double eer,
    Limits eerLimits,
    double cllr,
    double cllrMin) {
  /** More impostor comparisons than this make no figure of a thousand machines more certain. */
  private static final int MOST_IMPOSTORS = 40_000;

  private static final int FEWEST_GENUINE = 5;

  /** Counts the comparisons of one group's probes. */
  static @Nullable Alone of(
      Group group, @Nullable Component component, List<Trial> trials, long seed) {
    List<Trial> some = trials.stream().filter(trial -> trial.group() == group).toList();
    return of(group.key(), component, some, seed);
  }

  /**
   * Counts; null where it was measured too seldom.
   *
   * @param probes what they are called
   * @param component which, null for all together
   */
  static @Nullable Alone of(
      String probes, @Nullable Component component, List<Trial> trials, long seed) {
    List<Score> scores = new ArrayList<>();
    int all = 0;
    int genuine = 0;
    int impostors = (int) trials.stream().filter(trial -> !trial.isGenuine()).count();
    int every = 1 + impostors / MOST_IMPOSTORS;
    int passed = 0;
    for (Trial trial : trials) {
      boolean own = trial.isGenuine();
      all += own ? 1 : 0;
      float score = component == null ? trial.log10Lr() : trial.component(component);
      if (Float.isNaN(score) || (!own && passed++ % every != 0)) {
        continue;
      }
      genuine += own ? 1 : 0;
      String machine = trial.probe().machine().id();
      scores.add(
          new Score(
              machine + "/" + trial.probe().visit().name(),
              machine,
              trial.reference().id(),
              score));
    }
    if (genuine < FEWEST_GENUINE || scores.size() == genuine) {
      return null;
    }
    Evaluation evaluation = Evaluation.of(scores, 2, new Random(seed));
    Limits limits = evaluation.limits().get("eer");
    return new Alone(
        probes,
        genuine,
        (double) genuine / all,
        evaluation.eer(),
        limits == null ? new Limits(0, 1) : limits,
        evaluation.cllr(),
        evaluation.cllrMin());
  }
}
