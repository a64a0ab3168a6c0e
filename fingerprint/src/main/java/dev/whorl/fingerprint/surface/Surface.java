package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.Claim;

/**
 * A coupon's top face, read from a capture that passed the quality gate.
 *
 * @param maps slopes, albedo and confidence in the coupon's frame
 * @param registration where the coupon lies in the photograph
 * @param quality what the gate measured
 * @param claim whose coupon the relief markers say it is; agreement with the program is recorded,
 *     never demanded
 */
public record Surface(
    SurfaceMaps maps, Registration registration, SurfaceQuality quality, Claim claim) {}
