package dev.whorl.fingerprint.trace;

import org.jspecify.annotations.Nullable;

/**
 * A template laid over one measured profile.
 *
 * @param shiftMm how far the middle lies to the left
 * @param shiftVariance its formal variance, mm^2
 * @param widening by what part the bead is wider than the template
 * @param wideningVariance its formal variance
 * @param gain how much steeper than the template
 * @param offset slope common to the whole window
 * @param explained part of the profile's variance that the fit explains
 */
record ProfileFit(
    double shiftMm,
    double shiftVariance,
    double widening,
    double wideningVariance,
    double gain,
    double offset,
    double explained) {

  private static final int ROUNDS = 4;

  /** A fit that explains less than this is no bead. */
  private static final double LEAST_EXPLAINED = 0.35;

  /**
   * Fits gain, shift, widening and a common slope by least squares, about {@code startMm}.
   *
   * @return null where nothing like the template is there
   */
  static @Nullable ProfileFit of(
      Template template,
      float[] slope,
      float[] weight,
      double stepMm,
      double windowMm,
      double startMm,
      double mostShiftMm) {
    int half = slope.length / 2;
    double shift = startMm;
    double widening = 0;
    int[] unknowns = {0, 1, 2, 3};
    double[] factors = new double[4];
    ProfileFit fit = null;
    for (int round = 0; round < ROUNDS; round++) {
      NormalEquations equations = new NormalEquations(4);
      double weights = 0;
      double sum = 0;
      double squares = 0;
      int used = 0;
      int from = Math.max(0, (int) Math.ceil(half + (shift - windowMm) / stepMm));
      int to = Math.min(slope.length - 1, (int) Math.floor(half + (shift + windowMm) / stepMm));
      for (int j = from; j <= to; j++) {
        if (weight[j] <= 0) {
          continue;
        }
        fill(factors, template, (j - half) * stepMm - shift);
        equations.add(unknowns, factors, 4, slope[j], weight[j]);
        weights += weight[j];
        sum += weight[j] * slope[j];
        squares += weight[j] * slope[j] * slope[j];
        used++;
      }
      if (used < 8 || used < 0.7 * (to - from + 1)) {
        return null;
      }
      NormalEquations.Solution solution = equations.solve();
      if (solution == null || !(solution.values()[0] > 0.05)) {
        return null;
      }
      double gain = solution.values()[0];
      double residual = 0;
      for (int j = from; j <= to; j++) {
        if (weight[j] > 0) {
          fill(factors, template, (j - half) * stepMm - shift);
          double r = slope[j];
          for (int k = 0; k < 4; k++) {
            r -= factors[k] * solution.values()[k];
          }
          residual += weight[j] * r * r;
        }
      }
      double spread = squares - sum * sum / weights;
      double variance = residual / Math.max(1, used - 4);
      shift += limit(solution.values()[1] / gain, 0.5 * stepMm * half);
      widening = solution.values()[2] / gain;
      if (!(Math.abs(shift) <= mostShiftMm)) {
        return null;
      }
      fit =
          new ProfileFit(
              shift,
              variance * solution.covariance(1, 1) / (gain * gain),
              widening,
              variance * solution.covariance(2, 2) / (gain * gain),
              gain,
              solution.values()[3],
              spread > 0 ? 1 - residual / spread : 0);
    }
    return fit != null && fit.explained >= LEAST_EXPLAINED ? fit : null;
  }

  /** Template, shift, widening at constant height (z(t) = Z(t / w)), common slope. */
  private static void fill(double[] factors, Template template, double t) {
    double m = template.at(t);
    double derivative = template.derivative(t);
    factors[0] = m;
    factors[1] = -derivative;
    factors[2] = -(m + t * derivative);
    factors[3] = 1;
  }

  private static double limit(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }
}
