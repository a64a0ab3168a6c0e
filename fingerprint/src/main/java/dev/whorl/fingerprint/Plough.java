package dev.whorl.fingerprint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mark the nozzle's flat leaves across a stroke of one heading.
 *
 * @param headingDeg direction of travel, counter-clockwise from machine +X
 * @param slopes dz/dt at t = (i - (n - 1) / 2) step, t across the stroke, positive to the left of
 *     the travel; band-passed, with the crown that all headings share taken away
 * @param reliability correlation between the first and the second half of the stroke, raised to the
 *     whole length (Spearman-Brown); 1 is a perfect repeat, 0 only noise
 * @param noise standard deviation of the error of {@code slopes}, from the same halves
 */
public record Plough(double headingDeg, double[] slopes, double reliability, double noise) {
  public Plough {
    slopes = slopes.clone();
  }

  @Override
  public double[] slopes() {
    return slopes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Plough that
        && headingDeg == that.headingDeg
        && Arrays.equals(slopes, that.slopes)
        && reliability == that.reliability
        && noise == that.noise;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(slopes) + 31 * Double.hashCode(headingDeg);
  }

  @Override
  public String toString() {
    return "plough at " + headingDeg + " deg, reliability " + reliability;
  }
}
