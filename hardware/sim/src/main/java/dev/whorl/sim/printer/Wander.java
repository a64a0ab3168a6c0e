package dev.whorl.sim.printer;

/** A quantity that wanders about zero as way is covered: an Ornstein-Uhlenbeck process over mm. */
final class Wander {

  private final double sd;
  private final double lengthMm;
  private double at;

  /**
   * Starts anywhere.
   *
   * @param sd standard deviation
   * @param lengthMm way over which it forgets
   */
  Wander(double sd, double lengthMm, Noise noise) {
    this(sd, lengthMm, sd * noise.normal());
  }

  private Wander(double sd, double lengthMm, double at) {
    this.sd = sd;
    this.lengthMm = lengthMm;
    this.at = at;
  }

  Wander copy() {
    return new Wander(sd, lengthMm, at);
  }

  double after(double mm, Noise noise) {
    double keep = Math.exp(-mm / lengthMm);
    at = keep * at + sd * Math.sqrt(1 - keep * keep) * noise.normal();
    return at;
  }

  double now() {
    return at;
  }
}
