package dev.whorl.fingerprint;

/**
 * How well the capture served.
 *
 * @param pxPerMm resolution on the coupon
 * @param lamps how many lamps lit it
 * @param ambientAssumed true where there was no dark frame and ambient light was taken for nil
 * @param markers how many of the four relief markers were found
 * @param markerResidualUm rms distance of the markers' corners from where they belong
 * @param registrationUm rms lateral distance of beads from where they belong, after registration
 * @param traced part of the programmed bead length that could be traced, 0..1
 * @param lateralNoiseUm median standard error of one lateral sample
 * @param widthNoise median standard error of one width sample, as a part of the width
 */
public record Quality(
    double pxPerMm,
    int lamps,
    boolean ambientAssumed,
    int markers,
    double markerResidualUm,
    double registrationUm,
    double traced,
    double lateralNoiseUm,
    double widthNoise) {}
