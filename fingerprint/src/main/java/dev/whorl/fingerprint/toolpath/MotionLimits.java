package dev.whorl.fingerprint.toolpath;

/**
 * How the firmware was told to change its speed.
 *
 * @param accelerationMmS2 while printing (M204 P)
 * @param junctionDeviationMm how far a corner may be cut (M205 J); 0 where it was not set
 * @param jerkMmS the step of speed allowed at once (M205 X, Y; the smaller); 0 where it was not set
 */
public record MotionLimits(double accelerationMmS2, double junctionDeviationMm, double jerkMmS) {
  /**
   * The speed at which a right-angled corner between two moves of the given speed is taken. Marlin:
   * with junction deviation v^2 = a J sin(45 deg) / (1 - sin(45 deg)); with jerk, the step of each
   * axis.
   */
  public double cornerSpeedMmS(double speedMmS) {
    double limit = speedMmS;
    double sine = Math.sqrt(0.5);
    if (junctionDeviationMm > 0) {
      limit =
          Math.min(limit, Math.sqrt(accelerationMmS2 * junctionDeviationMm * sine / (1 - sine)));
    }
    if (jerkMmS > 0) {
      limit = Math.min(limit, jerkMmS);
    }
    return limit;
  }

  /**
   * Seconds since a corner after a way of {@code sMm}, speeding up from {@code fromMmS} to {@code
   * toMmS}.
   */
  public double timeS(double sMm, double fromMmS, double toMmS) {
    double rampMm = (toMmS * toMmS - fromMmS * fromMmS) / (2 * accelerationMmS2);
    if (sMm <= rampMm) {
      return (Math.sqrt(fromMmS * fromMmS + 2 * accelerationMmS2 * sMm) - fromMmS)
          / accelerationMmS2;
    }
    return (toMmS - fromMmS) / accelerationMmS2 + (sMm - rampMm) / toMmS;
  }
}
