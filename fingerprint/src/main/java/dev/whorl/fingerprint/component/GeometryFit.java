package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.surface.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Scale and skew: what registration found against the camera's calibrated scale, and what the beads
 * add to it. Beads are measured where registration puts them, so that what it got wrong comes back
 * in them with the other sign: only the beads' errors and the camera's remain.
 */
public final class GeometryFit {
  /**
   * A camera that leans by a degree shows one direction shorter by half its square, 1.5e-4, and a
   * right angle, when it leans both ways, off by its square; of leans up to a degree, uniform in
   * both directions, the rms of the latter is 1e-4.
   */
  private static final double LEAN_SKEW = 1e-4;

  /**
   * A camera's scale holds at the height it was calibrated for: at 150 mm, 0.3 mm of difference is
   * 2e-3. It is the same for X and for Y.
   */
  private static final double HEIGHT_SCALE = 2e-3;

  private GeometryFit() {}

  /** Null where the camera's scale is not calibrated, or no beads tell. */
  public static @Nullable GeometryComponent fit(
      FittedAxes.@Nullable Affine beads, Registration.AffineResidue registered) {
    if (!registered.metric() || beads == null) {
      return null;
    }
    return new GeometryComponent(
        1e3 * registered.skewRad() + beads.shear(),
        Math.hypot(1e3 * LEAN_SKEW, beads.shearSe()),
        1e6 * registered.scaleX() + 1e3 * beads.stretchX(),
        Math.hypot(1e6 * HEIGHT_SCALE, 1e3 * beads.stretchXSe()),
        1e6 * registered.scaleY() + 1e3 * beads.stretchY(),
        Math.hypot(1e6 * HEIGHT_SCALE, 1e3 * beads.stretchYSe()));
  }
}
