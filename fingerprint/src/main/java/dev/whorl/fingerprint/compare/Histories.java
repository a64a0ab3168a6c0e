package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.compare.PartState.Drive;
import dev.whorl.fingerprint.compare.PartState.Head;
import dev.whorl.fingerprint.compare.PartState.Nozzle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every history the parts may have had between two fingerprints, with its probability before and
 * after looking at what was measured.
 */
final class Histories {
  /** What became of each part. */
  record History(
      Nozzle nozzle, Drive first, Drive second, Head head, boolean resonance, boolean squaring) {}

  /**
   * Log likelihood ratios of each group, zero where it was not measured in both. That of a changed
   * part is zero too: it is then any part of the population.
   */
  record Evidence(
      double nozzleKept,
      double nozzleTurned,
      double firstKept,
      double firstShifted,
      double secondKept,
      double secondShifted,
      double ringing,
      double flow,
      double geometry,
      double mesh) {
    private double of(History h) {
      double log =
          switch (h.nozzle) {
            case KEPT -> nozzleKept;
            case TURNED -> nozzleTurned;
            case CHANGED -> 0;
          };
      log += drive(h.first, firstKept, firstShifted);
      log += drive(h.second, secondKept, secondShifted);
      log += h.resonance || h.head == Head.CHANGED ? 0 : ringing(h);
      log += h.head == Head.KEPT ? flow : 0;
      log += h.squaring ? 0 : geometry;
      // A bed is bent by its screws at any time: that is in how little its mesh may say.
      return log + mesh;
    }

    /**
     * A belt and an extruder are part of what swings; every other time, handling them leaves the
     * swing as it was.
     */
    private double ringing(History h) {
      if (h.first == Drive.KEPT && h.second == Drive.KEPT && h.head == Head.KEPT) {
        return ringing;
      }
      LogSum half = new LogSum();
      half.add(Math.log(0.5) + ringing);
      half.add(Math.log(0.5));
      return half.log();
    }

    private static double drive(Drive state, double kept, double shifted) {
      return switch (state) {
        case KEPT -> kept;
        case SHIFTED -> shifted;
        case CHANGED -> 0;
      };
    }
  }

  private static final List<History> ALL = all();

  private final double[] weights;
  private final double total;
  private final double logLargest;

  Histories(ChangeRates rates, Evidence evidence) {
    double[] priors = priors(rates);
    weights = new double[ALL.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.log(priors[i]) + evidence.of(ALL.get(i));
      largest = Math.max(largest, weights[i]);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - largest);
      sum += weights[i];
    }
    logLargest = largest;
    total = sum;
  }

  private static List<History> all() {
    List<History> all = new ArrayList<>();
    for (Nozzle nozzle : Nozzle.values()) {
      for (Drive first : Drive.values()) {
        for (Drive second : Drive.values()) {
          for (Head head : Head.values()) {
            for (int bits = 0; bits < 4; bits++) {
              all.add(new History(nozzle, first, second, head, (bits & 1) != 0, (bits & 2) != 0));
            }
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** log of sum over histories of their prior times the likelihood ratio they give. */
  double logRatio() {
    return logLargest + Math.log(total);
  }

  /** The posterior probability, if it is the same printer, of the histories that fit. */
  double posterior(Predicate<History> fits) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (fits.test(ALL.get(i))) {
        sum += weights[i];
      }
    }
    return sum / total;
  }

  /** Of each history, in the order of {@link #ALL}. */
  private static double[] priors(ChangeRates rates) {
    double[] sums = new double[ALL.size()];
    for (boolean service : new boolean[] {false, true}) {
      double[] drives = new double[Drive.values().length];
      for (Drive drive : Drive.values()) {
        drives[drive.ordinal()] = rates.drive(drive, service);
      }
      double[][] heads = new double[Nozzle.values().length][Head.values().length];
      for (Nozzle nozzle : Nozzle.values()) {
        for (Head head : Head.values()) {
          heads[nozzle.ordinal()][head.ordinal()] =
              rates.service(service)
                  * rates.nozzle(nozzle, head, service)
                  * rates.head(head, service);
        }
      }
      double[] frames = new double[4];
      for (int bits = 0; bits < 4; bits++) {
        frames[bits] =
            rates.resonance((bits & 1) != 0, service) * rates.squaring((bits & 2) != 0, service);
      }
      for (int i = 0; i < sums.length; i++) {
        History h = ALL.get(i);
        sums[i] +=
            heads[h.nozzle.ordinal()][h.head.ordinal()]
                * drives[h.first.ordinal()]
                * drives[h.second.ordinal()]
                * frames[(h.resonance ? 1 : 0) + (h.squaring ? 2 : 0)];
      }
    }
    return sums;
  }
}
