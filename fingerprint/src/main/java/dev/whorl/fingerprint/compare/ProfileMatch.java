package dev.whorl.fingerprint.compare;

/**
 * How well two plough profiles agree, over a small sideways shift.
 *
 * @param correlation the greatest over all shifts, -1 to 1
 * @param samples effective number of independent ones in the profiles
 * @param shifts effective number of independent ones that were tried
 */
record ProfileMatch(double correlation, double samples, double shifts) {
  /** Fewer points than this are no profile. */
  static final int FEWEST = 12;

  /** Both with the same step; each at least {@link #FEWEST} long and not constant. */
  static ProfileMatch of(double[] a, double[] b, double stepUm) {
    return of(new Profile(a), new Profile(b), stepUm);
  }

  /** A profile that is matched with many: what depends on it alone is found once. */
  static final class Profile {
    private final double[] values;
    private final double[] autocorrelation;

    Profile(double[] values) {
      this.values = values;
      autocorrelation = ProfileMatch.autocorrelation(values, values.length / 2);
    }

    int length() {
      return values.length;
    }
  }

  /** The same of profiles seen before. */
  static ProfileMatch of(Profile first, Profile second, double stepUm) {
    double[] a = first.values;
    double[] b = second.values;
    int reach = (int) Math.round(Drift.STROKE_SHIFT_UM / stepUm);
    int length = Math.min(a.length, b.length);
    reach = Math.min(reach, length - FEWEST);
    double best = -1;
    for (int lag = -reach; lag <= reach; lag++) {
      best = Math.max(best, correlation(a, b, lag));
    }
    double samples = independent(first, second);
    double shifts = 1 + 2 * Math.max(0, reach) * samples / length;
    return new ProfileMatch(best, samples, shifts);
  }

  /** a[i] against b[i + lag], both counted from the profiles' middles. */
  private static double correlation(double[] a, double[] b, int lag) {
    int shift = (b.length - a.length) / 2 + lag;
    int from = Math.max(0, -shift);
    int to = Math.min(a.length, b.length - shift);
    double n = to - from;
    double sumA = 0;
    double sumB = 0;
    for (int i = from; i < to; i++) {
      sumA += a[i];
      sumB += b[i + shift];
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = from; i < to; i++) {
      double da = a[i] - sumA / n;
      double db = b[i + shift] - sumB / n;
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }

  /**
   * Bartlett's formula: the variance of the correlation of two independent series is 1/N sum over k
   * of ra(k) rb(k), with their autocorrelations; its inverse is the number of independent samples.
   */
  private static double independent(Profile a, Profile b) {
    int length = Math.min(a.length(), b.length());
    double[] ra = a.autocorrelation;
    double[] rb = b.autocorrelation;
    double sum = 1;
    for (int k = 1; k < length / 2; k++) {
      sum += 2 * (1 - (double) k / length) * ra[k] * rb[k];
    }
    return Math.max(4, Math.min(length, length / Math.max(sum, 1e-6)));
  }

  private static double[] autocorrelation(double[] values, int lags) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] r = new double[lags];
    for (int k = 0; k < lags; k++) {
      for (int i = 0; i + k < values.length; i++) {
        r[k] += (values[i] - mean) * (values[i + k] - mean);
      }
    }
    for (int k = lags - 1; k >= 0; k--) {
      r[k] = r[0] > 0 ? r[k] / r[0] : 0;
    }
    return r;
  }
}
