package dev.whorl.bench.feature;

import dev.whorl.sim.machine.Streams;
import java.util.SplittableRandom;

/** Random profiles of a given autocorrelation. */
final class Spectrum {
  private Spectrum() {}

  /**
   * Power of each whole number of waves per {@code period} samples, from an autocorrelation (index:
   * lag); sums to 1.
   */
  static double[] of(double[] autocorrelation, int period) {
    double[] power = new double[period / 2 + 1];
    double sum = 0;
    int most = autocorrelation.length;
    for (int k = 1; k < power.length; k++) {
      double p = autocorrelation[0];
      for (int lag = 1; lag < most; lag++) {
        // Tapered to the longest lag, so that cutting it off there makes no ripples.
        double taper = 0.5 * (1 + Math.cos(Math.PI * lag / most));
        p += 2 * taper * autocorrelation[lag] * Math.cos(2 * Math.PI * k * lag / period);
      }
      power[k] = Math.max(0, p);
      sum += power[k];
    }
    for (int k = 0; k < power.length; k++) {
      power[k] = sum > 0 ? power[k] / sum : 1.0 / (power.length - 1);
    }
    return power;
  }

  /** A draw of unit variance. */
  static double[] draw(double[] power, int length, SplittableRandom random) {
    int period = 2 * (power.length - 1);
    double[] out = new double[length];
    for (int k = 1; k < power.length; k++) {
      double c = Math.sqrt(power[k]) * Streams.normal(random);
      double s = Math.sqrt(power[k]) * Streams.normal(random);
      double step = 2 * Math.PI * k / period;
      for (int i = 0; i < length; i++) {
        out[i] += c * Math.cos(step * i) + s * Math.sin(step * i);
      }
    }
    return out;
  }
}
