package dev.whorl.fingerprint.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * How well a set of printers was told apart.
 *
 * @param printers how many there were: what confidence rests on, not the number of pairs
 * @param genuine comparisons of one printer with itself
 * @param impostor comparisons of two printers
 * @param eer equal error rate
 * @param fnmrAtFmr false non-match rate where the false match rate is at most 1e-2, 1e-3 and 1e-4
 * @param cllr cost of the likelihood ratios, bits
 * @param cllrMin what remains of it after the best calibration
 * @param rank1 part of searches among all printers that name the right one first
 * @param openSet identification at the threshold {@code log10Threshold}, unknown printers included
 * @param det all operating points, by ascending threshold
 * @param limits 95 % limits by figure: {@code eer}, {@code fnmr_at_1e-2}, ..., {@code cllr}, {@code
 *     cllr_min}, {@code rank1}, {@code fpir}, {@code fnir}
 */
public record Evaluation(
    int printers,
    int genuine,
    int impostor,
    double eer,
    Map<String, Double> fnmrAtFmr,
    double cllr,
    double cllrMin,
    double rank1,
    OpenSet openSet,
    List<DetPoint> det,
    Map<String, Limits> limits) {
  private static final Map<String, Double> FMR = new LinkedHashMap<>();

  static {
    FMR.put("1e-2", 1e-2);
    FMR.put("1e-3", 1e-3);
    FMR.put("1e-4", 1e-4);
  }

  /** Resamples of the printers; the 2.5 % quantile then rests on ten of them. */
  private static final int RESAMPLES = 400;

  public Evaluation {
    fnmrAtFmr = Collections.unmodifiableMap(new LinkedHashMap<>(fnmrAtFmr));
    det = List.copyOf(det);
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }

  /**
   * Identification when not every printer is known.
   *
   * @param log10Threshold at or above which a printer is named
   * @param fpir part of unknown printers' searches that name one
   * @param fnir part of known printers' searches that do not name the right one first
   */
  public record OpenSet(double log10Threshold, double fpir, double fnir) {}

  /**
   * Counts the scores.
   *
   * @param log10Threshold of the open-set figures; fixed beforehand, on other printers
   * @param random draws the resamples for the limits
   * @throws IllegalArgumentException if there is no genuine or no impostor score
   */
  public static Evaluation of(List<Score> scores, double log10Threshold, RandomGenerator random) {
    SortedScores sorted = SortedScores.of(scores);
    if (!sorted.isUsable()) {
      throw new IllegalArgumentException(
          "evaluation: needs scores within a printer and between two, add fingerprints of a second"
              + " printer, two of each");
    }
    Set<String> printers = new TreeSet<>();
    int genuine = 0;
    for (Score score : scores) {
      printers.add(score.probePrinter());
      printers.add(score.referencePrinter());
      genuine += score.isGenuine() ? 1 : 0;
    }
    Searches searches = new Searches(scores);
    Map<String, Integer> once = new HashMap<>();
    printers.forEach(printer -> once.put(printer, 1));
    Figures figures = Figures.of(sorted, searches, log10Threshold, once);
    return new Evaluation(
        printers.size(),
        genuine,
        scores.size() - genuine,
        figures.eer,
        figures.fnmr,
        figures.cllr,
        figures.cllrMin,
        figures.rank1,
        new OpenSet(log10Threshold, figures.fpir, figures.fnir),
        sorted.det(),
        limits(sorted, searches, log10Threshold, List.copyOf(printers), figures, random));
  }

  private record Figures(
      double eer,
      Map<String, Double> fnmr,
      double cllr,
      double cllrMin,
      double rank1,
      double fpir,
      double fnir) {
    static Figures of(
        SortedScores sorted, Searches searches, double threshold, Map<String, Integer> times) {
      Map<String, Double> fnmr = new LinkedHashMap<>();
      FMR.forEach((name, fmr) -> fnmr.put(name, sorted.atFmr(fmr).fnmr()));
      return new Figures(
          sorted.eer(),
          fnmr,
          sorted.cllr(),
          sorted.cllrMin(),
          searches.rank1(times),
          searches.fpir(threshold, times),
          searches.fnir(threshold, times));
    }

    /** All by name; what could not be counted is left out. */
    Map<String, Double> byName() {
      Map<String, Double> all = new LinkedHashMap<>();
      all.put("eer", eer);
      fnmr.forEach((name, value) -> all.put("fnmr_at_" + name, value));
      all.put("cllr", cllr);
      all.put("cllr_min", cllrMin);
      all.put("rank1", rank1);
      all.put("fpir", fpir);
      all.put("fnir", fnir);
      all.values().removeIf(value -> Double.isNaN(value));
      return all;
    }
  }

  /**
   * Resamples printers, not pairs: all pairs of a printer come and go together, for one that all
   * others are mistaken for makes thousands of false matches. A rate of which nothing was seen does
   * not vary in resamples, so rates are also given the limits of as many trials as there are
   * printers.
   */
  private static Map<String, Limits> limits(
      SortedScores sorted,
      Searches searches,
      double threshold,
      List<String> printers,
      Figures figures,
      RandomGenerator random) {
    Map<String, List<Double>> drawn = new HashMap<>();
    for (int i = 0; i < RESAMPLES; i++) {
      Map<String, Integer> times = new HashMap<>();
      for (int k = 0; k < printers.size(); k++) {
        times.merge(printers.get(random.nextInt(printers.size())), 1, Integer::sum);
      }
      SortedScores resampled = sorted.weighted(score -> weight(score, times));
      if (resampled.isUsable()) {
        Figures.of(resampled, searches, threshold, times)
            .byName()
            .forEach(
                (name, value) -> drawn.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
      }
    }
    Map<String, Limits> limits = new LinkedHashMap<>();
    figures
        .byName()
        .forEach(
            (name, value) -> {
              Limits spread = quantiles(drawn.getOrDefault(name, List.of(value)));
              boolean rate = !name.startsWith("cllr");
              limits.put(
                  name,
                  rate
                      ? spread.and(Limits.clopperPearson(value * printers.size(), printers.size()))
                      : spread);
            });
    return limits;
  }

  private static double weight(Score score, Map<String, Integer> times) {
    int probe = times.getOrDefault(score.probePrinter(), 0);
    return score.isGenuine()
        ? probe
        : (double) probe * times.getOrDefault(score.referencePrinter(), 0);
  }

  private static Limits quantiles(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    double tail = (1 - Limits.CONFIDENCE) / 2;
    int cut = (int) Math.floor(tail * sorted.size());
    return new Limits(sorted.get(cut), sorted.get(sorted.size() - 1 - cut));
  }
}
