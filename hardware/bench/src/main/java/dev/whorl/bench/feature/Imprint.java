package dev.whorl.bench.feature;

import dev.whorl.sim.bed.NozzleFace;
import dev.whorl.sim.bed.NozzleRelief;

/** The slopes a nozzle presses into each heading, as a perfect camera would see them. */
final class Imprint {
  /** Samples beyond both ends of a profile, for filters and for strokes beside their place. */
  static final int MARGIN = 24;

  private Imprint() {}

  /**
   * Slopes across each stroke, less what all strokes share.
   *
   * @return one row for each heading, {@code samples + 2 MARGIN} long
   */
  static double[][] slopes(NozzleFace face, double[] headingsDeg, double stepUm, int samples) {
    NozzleRelief relief = new NozzleRelief(face);
    int length = samples + 2 * MARGIN;
    double[][] slopes = new double[headingsDeg.length][length];
    double[] shared = new double[length];
    for (int h = 0; h < headingsDeg.length; h++) {
      float[] heightUm = relief.imprintUm(headingsDeg[h]);
      for (int i = 0; i < length; i++) {
        double atUm = (i - 0.5 * (length - 1)) * stepUm;
        double halfUm = 0.5 * stepUm;
        slopes[h][i] = (at(heightUm, atUm + halfUm) - at(heightUm, atUm - halfUm)) / stepUm;
        shared[i] += slopes[h][i] / headingsDeg.length;
      }
    }
    for (double[] row : slopes) {
      for (int i = 0; i < length; i++) {
        row[i] -= shared[i];
      }
    }
    return slopes;
  }

  private static double at(float[] heightUm, double atUm) {
    double cell = 1e-3 * atUm / NozzleRelief.CELL_MM + 0.5 * (heightUm.length - 1);
    int i = (int) Math.floor(cell);
    if (i < 0 || i + 1 >= heightUm.length) {
      return 0;
    }
    return heightUm[i] + (cell - i) * (heightUm[i + 1] - heightUm[i]);
  }
}
