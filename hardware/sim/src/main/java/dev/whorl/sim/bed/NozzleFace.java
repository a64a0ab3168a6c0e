package dev.whorl.sim.bed;

/**
 * The nozzle's flat: the ring of brass around the bore that rides on the plastic. A compact
 * description from which the relief is made, always the same for the same values.
 *
 * @param seed which nozzle this is; a new nozzle has a new seed
 * @param boreMm diameter of the bore
 * @param flatMm outer diameter of the flat, about 1.0 for a bore of 0.4
 * @param ageDays days of use: scratches are added and old ones wear away
 * @param turnDeg how far it is turned in its thread, counter-clockwise seen from above; changes
 *     when the nozzle is taken out and put back
 * @param residueSeed what stuck to it during this print; changes from print to print
 */
public record NozzleFace(
    long seed, double boreMm, double flatMm, double ageDays, double turnDeg, long residueSeed) {

  /** A nozzle of the usual proportions. */
  public static NozzleFace of(
      long seed, double boreMm, double ageDays, double turnDeg, long residueSeed) {
    return new NozzleFace(seed, boreMm, 2.5 * boreMm, ageDays, turnDeg, residueSeed);
  }

  /** Checks the sizes. */
  public NozzleFace {
    if (!(boreMm > 0 && flatMm > boreMm && flatMm <= 4)) {
      throw new IllegalArgumentException(
          "a nozzle's flat must be wider than its bore and at most 4 mm; here bore "
              + boreMm
              + ", flat "
              + flatMm);
    }
  }
}
