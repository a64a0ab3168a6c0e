package dev.whorl.fingerprint.compare;

/** Sums of probabilities that are kept as logarithms, so that none is too small to count. */
final class LogSum {
  private double peak = Double.NEGATIVE_INFINITY;
  private double scaled;

  /** Adds e^log. */
  void add(double log) {
    if (log == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (log <= peak) {
      scaled += Math.exp(log - peak);
    } else {
      scaled = scaled * Math.exp(peak - log) + 1;
      peak = log;
    }
  }

  /** The logarithm of the sum. */
  double log() {
    return peak + Math.log(scaled);
  }
}
