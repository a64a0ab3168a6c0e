package dev.whorl.fingerprint.surface;

/**
 * What the quality gate measured on a capture it let pass.
 *
 * @param lamps how many lamps lit it
 * @param ambientAssumed there was no dark frame, so ambient light was taken for nil
 * @param ambient dark frame's light over the lit frames' median, 0..1
 * @param saturated largest fraction of the coupon at full scale under any one lamp
 * @param markers relief markers recognised, 0..4
 * @param markerResidualUm RMS distance of the recognised markers' corners from the registration, or
 *     0 where none was recognised
 * @param registrationUm RMS lateral distance of the relief from the program after registration,
 *     over patches of several mm; part of it is the printer's own
 * @param match correlation of measured and programmed slopes, -1..1
 * @param detail relief kept at bead scale relative to coarser relief; 1 is perfectly sharp
 * @param lampOffDeg largest disagreement of a lamp's azimuth with where its light came from
 */
public record SurfaceQuality(
    int lamps,
    boolean ambientAssumed,
    double ambient,
    double saturated,
    int markers,
    double markerResidualUm,
    double registrationUm,
    double match,
    double detail,
    double lampOffDeg) {}
