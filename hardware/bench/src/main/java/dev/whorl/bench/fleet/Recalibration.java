package dev.whorl.bench.fleet;

import java.util.List;

/**
 * The best straight line from stated to true log LR, found on machines that are not tested: by
 * logistic regression, both kinds of comparison weighing alike (Brümmer and du Preez 2006).
 *
 * @param offset added, log10
 * @param slope of the stated log10 LR
 */
record Recalibration(double offset, double slope) {
  private static final int ROUNDS = 50;
  private static final double ENOUGH = 1e-9;

  /** A slope without any overlap of the two kinds would grow for ever; this holds it. */
  private static final double PRIOR = 1e-4;

  static Recalibration fit(List<Trial> trials) {
    double genuine = trials.stream().filter(Trial::isGenuine).count();
    double impostor = trials.size() - genuine;
    double a = 0;
    double b = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double ga = PRIOR * a;
      double gb = PRIOR * (b - 1);
      double haa = PRIOR;
      double hab = 0;
      double hbb = PRIOR;
      for (Trial trial : trials) {
        boolean own = trial.isGenuine();
        double s = trial.log10Lr() * Math.log(10);
        double p = 1 / (1 + Math.exp(-(a + b * s)));
        double weight = own ? 0.5 / genuine : 0.5 / impostor;
        double residual = weight * (p - (own ? 1 : 0));
        double curve = weight * p * (1 - p);
        ga += residual;
        gb += residual * s;
        haa += curve;
        hab += curve * s;
        hbb += curve * s * s;
      }
      double det = haa * hbb - hab * hab;
      double da = (hbb * ga - hab * gb) / det;
      double db = (haa * gb - hab * ga) / det;
      // Newton overshoots where the curve is flat: no step is longer than one.
      double length = Math.max(1, Math.max(Math.abs(da), Math.abs(db)));
      a -= da / length;
      b -= db / length;
      if (Math.abs(da) + Math.abs(db) < ENOUGH) {
        break;
      }
    }
    return new Recalibration(a / Math.log(10), b);
  }

  /** Cost of the ratios after this, bits. */
  double cllr(List<Trial> trials) {
    double own = 0;
    double others = 0;
    int genuine = 0;
    for (Trial trial : trials) {
      double log = (offset + slope * trial.log10Lr()) * Math.log(10);
      if (trial.isGenuine()) {
        genuine++;
        own += softPlus(-log);
      } else {
        others += softPlus(log);
      }
    }
    return 0.5 * (own / genuine + others / (trials.size() - genuine)) / Math.log(2);
  }

  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
