package dev.whorl.bench.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What a machine's own score comes to after some time.
 *
 * @param days since enrolment
 * @param probes how many
 * @param median of log10 LR
 * @param low the tenth part lies below
 * @param missed part below the threshold
 */
record Ageing(double days, int probes, double median, double low, double missed) {

  /** By days since enrolment, of probes before which nothing was serviced. */
  static List<Ageing> of(List<Trial> trials, double log10Threshold) {
    TreeMap<Double, List<Double>> byDay = new TreeMap<>();
    for (Trial trial : trials) {
      if (trial.isGenuine() && trial.probe().visit().service() == null) {
        byDay
            .computeIfAbsent(trial.probe().visit().day(), day -> new ArrayList<>())
            .add((double) trial.log10Lr());
      }
    }
    List<Ageing> all = new ArrayList<>();
    byDay.forEach(
        (day, scores) -> {
          double[] sorted = scores.stream().mapToDouble(d -> d).sorted().toArray();
          double missed = Arrays.stream(sorted).filter(s -> s < log10Threshold).count();
          all.add(
              new Ageing(
                  day,
                  sorted.length,
                  sorted[sorted.length / 2],
                  sorted[sorted.length / 10],
                  missed / sorted.length));
        });
    return all;
  }
}
