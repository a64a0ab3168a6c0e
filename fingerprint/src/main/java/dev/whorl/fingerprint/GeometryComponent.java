package dev.whorl.fingerprint;

/**
 * How the printed coupon departs from its program, seen by a camera whose scale is known.
 *
 * @param skewMrad how far the angle from +X to +Y falls short of a right angle
 * @param skewSeMrad its standard error
 * @param scaleXPpm excess of size along X, parts per million (shrinkage included)
 * @param scaleXSePpm its standard error
 * @param scaleYPpm excess of size along Y
 * @param scaleYSePpm its standard error
 */
public record GeometryComponent(
    double skewMrad,
    double skewSeMrad,
    double scaleXPpm,
    double scaleXSePpm,
    double scaleYPpm,
    double scaleYSePpm) {}
