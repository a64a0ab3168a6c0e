package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.compare.PartState.Drive;
import dev.whorl.fingerprint.compare.PartState.Head;
import dev.whorl.fingerprint.compare.PartState.Nozzle;
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

  private final ChangeRates rates;
  private final Evidence evidence;
  private final double logTotal;

  Histories(ChangeRates rates, Evidence evidence) {
    this.rates = rates;
    this.evidence = evidence;
    logTotal = logSum(h -> true);
  }

  /** log of sum over histories of their prior times the likelihood ratio they give. */
  double logRatio() {
    return logTotal;
  }

  /** The posterior probability, if it is the same printer, of the histories that fit. */
  double posterior(Predicate<History> fits) {
    return Math.min(1, Math.exp(logSum(fits) - logTotal));
  }

  private double logSum(Predicate<History> fits) {
    LogSum sum = new LogSum();
    sum.add(Double.NEGATIVE_INFINITY);
    for (Nozzle nozzle : Nozzle.values()) {
      for (Drive first : Drive.values()) {
        for (Drive second : Drive.values()) {
          for (Head head : Head.values()) {
            for (int bits = 0; bits < 4; bits++) {
              History h =
                  new History(nozzle, first, second, head, (bits & 1) != 0, (bits & 2) != 0);
              if (fits.test(h)) {
                sum.add(Math.log(prior(h)) + evidence.of(h));
              }
            }
          }
        }
      }
    }
    return sum.log();
  }

  private double prior(History h) {
    double sum = 0;
    for (boolean service : new boolean[] {false, true}) {
      sum +=
          rates.service(service)
              * rates.nozzle(h.nozzle, h.head, service)
              * rates.drive(h.first, service)
              * rates.drive(h.second, service)
              * rates.head(h.head, service)
              * rates.resonance(h.resonance, service)
              * rates.squaring(h.squaring, service);
    }
    return sum;
  }
}
