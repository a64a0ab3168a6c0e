package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.evaluate.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * False non-matches and false matches at a threshold that was fixed elsewhere, with 95 % limits by
 * resampling machines: all comparisons of a machine come and go together.
 *
 * @param machines how many machines' probes were counted
 * @param genuine comparisons
 * @param impostor comparisons
 * @param log10Threshold at or above it two are taken for one machine
 */
record Rates(
    int machines,
    int genuine,
    int impostor,
    double log10Threshold,
    double fnmr,
    Limits fnmrLimits,
    double fmr,
    Limits fmrLimits) {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  /** None seen of n independent trials: up to 3.7 / n with 97.5 %. */
  private static final double NONE_SEEN = 3.69;

  /** Counts; a rate of which nothing was seen is limited as if its comparisons were independent. */
  static Rates at(double log10Threshold, List<Trial> trials, SplittableRandom random) {
    Map<FleetMachine, Integer> numbers = new HashMap<>();
    for (Trial trial : trials) {
      number(numbers, trial.probe().machine());
      number(numbers, trial.reference());
    }
    int n = numbers.size();
    int[] genuineOf = new int[n];
    int[] missedOf = new int[n];
    int[] impostorOf = new int[n];
    List<int[]> matched = new ArrayList<>();
    for (Trial trial : trials) {
      int probe = number(numbers, trial.probe().machine());
      boolean same = trial.log10Lr() >= log10Threshold;
      if (trial.isGenuine()) {
        genuineOf[probe]++;
        missedOf[probe] += same ? 0 : 1;
      } else {
        impostorOf[probe]++;
        if (same) {
          matched.add(new int[] {probe, number(numbers, trial.reference())});
        }
      }
    }
    int genuine = Arrays.stream(genuineOf).sum();
    int impostor = Arrays.stream(impostorOf).sum();
    int missed = Arrays.stream(missedOf).sum();
    double[] fnmr = new double[RESAMPLES];
    double[] fmr = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] times = new int[n];
      for (int k = 0; k < n; k++) {
        times[random.nextInt(n)]++;
      }
      double all = 0;
      double miss = 0;
      double others = 0;
      for (int k = 0; k < n; k++) {
        all += times[k] * genuineOf[k];
        miss += times[k] * missedOf[k];
        others += times[k] * impostorOf[k];
      }
      double match = 0;
      for (int[] pair : matched) {
        match += times[pair[0]] * times[pair[1]];
      }
      fnmr[i] = all > 0 ? miss / all : 0;
      // Each reference is compared with as many probes: on average its weight is one.
      fmr[i] = others > 0 ? match / others : 0;
    }
    int withProbes = (int) Arrays.stream(genuineOf).filter(count -> count > 0).count();
    return new Rates(
        withProbes,
        genuine,
        impostor,
        log10Threshold,
        rate(missed, genuine),
        limits(fnmr, missed, genuine),
        rate(matched.size(), impostor),
        limits(fmr, matched.size(), impostor));
  }

  private static int number(Map<FleetMachine, Integer> numbers, FleetMachine machine) {
    return numbers.computeIfAbsent(machine, key -> numbers.size());
  }

  private static double rate(int seen, int trials) {
    return trials == 0 ? Double.NaN : (double) seen / trials;
  }

  private static Limits limits(double[] resampled, int seen, int trials) {
    if (seen == 0) {
      return new Limits(0, trials == 0 ? 1 : Math.min(1, NONE_SEEN / trials));
    }
    Arrays.sort(resampled);
    int cut = (int) (TAIL * resampled.length);
    return new Limits(resampled[cut], resampled[resampled.length - 1 - cut]);
  }

  /**
   * The lowest threshold at which no more than this share of the impostors is taken for genuine.
   *
   * @param fmr false match rate
   */
  static double threshold(List<Trial> trials, double fmr) {
    double[] impostor =
        trials.stream().filter(t -> !t.isGenuine()).mapToDouble(Trial::log10Lr).sorted().toArray();
    if (impostor.length == 0) {
      throw new IllegalArgumentException("no threshold without impostors");
    }
    int allowed = (int) Math.floor(fmr * impostor.length);
    return Math.nextUp(
        (float) impostor[impostor.length - 1 - Math.min(allowed, impostor.length - 1)]);
  }
}
