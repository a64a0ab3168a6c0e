package dev.whorl.fingerprint.vibration;

/**
 * Power spectra of the acceleration along each axis.
 *
 * @param hz frequencies, ascending
 * @param psd power by axis (x, y, z) and frequency, in any unit
 */
record Spectrum(double[] hz, double[][] psd) {
  static final int X = 0;
  static final int Y = 1;

  /** Along which of X and Y there is more power where frames resonate. */
  int louder() {
    return power(X) >= power(Y) ? X : Y;
  }

  private double power(int axis) {
    double sum = 0;
    for (int i = 0; i < hz.length; i++) {
      if (hz[i] >= dev.whorl.fingerprint.Resonance.LOWEST_HZ
          && hz[i] <= dev.whorl.fingerprint.Resonance.HIGHEST_HZ) {
        sum += psd[axis][i];
      }
    }
    return sum;
  }
}
