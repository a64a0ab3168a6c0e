package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one coupon tells of its axes.
 *
 * @param axes every axis that could be measured
 * @param affine how beads are stretched and sheared besides; null where nothing was traced
 */
public record FittedAxes(Map<Axis, AxisComponent> axes, @Nullable Affine affine) {
  /** Nothing was traced. */
  static final FittedAxes NONE = new FittedAxes(Map.of(), null);

  /**
   * Stretch and shear of the beads against their registration, about the coupon's middle, with the
   * axes' periods taken out. A micrometre per millimetre is a part per thousand.
   *
   * @param stretchX displacement along X per X, um per mm
   * @param stretchXSe its standard error
   * @param stretchY displacement along Y per Y, um per mm
   * @param stretchYSe its standard error
   * @param shear displacement along X per Y plus along Y per X, um per mm
   * @param shearSe its standard error
   */
  public record Affine(
      double stretchX,
      double stretchXSe,
      double stretchY,
      double stretchYSe,
      double shear,
      double shearSe) {}
}
