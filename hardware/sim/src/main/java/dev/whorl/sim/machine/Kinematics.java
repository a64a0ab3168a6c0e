package dev.whorl.sim.machine;

/** How two motors move the nozzle in the plane. */
public enum Kinematics {
  /** Each motor moves one axis. */
  CARTESIAN,
  /** Motor A turns with x + y, motor B with x - y. */
  COREXY;

  /** Coordinate of the first motor, mm of belt. */
  public double first(double xMm, double yMm) {
    return this == CARTESIAN ? xMm : xMm + yMm;
  }

  /** Coordinate of the second motor, mm of belt. */
  public double second(double xMm, double yMm) {
    return this == CARTESIAN ? yMm : xMm - yMm;
  }

  /** The x of motor coordinates (or of errors on them). */
  public double x(double firstMm, double secondMm) {
    return this == CARTESIAN ? firstMm : 0.5 * (firstMm + secondMm);
  }

  /** The y of motor coordinates (or of errors on them). */
  public double y(double firstMm, double secondMm) {
    return this == CARTESIAN ? secondMm : 0.5 * (firstMm - secondMm);
  }
}
