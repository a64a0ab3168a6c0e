package dev.whorl.fingerprint.evaluate;

/**
 * An operating point.
 *
 * @param log10Threshold scores at or above it are taken for the same printer
 * @param fmr false match rate: impostor scores at or above
 * @param fnmr false non-match rate: genuine scores below
 */
public record DetPoint(double log10Threshold, double fmr, double fnmr) {}
