package dev.whorl.fingerprint.trace;

/** Where places of the program lie on the surface maps, by the beads around them. */
public interface Place {
  /** Map x, coupon mm, of a place of the program. */
  double xMm(double xMm, double yMm);

  /** Map y, coupon mm, of a place of the program. */
  double yMm(double xMm, double yMm);
}
