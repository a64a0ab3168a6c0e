package dev.whorl.fingerprint.compare;

/**
 * What is known of axes as such: how far machines of one model lie apart, how well prints repeat
 * and how long an axis stays as it is.
 */
public final class AxisModel {
  /** Years in which an axis forgets itself to 1/e; belts wear over thousands of hours. */
  public static final double MEMORY_YEARS = 10;

  /** How far machines' play scatters, and that of one machine's prints. */
  public static final double BACKLASH_SD_UM = 15;

  /** How well the play of one machine repeats from print to print. */
  public static final double BACKLASH_REPEAT_UM = 5;

  /**
   * From print to print an amplitude varies by this; by this per mm of its period, for a long
   * period bends like shrinkage and lens; and by a part of itself. Between two prints, that is.
   */
  private static final double REPEAT_UM = 1;

  private static final double REPEAT_UM_PER_MM = 0.05;
  private static final double REPEAT_PART = 0.15;

  /** What a stop switch repeats to; it shifts all periods of an axis by one length. */
  private static final double HOMING_UM = 8;

  private AxisModel() {}

  /** How far the amplitude of one period scatters between machines, um. */
  public static double populationSdUm(double periodMm, double pulleyMm) {
    if (periodMm > 4) {
      return Math.max(4, 12 * Math.min(1, periodMm / pulleyMm)); // run-out and its harmonics
    }
    if (periodMm > 1.5) {
      return 9; // tooth mesh
    }
    return periodMm > 0.5 ? 2.5 : 1.5; // electrical cycle, full step
  }

  /**
   * What one print differs by from the axis itself: amplitudes, and where homing stopped.
   *
   * @param periodsMm n periods
   * @param valuesUm c and s of each, 2 n
   * @return their covariance, um^2
   */
  public static double[][] repeatability(double[] periodsMm, double[] valuesUm) {
    int n = valuesUm.length;
    double[][] covariance = new double[n][n];
    double[] along = new double[n];
    for (int k = 0; k < periodsMm.length; k++) {
      double c = valuesUm[2 * k];
      double s = valuesUm[2 * k + 1];
      double turn = 2 * Math.PI / periodsMm[k] * HOMING_UM * 1e-3;
      along[2 * k] = s * turn;
      along[2 * k + 1] = -c * turn;
      double part = REPEAT_PART * Math.hypot(c, s);
      double bend = REPEAT_UM_PER_MM * periodsMm[k];
      covariance[2 * k][2 * k] = (REPEAT_UM * REPEAT_UM + bend * bend + part * part) / 2;
      covariance[2 * k + 1][2 * k + 1] = covariance[2 * k][2 * k];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        covariance[i][j] += along[i] * along[j];
      }
    }
    return covariance;
  }
}
