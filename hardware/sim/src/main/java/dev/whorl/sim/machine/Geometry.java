package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * The frame's geometry and how well it finds home.
 *
 * @param skewRad y's lean towards x: x moves by {@code skewRad} times y
 * @param homingMm standard deviation of the endstops in x and y
 * @param homingZMm the same in z
 * @param tiltX rise of the bed, mm per mm of x
 * @param tiltY rise of the bed, mm per mm of y
 * @param bowMm height of the bed's middle over its edge
 */
public record Geometry(
    double skewRad, double homingMm, double homingZMm, double tiltX, double tiltY, double bowMm) {

  /**
   * Skew of a hand-built frame: about a milliradian. Mechanical endstops repeat to about 8 um. Beds
   * are level to some 0.1 mm over 200 mm, of which the firmware's mesh takes nearly all.
   */
  static Geometry draw(SplittableRandom random) {
    return new Geometry(
        1e-3 * Streams.normal(random),
        0.008,
        0.004,
        5e-4 * Streams.normal(random),
        5e-4 * Streams.normal(random),
        0.05 * Streams.normal(random));
  }

  /** Height of the bed, as its mesh tells it. */
  public double bedMm(double xMm, double yMm, double widthMm, double depthMm) {
    double u = 2 * xMm / widthMm - 1;
    double v = 2 * yMm / depthMm - 1;
    return tiltX * (xMm - widthMm / 2) + tiltY * (yMm - depthMm / 2) + bowMm * (1 - u * u - v * v);
  }
}
