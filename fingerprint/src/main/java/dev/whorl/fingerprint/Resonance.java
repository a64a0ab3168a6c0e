package dev.whorl.fingerprint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an accelerometer heard along one axis.
 *
 * @param frequencyHz of the highest peak
 * @param frequencySeHz its standard error
 * @param zeta damping as a part of critical, from the peak's width at half its power
 * @param zetaSe its standard error
 * @param bandsDb the spectrum's shape: decibels in bands of equal ratio, {@link #BANDS} of them
 *     from {@link #LOWEST_HZ} to {@link #HIGHEST_HZ}, their mean 0
 */
public record Resonance(
    double frequencyHz, double frequencySeHz, double zeta, double zetaSe, double[] bandsDb) {
  /** How many bands. */
  public static final int BANDS = 24;

  /** Where the first band begins: below it a frame does not resonate, but motors cog. */
  public static final double LOWEST_HZ = 15;

  /** Where the last band ends: above it mounts and boards ring, not frames. */
  public static final double HIGHEST_HZ = 135;

  public Resonance {
    if (bandsDb.length != BANDS) {
      throw new IllegalArgumentException("a spectrum has " + BANDS + " bands");
    }
    bandsDb = bandsDb.clone();
  }

  @Override
  public double[] bandsDb() {
    return bandsDb.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Resonance that
        && frequencyHz == that.frequencyHz
        && frequencySeHz == that.frequencySeHz
        && zeta == that.zeta
        && zetaSe == that.zetaSe
        && Arrays.equals(bandsDb, that.bandsDb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bandsDb) + 31 * Double.hashCode(frequencyHz);
  }

  @Override
  public String toString() {
    return "resonance at " + frequencyHz + " Hz, zeta " + zeta;
  }
}
