package dev.whorl.fingerprint.evaluate;

import org.apache.commons.math3.distribution.BetaDistribution;

/** Between what a figure lies with 95 % confidence. */
public record Limits(double low, double high) {
  static final double CONFIDENCE = 0.95;

  /**
   * Limits of a proportion of which so many of so many trials were seen (Clopper and Pearson 1934:
   * never too narrow). Nothing seen in 200 trials leaves up to 1.8 %.
   *
   * @param seen 0 to trials; need not be whole, for a rate over dependent trials
   */
  public static Limits clopperPearson(double seen, double trials) {
    double tail = (1 - CONFIDENCE) / 2;
    double low = seen <= 0 ? 0 : beta(seen, trials - seen + 1).inverseCumulativeProbability(tail);
    double high =
        seen >= trials ? 1 : beta(seen + 1, trials - seen).inverseCumulativeProbability(1 - tail);
    return new Limits(low, high);
  }

  /** Wide enough for both. */
  Limits and(Limits other) {
    return new Limits(Math.min(low, other.low), Math.max(high, other.high));
  }

  private static BetaDistribution beta(double a, double b) {
    return new BetaDistribution(null, a, b, BetaDistribution.DEFAULT_INVERSE_ABSOLUTE_ACCURACY);
  }
}
