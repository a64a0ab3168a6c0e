package dev.whorl.fingerprint.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scores in ascending order, each with a weight. Figures are of the weighted scores, so that a
 * bootstrap need not sort again.
 */
final class SortedScores {
  private static final double LN_2 = Math.log(2);
  private static final double LN_10 = Math.log(10);

  private final List<Score> scores;
  private final double[] weights;
  private final double genuine;
  private final double impostor;

  private SortedScores(List<Score> scores, double[] weights) {
    this.scores = scores;
    this.weights = weights;
    double sumGenuine = 0;
    double sumImpostor = 0;
    for (int i = 0; i < weights.length; i++) {
      if (scores.get(i).isGenuine()) {
        sumGenuine += weights[i];
      } else {
        sumImpostor += weights[i];
      }
    }
    genuine = sumGenuine;
    impostor = sumImpostor;
  }

  static SortedScores of(List<Score> scores) {
    List<Score> sorted =
        scores.stream().sorted(Comparator.comparingDouble(Score::log10Lr)).toList();
    double[] weights = new double[sorted.size()];
    java.util.Arrays.fill(weights, 1);
    return new SortedScores(sorted, weights);
  }

  SortedScores weighted(ToDoubleFunction<Score> weight) {
    return new SortedScores(scores, scores.stream().mapToDouble(weight).toArray());
  }

  /** True if both kinds are there to be counted. */
  boolean isUsable() {
    return genuine > 0 && impostor > 0;
  }

  /** What walks up the thresholds: at each, the rates of accepting scores at or above it. */
  private interface Step {
    /** Returns false to stop. */
    boolean at(double threshold, double fmr, double fnmr);
  }

  /**
   * Calls with every distinct score as the threshold, ascending, and at last with one above all.
   */
  private void walk(Step step) {
    double impostorsBelow = 0;
    double genuineBelow = 0;
    int i = 0;
    while (i < weights.length) {
      double threshold = scores.get(i).log10Lr();
      if (!step.at(threshold, fmr(impostorsBelow), genuineBelow / genuine)) {
        return;
      }
      for (; i < weights.length && scores.get(i).log10Lr() == threshold; i++) {
        if (scores.get(i).isGenuine()) {
          genuineBelow += weights[i];
        } else {
          impostorsBelow += weights[i];
        }
      }
    }
    step.at(Double.POSITIVE_INFINITY, 0, 1);
  }

  private double fmr(double impostorsBelow) {
    // What rounding leaves of a difference of sums must not count as a false match.
    double rate = 1 - impostorsBelow / impostor;
    return rate < 1e-12 ? 0 : rate;
  }

  List<DetPoint> det() {
    List<DetPoint> points = new java.util.ArrayList<>();
    walk(
        (threshold, fmr, fnmr) -> {
          points.add(new DetPoint(threshold, fmr, fnmr));
          return true;
        });
    return points;
  }

  /** Where the two rates cross: the mean of both at the threshold at which they differ least. */
  double eer() {
    double[] best = {Double.POSITIVE_INFINITY, 1};
    walk(
        (threshold, fmr, fnmr) -> {
          double apart = Math.abs(fmr - fnmr);
          if (apart < best[0]) {
            best[0] = apart;
            best[1] = (fmr + fnmr) / 2;
          }
          return fnmr <= fmr;
        });
    return best[1];
  }

  /** The operating point of the lowest threshold whose false match rate is at most this. */
  DetPoint atFmr(double most) {
    DetPoint[] found = {new DetPoint(Double.POSITIVE_INFINITY, 0, 1)};
    walk(
        (threshold, fmr, fnmr) -> {
          found[0] = new DetPoint(threshold, fmr, fnmr);
          return fmr > most;
        });
    return found[0];
  }

  /**
   * The cost of the likelihood ratios in bits: 0 for a perfect system, 1 for one that says nothing,
   * beyond for one that misleads (Brümmer and du Preez 2006).
   */
  double cllr() {
    double cost = 0;
    for (int i = 0; i < weights.length; i++) {
      double log = scores.get(i).log10Lr() * LN_10;
      cost +=
          scores.get(i).isGenuine()
              ? weights[i] * softPlus(-log) / genuine
              : weights[i] * softPlus(log) / impostor;
    }
    return cost / 2 / LN_2;
  }

  /**
   * The same cost if the scores were calibrated as well as any monotonous map can: pool adjacent
   * violators, then the entropy that remains.
   */
  double cllrMin() {
    double[] genuineOf = new double[weights.length];
    double[] impostorOf = new double[weights.length];
    int blocks = 0;
    for (int i = 0; i < weights.length; ) {
      double score = scores.get(i).log10Lr();
      genuineOf[blocks] = 0;
      impostorOf[blocks] = 0;
      for (; i < weights.length && scores.get(i).log10Lr() == score; i++) {
        if (scores.get(i).isGenuine()) {
          genuineOf[blocks] += weights[i] / genuine / 2;
        } else {
          impostorOf[blocks] += weights[i] / impostor / 2;
        }
      }
      blocks++;
      while (blocks > 1
          && genuineOf[blocks - 2] * impostorOf[blocks - 1]
              >= genuineOf[blocks - 1] * impostorOf[blocks - 2]) {
        genuineOf[blocks - 2] += genuineOf[blocks - 1];
        impostorOf[blocks - 2] += impostorOf[blocks - 1];
        blocks--;
      }
    }
    double cost = 0;
    for (int b = 0; b < blocks; b++) {
      double all = genuineOf[b] + impostorOf[b];
      cost -= entropyPart(genuineOf[b], all) + entropyPart(impostorOf[b], all);
    }
    return cost;
  }

  private static double entropyPart(double part, double all) {
    return part > 0 ? part * Math.log(part / all) / LN_2 : 0;
  }

  /** ln(1 + e^x) without overflow. */
  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
