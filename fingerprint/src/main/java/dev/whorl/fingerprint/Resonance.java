package dev.whorl.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * How the frame answers to being shaken along one axis.
 *
 * @param frequencyHz of the strongest resonance
 * @param frequencySeHz its standard error
 * @param zeta damping as a part of critical
 * @param zetaSe its standard error
 * @param bandsDb power in {@value #BANDS} bands from {@value #LOWEST_HZ} to {@value #HIGHEST_HZ}
 *     Hz, equally wide on a logarithmic scale, in decibels about their own mean; null where the
 *     record does not reach over all of them
 */
public record Resonance(
    double frequencyHz,
    double frequencySeHz,
    double zeta,
    double zetaSe,
    double @Nullable [] bandsDb) {
  public static final int BANDS = 32;
  public static final double LOWEST_HZ = 10;
  public static final double HIGHEST_HZ = 150;
}
