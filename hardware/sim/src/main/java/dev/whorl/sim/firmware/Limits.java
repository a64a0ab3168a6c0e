package dev.whorl.sim.firmware;

/** What M201, M203, M204 and M205 set; mm and seconds. Axes in the order of {@link Move}. */
final class Limits {

  static final double[] STEPS_PER_MM = {80, 80, 400, 415};

  final double[] maxSpeedMmS = {300, 300, 10, 60};
  final double[] maxAccelMmS2 = {5000, 5000, 200, 10_000};
  final double[] jerkMmS = {8, 8, 0.4, 5};
  double printAccelMmS2 = 1000;
  double travelAccelMmS2 = 1500;
  double retractAccelMmS2 = 1000;
  double junctionDeviationMm = 0.013;

  /** Klipper's corner speed; negative where junction deviation is set itself. */
  double squareCornerMmS = -1;

  double minPrintMmS;
  double minTravelMmS;
  final boolean junctionDeviation;

  /**
   * The firmware's defaults.
   *
   * @param junctionDeviation which of the two corner rules it was built with
   */
  Limits(boolean junctionDeviation) {
    this.junctionDeviation = junctionDeviation;
  }

  /** The deviation at an acceleration; Klipper derives it, as toolhead.py does. */
  double deviationMm(double accelMmS2) {
    return squareCornerMmS < 0
        ? junctionDeviationMm
        : squareCornerMmS * squareCornerMmS * (Math.sqrt(2) - 1) / accelMmS2;
  }
}
