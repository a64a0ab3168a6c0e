package dev.whorl.sim.bed;

import java.util.Arrays;
import java.util.Objects;

/**
 * One unbroken path of the nozzle in contact with plastic, as the machine really moved: the samples
 * carry its axes' errors and its ringing. Consecutive samples are joined by straight lines, so they
 * must be no further apart than the shortest wave that is to be seen (50 um does; a straight,
 * error-free line needs only its ends).
 *
 * @param kind whether plastic flowed
 * @param xMm machine x of each sample, at least two samples
 * @param yMm machine y
 * @param zMm height of the nozzle's flat above the bed's face
 * @param flowAreaMm2 plastic laid per length of path around each sample (mm3 per mm), linear in
 *     between; all zero for {@link Kind#PRESSED}
 * @param speedMmS commanded speed
 */
public record Track(
    Kind kind, float[] xMm, float[] yMm, float[] zMm, float[] flowAreaMm2, float speedMmS) {

  /** What the nozzle did. */
  public enum Kind {
    /** Plastic flowed, be it a full bead or the trickle of an ironing stroke. */
    EXTRUDED,
    /** No plastic flowed, but the nozzle was low enough to touch what is already there. */
    PRESSED
  }

  /** Checks the shapes; the arrays are not copied and must not be changed afterwards. */
  public Track {
    Objects.requireNonNull(kind);
    int n = xMm.length;
    if (n < 2 || yMm.length != n || zMm.length != n || flowAreaMm2.length != n) {
      throw new IllegalArgumentException(
          "a track needs two samples or more, and as many of each coordinate; here x "
              + n
              + ", y "
              + yMm.length
              + ", z "
              + zMm.length
              + ", flow "
              + flowAreaMm2.length);
    }
  }

  /** Number of samples. */
  public int size() {
    return xMm.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Track t
        && kind == t.kind
        && Arrays.equals(xMm, t.xMm)
        && Arrays.equals(yMm, t.yMm)
        && Arrays.equals(zMm, t.zMm)
        && Arrays.equals(flowAreaMm2, t.flowAreaMm2)
        && speedMmS == t.speedMmS;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, Arrays.hashCode(xMm), Arrays.hashCode(yMm), Arrays.hashCode(zMm));
  }

  @Override
  public String toString() {
    return "Track[" + kind + ", " + xMm.length + " samples, " + speedMmS + " mm/s]";
  }
}
