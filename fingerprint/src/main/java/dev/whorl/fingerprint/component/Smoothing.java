package dev.whorl.fingerprint.component;

/** Gaussian smoothing of a short row. */
final class Smoothing {
  private Smoothing() {}

  /** Smoothed copy; beyond the ends the weights of what is there are raised. */
  static double[] gaussian(double[] values, double sigma) {
    int reach = (int) Math.ceil(4 * sigma);
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      double weights = 0;
      for (int k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k++) {
        double weight = Math.exp(-0.5 * (k - i) * (k - i) / (sigma * sigma));
        sum += weight * values[k];
        weights += weight;
      }
      out[i] = sum / weights;
    }
    return out;
  }
}
