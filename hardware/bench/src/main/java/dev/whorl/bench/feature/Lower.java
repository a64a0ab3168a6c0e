package dev.whorl.bench.feature;

import dev.whorl.fingerprint.AxisComponent;

/** The Cholesky factor L of a covariance: L times white noise has it. */
final class Lower {
  private final double[][] l;

  /** Of a stated covariance; what rounding made slightly negative is taken for nil. */
  Lower(AxisComponent axis) {
    int n = 2 * axis.size();
    l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = axis.covariance(i, j);
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        if (i == j) {
          l[i][i] = Math.sqrt(Math.max(sum, 1e-9 * axis.covariance(i, i) + 1e-12));
        } else {
          l[i][j] = sum / l[j][j];
        }
      }
    }
  }

  /** L x. */
  double[] times(double[] white) {
    double[] out = new double[white.length];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k <= i; k++) {
        out[i] += l[i][k] * white[k];
      }
    }
    return out;
  }

  /** The x of L x = y. */
  double[] solve(double[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      double sum = y[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * x[k];
      }
      x[i] = sum / l[i][i];
    }
    return x;
  }
}
