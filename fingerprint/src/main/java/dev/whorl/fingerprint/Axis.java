package dev.whorl.fingerprint;

/**
 * A driven axis. A cartesian machine drives X and Y; a CoreXY drives the belts A (x + y) and B (x -
 * y).
 */
public enum Axis {
  X("x", 1, 0),
  Y("y", 0, 1),
  A("a", 1, 1),
  B("b", 1, -1);

  private final String key;
  private final double perX;
  private final double perY;

  Axis(String key, double perX, double perY) {
    this.key = key;
    this.perX = perX;
    this.perY = perY;
  }

  /** The name used in programs and in JSON: {@code x}, {@code y}, {@code a} or {@code b}. */
  public String key() {
    return key;
  }

  /** The name of its component in JSON. */
  public String component() {
    return "axis_" + key;
  }

  /** The coordinate of this axis, in mm of belt, at a place given in mm. */
  public double at(double xMm, double yMm) {
    return perX * xMm + perY * yMm;
  }

  /** How much X, per unit of error of this axis, the nozzle moves: 1 or 0, and 1/2 for a belt. */
  public double movesX() {
    return perX == 0 ? 0 : perX / (perX * perX + perY * perY);
  }

  /** How much Y, per unit of error of this axis, the nozzle moves: 1 or 0, and +-1/2 for a belt. */
  public double movesY() {
    return perY == 0 ? 0 : perY / (perX * perX + perY * perY);
  }
}
