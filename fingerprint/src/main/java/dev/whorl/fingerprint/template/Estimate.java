package dev.whorl.fingerprint.template;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * One number that walks, and how well it is known (Kalman 1960, with one dimension).
 *
 * @param value the present best
 * @param variance of its error
 */
record Estimate(double value, double variance) {
  /** Of a normal distribution, how much lies beyond five standard deviations. */
  private static final double BEYOND = 5.7e-7;

  /** From a value with its standard error and what prints repeat to. */
  static Estimate of(double value, double se, double repeat) {
    return new Estimate(value, se * se + repeat * repeat);
  }

  double se() {
    return Math.sqrt(variance);
  }

  /** After it could walk on. */
  Estimate grown(double drift) {
    return new Estimate(value, variance + drift);
  }

  /** After a measurement. */
  Estimate updated(Estimate measured) {
    double gain = variance / (variance + measured.variance);
    return new Estimate(value + gain * (measured.value - value), (1 - gain) * variance);
  }

  /** How far this lies from where it began, as a part of how far it may: above 1 is too far. */
  double walked(Estimate start, double drift) {
    double distance = value - start.value;
    return Math.sqrt(distance * distance / (start.variance + drift) / furthest(1));
  }

  /**
   * The square of how far so many dimensions may walk together, in standard deviations: what five
   * are for one.
   */
  static double furthest(int dimensions) {
    return new ChiSquaredDistribution(dimensions).inverseCumulativeProbability(1 - BEYOND);
  }

  /**
   * The variance of the difference between a value and itself later, of values that wander about
   * and forget where they were.
   *
   * @param spread variance between machines
   * @param memoryYears in which the correlation falls to 1/e
   */
  static double drift(double spread, double memoryYears, double years) {
    return -2 * spread * Math.expm1(-Math.max(0, years) / memoryYears);
  }
}
