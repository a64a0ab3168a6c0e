package dev.whorl.fingerprint.trace;

/**
 * By how much places on the surface maps lie beside where the program puts them: a second-degree
 * polynomial over the coupon, from beads found beside their places.
 */
final class Warp implements Place {
  /** Terms per direction: 1, x, y, x^2, xy, y^2. */
  static final int TERMS = 6;

  private final double middleMm;
  private final double[] byX;
  private final double[] byY;

  private Warp(double middleMm, double[] byX, double[] byY) {
    this.middleMm = middleMm;
    this.byX = byX;
    this.byY = byY;
  }

  static Warp none(double sizeMm) {
    return new Warp(sizeMm / 2, new double[TERMS], new double[TERMS]);
  }

  /** Adds a correction in the terms of {@link #terms}, first those of x. */
  Warp plus(double[] coefficients) {
    double[] x = byX.clone();
    double[] y = byY.clone();
    for (int i = 0; i < TERMS; i++) {
      x[i] += coefficients[i];
      y[i] += coefficients[TERMS + i];
    }
    return new Warp(middleMm, x, y);
  }

  void terms(double atXMm, double atYMm, double[] out) {
    double u = atXMm / middleMm - 1;
    double v = atYMm / middleMm - 1;
    out[0] = 1;
    out[1] = u;
    out[2] = v;
    out[3] = u * u;
    out[4] = u * v;
    out[5] = v * v;
  }

  @Override
  public double xMm(double atXMm, double atYMm) {
    return atXMm + dxMm(atXMm, atYMm);
  }

  @Override
  public double yMm(double atXMm, double atYMm) {
    return atYMm + dyMm(atXMm, atYMm);
  }

  double dxMm(double atXMm, double atYMm) {
    return sum(byX, atXMm, atYMm);
  }

  double dyMm(double atXMm, double atYMm) {
    return sum(byY, atXMm, atYMm);
  }

  private double sum(double[] c, double atXMm, double atYMm) {
    double u = atXMm / middleMm - 1;
    double v = atYMm / middleMm - 1;
    return c[0] + c[1] * u + c[2] * v + c[3] * u * u + c[4] * u * v + c[5] * v * v;
  }
}
