package dev.whorl.bench.feature;

/** What press, plastic and camera make of an imprint. */
final class Strokes {
  /** Within this of the middle plastic comes out of the bore, mm. */
  private static final double BORE_MM = 0.2;

  /** Beyond this the groove's wall begins. */
  private static final double EDGE_MM = 0.38;

  static final int ZONES = 3;

  /** A filter reaches so many samples to both sides. */
  static final int REACH = 12;

  private Strokes() {}

  /** Which filter holds at a place of the profile. */
  static int zone(int sample, int samples, double stepUm) {
    double fromMiddleMm = 1e-3 * stepUm * Math.abs(sample - 0.5 * (samples - 1));
    return fromMiddleMm < BORE_MM ? 0 : fromMiddleMm < EDGE_MM ? 1 : 2;
  }

  /**
   * A profile as it should be seen.
   *
   * @param imprint with its margins
   * @param aside how far it lies beside its place, samples
   */
  static double[] filtered(
      double[] imprint, double[][] taps, double aside, int samples, double stepUm) {
    double[] out = new double[samples];
    for (int i = 0; i < samples; i++) {
      double[] filter = taps[zone(i, samples, stepUm)];
      double sum = 0;
      for (int t = 0; t < filter.length; t++) {
        sum += filter[t] * at(imprint, i + Imprint.MARGIN + aside + t - filter.length / 2);
      }
      out[i] = sum;
    }
    return out;
  }

  static double at(double[] row, double place) {
    int i = Math.max(0, Math.min(row.length - 2, (int) Math.floor(place)));
    return row[i] + (place - i) * (row[i + 1] - row[i]);
  }
}
