package dev.whorl.fingerprint.compare;

/** Logarithms of normal densities. */
final class Gaussian {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private Gaussian() {}

  /** The density at a distance from the mean. */
  static double log(double distance, double variance) {
    return -0.5 * (LOG_2_PI + Math.log(variance) + distance * distance / variance);
  }

  /**
   * The density of a vector.
   *
   * @param distance from the mean; not modified
   * @param covariance symmetric; the lower triangle is overwritten
   */
  static double log(double[] distance, double[][] covariance) {
    factor(covariance);
    double[] white = forward(covariance, distance);
    double log = logAtMean(covariance);
    for (double w : white) {
      log -= 0.5 * w * w;
    }
    return log;
  }

  /** The density at the mean, of a covariance's {@link #factor}. */
  static double logAtMean(double[][] factor) {
    double log = -0.5 * factor.length * LOG_2_PI;
    for (int i = 0; i < factor.length; i++) {
      log -= Math.log(factor[i][i]);
    }
    return log;
  }

  /**
   * Cholesky's factor, in place of the lower triangle.
   *
   * <p>A covariance that arrived rounded may have lost its definiteness by as much as the rounding;
   * a pivot is kept above a billionth of its diagonal.
   */
  static void factor(double[][] matrix) {
    for (int j = 0; j < matrix.length; j++) {
      double pivot = matrix[j][j];
      double least = 1e-9 * pivot;
      for (int k = 0; k < j; k++) {
        pivot -= matrix[j][k] * matrix[j][k];
      }
      matrix[j][j] = Math.sqrt(Math.max(pivot, least));
      for (int i = j + 1; i < matrix.length; i++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = sum / matrix[j][j];
      }
    }
  }

  /** L^-1 v. */
  static double[] forward(double[][] factor, double[] v) {
    double[] x = v.clone();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= factor[i][k] * x[k];
      }
      x[i] /= factor[i][i];
    }
    return x;
  }
}
