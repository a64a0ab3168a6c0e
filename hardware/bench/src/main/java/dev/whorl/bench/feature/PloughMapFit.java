package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.PloughMap;
import dev.whorl.bench.feature.MeasurementModel.StrokeReading;
import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fits how a nozzle's marks are measured. */
final class PloughMapFit {
  /** Lateral places that are tried, samples: homing, run-out, registration. */
  private static final int ASIDE = 5;

  /** Half the longest lag of an autocorrelation that 101 samples still tell. */
  private static final int LAGS = 24;

  private static final int ROUNDS = 3;

  /** Two coupons so near in time that nothing wears between them. */
  private static final double SAME_DAYS = 1;

  /** Two that are a year apart. */
  private static final double YEAR_DAYS = 300;

  private final double stepUm;
  private final int samples;
  private final double[] headings;
  private final List<Seen> seen = new ArrayList<>();
  private double[][] taps;

  /** A stroke and the imprint that made it. */
  private static final class Seen {
    private final Example example;
    private final Plough plough;
    private final double[] slopes;
    private final double[] imprint;
    private int aside;
    private double contrast = 1;
    private double[] remainder = {};

    Seen(Example example, Plough plough, double[] imprint) {
      this.example = example;
      this.plough = plough;
      this.slopes = plough.slopes();
      this.imprint = imprint;
    }
  }

  private PloughMapFit(List<Example> examples) {
    NozzleComponent first =
        examples.stream()
            .map(example -> example.fingerprint().nozzle())
            .filter(nozzle -> nozzle != null)
            .findFirst()
            .orElseThrow();
    stepUm = first.stepUm();
    samples = first.strokes().get(0).slopes().length;
    headings =
        examples.stream()
            .flatMap(example -> strokes(example).stream())
            .mapToDouble(plough -> Math.rint(plough.headingDeg()))
            .distinct()
            .sorted()
            .toArray();
    for (Example example : examples) {
      double[][] imprints = Imprint.slopes(example.truth().nozzle(), headings, stepUm, samples);
      for (Plough plough : strokes(example)) {
        int h = Arrays.binarySearch(headings, Math.rint(plough.headingDeg()));
        seen.add(new Seen(example, plough, imprints[h]));
      }
    }
    taps = new double[Strokes.ZONES][2 * Strokes.REACH + 1];
    // To begin with: a point spread of some 20 um less the crown's breadth.
    for (double[] filter : taps) {
      for (int t = 0; t < filter.length; t++) {
        double d = t - Strokes.REACH;
        filter[t] = Math.exp(-0.5 * d * d / 4) / 5 - Math.exp(-0.5 * d * d / 22) / 11.8;
      }
    }
  }

  private static List<Plough> strokes(Example example) {
    NozzleComponent nozzle = example.fingerprint().nozzle();
    return nozzle == null ? List.of() : nozzle.strokes();
  }

  /** A map, and what it leaves of each coupon. */
  record Fitted(PloughMap map, Map<Example, List<StrokeReading>> readings) {}

  static Fitted fit(List<Example> examples) {
    PloughMapFit fit = new PloughMapFit(examples);
    for (int round = 0; round < ROUNDS; round++) {
      fit.seen.forEach(fit::place);
      fit.filter();
    }
    fit.seen.forEach(fit::place);
    fit.seen.forEach(fit::remain);
    return fit.fitted();
  }

  private double[] predicted(Seen one, double aside) {
    return Strokes.filtered(one.imprint, taps, aside, samples, stepUm);
  }

  private void place(Seen one) {
    double best = Double.NEGATIVE_INFINITY;
    for (int aside = -ASIDE; aside <= ASIDE; aside++) {
      double[] p = predicted(one, aside);
      double xy = product(p, one.slopes);
      double xx = product(p, p);
      double score = xx > 0 ? xy / Math.sqrt(xx) : 0;
      if (score > best) {
        best = score;
        one.aside = aside;
        one.contrast = Math.max(0.2, Math.min(3, xy / xx));
      }
    }
  }

  private void filter() {
    int width = 2 * Strokes.REACH + 1;
    Ridge[] zones = new Ridge[Strokes.ZONES];
    Arrays.setAll(zones, z -> new Ridge(width));
    for (Seen one : seen) {
      for (int i = 0; i < samples; i++) {
        double[] inputs = new double[width];
        for (int t = 0; t < width; t++) {
          inputs[t] = Strokes.at(one.imprint, i + Imprint.MARGIN + one.aside + t - Strokes.REACH);
        }
        zones[Strokes.zone(i, samples, stepUm)].add(inputs, one.slopes[i], 1);
      }
    }
    for (int z = 0; z < zones.length; z++) {
      double[] precision = new double[width];
      Arrays.fill(precision, 1e-3);
      taps[z] = zones[z].solve(new double[width], precision);
    }
  }

  /** In the nozzle's place: the sample under the bore's centre comes to the middle. */
  private void remain(Seen one) {
    double[] p = predicted(one, one.aside);
    double[] left = new double[samples];
    for (int i = 0; i < samples; i++) {
      left[i] = one.slopes[i] - one.contrast * p[i];
    }
    one.remainder = new double[samples];
    for (int j = 0; j < samples; j++) {
      one.remainder[j] = left[Math.max(0, Math.min(samples - 1, j - one.aside))];
    }
  }

  private Fitted fitted() {
    double[] sd = new double[samples];
    for (int i = 0; i < samples; i++) {
      for (Seen one : seen) {
        sd[i] += one.remainder[i] * one.remainder[i] / seen.size();
      }
    }
    double[] level = new double[samples];
    for (int i = 0; i < samples; i++) {
      int n = 0;
      for (int k = Math.max(0, i - 2); k <= Math.min(samples - 1, i + 2); k++) {
        level[i] += sd[k];
        n++;
      }
      level[i] = Math.sqrt(Math.max(1e-12, level[i] / n));
    }
    double[] total = new double[LAGS];
    double[] near = new double[LAGS];
    double[] far = new double[LAGS];
    int pairs = 0;
    int farPairs = 0;
    Map<String, List<Seen>> byStroke = new HashMap<>();
    for (Seen one : seen) {
      correlate(one, one, level, total, 1.0 / seen.size());
      byStroke
          .computeIfAbsent(
              one.example.machine().id() + "/" + Math.rint(one.plough.headingDeg()),
              key -> new ArrayList<>())
          .add(one);
    }
    for (List<Seen> same : byStroke.values()) {
      for (int a = 0; a < same.size(); a++) {
        for (int b = a + 1; b < same.size(); b++) {
          double days =
              Math.abs(same.get(a).example.visit().day() - same.get(b).example.visit().day());
          if (days <= SAME_DAYS) {
            correlate(same.get(a), same.get(b), level, near, 1);
            pairs++;
          } else if (days >= YEAR_DAYS) {
            correlate(same.get(a), same.get(b), level, far, 1);
            farPairs++;
          }
        }
      }
    }
    double repeated = pairs == 0 ? 0 : Math.max(0, Math.min(0.95, near[0] / pairs / total[0]));
    double kept =
        farPairs == 0 || near[0] <= 0
            ? 1
            : Math.max(0, Math.min(1, far[0] / farPairs / (near[0] / pairs)));
    double[] print = new double[LAGS];
    for (int k = 0; k < LAGS; k++) {
      near[k] = pairs == 0 ? 0 : near[k] / pairs;
      print[k] = total[k] - near[k];
    }
    PloughMap map =
        new PloughMap(
            stepUm,
            samples,
            headings,
            taps,
            level,
            repeated,
            kept,
            Spectrum.of(near, 2 * samples),
            Spectrum.of(print, 2 * samples));
    return new Fitted(map, readings(level, total[0], repeated));
  }

  private Map<Example, List<StrokeReading>> readings(
      double[] level, double total, double repeated) {
    Map<Example, List<StrokeReading>> readings = new HashMap<>();
    for (Seen one : seen) {
      double[] own = new double[1];
      correlate(one, one, level, own, 1);
      double print = (own[0] / total - repeated) / (1 - repeated);
      double relief = product(one.slopes, one.slopes) / samples;
      double noise = one.plough.noise();
      readings
          .computeIfAbsent(one.example, key -> new ArrayList<>())
          .add(
              new StrokeReading(
                  Math.rint(one.plough.headingDeg()),
                  one.contrast,
                  one.aside * stepUm,
                  Math.sqrt(Math.max(0.1, Math.min(9, print))),
                  noise,
                  one.plough.reliability() - 1 + noise * noise / Math.max(relief, 1e-12)));
    }
    return readings;
  }

  /** Adds the products at each lag, each sample over its usual size. */
  private void correlate(Seen a, Seen b, double[] level, double[] sums, double weight) {
    int edge = samples / 8;
    for (int lag = 0; lag < sums.length; lag++) {
      double sum = 0;
      int n = 0;
      for (int i = edge; i + lag < samples - edge; i++) {
        int k = i + lag;
        sum +=
            0.5
                * (a.remainder[i] * b.remainder[k] + b.remainder[i] * a.remainder[k])
                / (level[i] * level[k]);
        n++;
      }
      sums[lag] += weight * sum / n;
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
