package dev.whorl.bench.fleet;

import dev.whorl.common.cli.Progress;
import dev.whorl.fingerprint.evaluate.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Identification with strangers about: every probe is searched among all that are enrolled.
 *
 * @param enrolled how many are known
 * @param unknown searches by machines that are not
 * @param mated searches by machines that are
 * @param points at each false positive rate
 */
record OpenSearch(int enrolled, int unknown, int mated, List<Point> points) {
  private static final int RESAMPLES = 400;
  private static final double TAIL = 0.025;

  /**
   * One operating point.
   *
   * @param fpir part of the strangers' searches that name somebody
   * @param log10Threshold that gives it
   * @param fnir part of the mated searches that do not name the right one first, above it
   * @param limits of fnir, 95 %, by resampling machines
   */
  record Point(double fpir, double log10Threshold, double fnir, Limits limits) {}

  private record Found(FleetMachine machine, double own, double best) {}

  /** Searches. */
  static OpenSearch of(
      List<Enrolled> enrolled,
      List<Probe> mated,
      List<Probe> unknown,
      Judge judge,
      double[] rates,
      SplittableRandom random) {
    List<Found> strangers;
    List<Found> known;
    try (Progress progress = Progress.of("open search", mated.size() + unknown.size())) {
      strangers = search(enrolled, unknown, judge, progress);
      known = search(enrolled, mated, judge, progress);
    }
    double[] best = strangers.stream().mapToDouble(Found::best).sorted().toArray();
    List<Point> points = new ArrayList<>();
    for (double fpir : rates) {
      int allowed = (int) Math.floor(fpir * best.length);
      double threshold = Math.nextUp((float) best[best.length - 1 - allowed]);
      points.add(
          new Point(fpir, threshold, missed(known, threshold), limits(known, threshold, random)));
    }
    return new OpenSearch(enrolled.size(), unknown.size(), mated.size(), points);
  }

  private static List<Found> search(
      List<Enrolled> enrolled, List<Probe> probes, Judge judge, Progress progress) {
    return IntStream.range(0, probes.size())
        .parallel()
        .mapToObj(
            i -> {
              Found found = search(enrolled, probes.get(i), judge);
              progress.step(1);
              return found;
            })
        .toList();
  }

  private static Found search(List<Enrolled> enrolled, Probe probe, Judge judge) {
    double own = Double.NEGATIVE_INFINITY;
    double best = Double.NEGATIVE_INFINITY;
    for (Enrolled one : enrolled) {
      double log10Lr = (float) judge.compare(one, probe.fingerprint()).log10Lr();
      if (one.machine().equals(probe.machine())) {
        own = log10Lr;
      } else {
        best = Math.max(best, log10Lr);
      }
    }
    return new Found(probe.machine(), own, best);
  }

  private static double missed(List<Found> known, double threshold) {
    long missed = known.stream().filter(found -> misses(found, threshold)).count();
    return (double) missed / known.size();
  }

  private static boolean misses(Found found, double threshold) {
    return found.own() < threshold || found.own() <= found.best();
  }

  private static Limits limits(List<Found> known, double threshold, SplittableRandom random) {
    Map<FleetMachine, int[]> byMachine = new HashMap<>();
    for (Found found : known) {
      int[] counts = byMachine.computeIfAbsent(found.machine(), key -> new int[2]);
      counts[0]++;
      counts[1] += misses(found, threshold) ? 1 : 0;
    }
    int[][] counts = byMachine.values().toArray(int[][]::new);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double all = 0;
      double missed = 0;
      for (int k = 0; k < counts.length; k++) {
        int[] one = counts[random.nextInt(counts.length)];
        all += one[0];
        missed += one[1];
      }
      resampled[i] = missed / all;
    }
    Arrays.sort(resampled);
    int cut = (int) (TAIL * RESAMPLES);
    Limits alone = Limits.clopperPearson(missed(known, threshold) * counts.length, counts.length);
    return new Limits(
        Math.min(alone.low(), resampled[cut]),
        Math.max(alone.high(), resampled[RESAMPLES - 1 - cut]));
  }
}
