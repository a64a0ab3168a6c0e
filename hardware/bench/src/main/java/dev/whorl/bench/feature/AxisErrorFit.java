package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.AxisReading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is left of an axis's readings. A map that was fitted on a machine follows its accidents: so
 * each machine's errors are those of the map that all others give. And a machine's coupons err
 * partly alike, by what no map of its waves tells: that part is kept apart, or two coupons of one
 * machine would be drawn further from each other than they are.
 */
final class AxisErrorFit {
  private AxisErrorFit() {}

  static Map<Example, AxisReading> of(List<Example> examples, int axis) {
    Map<String, List<Example>> byMachine =
        examples.stream()
            .collect(
                Collectors.groupingBy(
                    example -> example.machine().id(), LinkedHashMap::new, Collectors.toList()));
    Map<Example, AxisReading> whole = new HashMap<>();
    for (List<Example> own : byMachine.values()) {
      List<Example> others = examples.stream().filter(e -> !own.contains(e)).toList();
      MeasurementModel.AxisMap map =
          MeasurementFit.axis(others.isEmpty() ? examples : others, axis);
      for (Example example : own) {
        AxisReading reading =
            AxisMapFit.reading(
                map,
                MeasurementFit.truth(example.truth(), axis),
                MeasurementFit.component(example.fingerprint(), axis));
        if (reading != null) {
          whole.put(example, reading);
        }
      }
    }
    return divided(byMachine.values(), whole);
  }

  private static Map<Example, AxisReading> divided(
      Iterable<List<Example>> machines, Map<Example, AxisReading> whole) {
    int n = whole.values().stream().mapToInt(r -> r.whitened().length).max().orElse(0);
    double[] between = new double[n];
    double[] within = new double[n];
    int several = 0;
    int spare = 0;
    double coupons = 0;
    Map<List<Example>, double[]> means = new HashMap<>();
    for (List<Example> own : machines) {
      List<Example> read = own.stream().filter(whole::containsKey).toList();
      double[] mean = new double[n];
      for (Example example : read) {
        for (int i = 0; i < n; i++) {
          mean[i] += reading(whole, example).whitened()[i] / read.size();
        }
      }
      means.put(own, mean);
      if (read.size() > 1) {
        several++;
        spare += read.size() - 1;
        coupons += read.size();
        for (int i = 0; i < n; i++) {
          between[i] += mean[i] * mean[i];
          for (Example example : read) {
            double off = reading(whole, example).whitened()[i] - mean[i];
            within[i] += off * off;
          }
        }
      }
    }
    double[] kept = new double[n];
    double each = several == 0 ? 1 : coupons / several;
    for (int i = 0; i < n && several > 0; i++) {
      double ofMean = between[i] / several;
      // A mean of few coupons has some of their own errors in it.
      double accidental = within[i] / spare / each;
      kept[i] = ofMean > 0 ? Math.sqrt(Math.max(0, 1 - accidental / ofMean)) : 0;
    }
    Map<Example, AxisReading> divided = new HashMap<>();
    means.forEach(
        (own, mean) -> {
          List<Example> read = own.stream().filter(whole::containsKey).toList();
          double stretch = read.size() > 1 ? Math.sqrt(read.size() / (read.size() - 1.0)) : 1;
          for (Example example : read) {
            AxisReading reading = reading(whole, example);
            double[] shared = new double[n];
            double[] single = new double[n];
            for (int i = 0; i < n; i++) {
              shared[i] = kept[i] * mean[i];
              single[i] =
                  read.size() > 1
                      ? stretch * (reading.whitened()[i] - mean[i])
                      : reading.whitened()[i];
            }
            divided.put(
                example,
                new AxisReading(
                    reading.covarianceUm2(),
                    shared,
                    single,
                    reading.backlash(),
                    reading.backlashSeUm(),
                    reading.scatterUm(),
                    reading.beads()));
          }
        });
    return divided;
  }

  private static AxisReading reading(Map<Example, AxisReading> whole, Example example) {
    AxisReading reading = whole.get(example);
    if (reading == null) {
      throw new IllegalArgumentException("not read");
    }
    return reading;
  }
}
