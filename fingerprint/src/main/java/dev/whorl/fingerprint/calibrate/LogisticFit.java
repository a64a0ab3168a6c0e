package dev.whorl.fingerprint.calibrate;

import dev.whorl.fingerprint.compare.ScoreModels.Scale;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Prior-weighted logistic regression of truth on a log likelihood ratio (Brümmer and du Preez 2006,
 * "Application-independent evaluation of speaker detection"): the straight line that makes the
 * ratios cost least in bits, genuine and impostor comparisons weighing alike. What is believed
 * beforehand keeps it finite where the two do not overlap, and near it where printers are few:
 * comparisons of one printer are one piece of evidence, not many.
 */
final class LogisticFit {
  private static final double LN_10 = Math.log(10);

  // How far from where it starts a scale may be thought to lie.
  private static final double SLOPE_SD = 0.25;
  private static final double OFFSET_SD = 1.5;
  private static final double TIME_SD = 1;

  private static final int ROUNDS = 50;

  private LogisticFit() {}

  /**
   * One comparison.
   *
   * @param log10 the ratio to be scaled
   * @param years between the two
   * @param genuine whether one printer made both
   */
  record Sample(double log10, double years, boolean genuine) {}

  /**
   * Fits a scale.
   *
   * @param printers how many independent printers the samples are of
   * @param aged whether an offset for the time between is fitted
   */
  static Scale fit(List<Sample> samples, int printers, boolean aged, Scale start) {
    double genuine = samples.stream().filter(Sample::genuine).count();
    double impostor = samples.size() - genuine;
    if (genuine == 0 || impostor == 0) {
      return start;
    }
    double[] prior = {start.slope(), start.offset(), start.perTimeDecade()};
    double[] sd = {SLOPE_SD, OFFSET_SD, aged ? TIME_SD : 1e-6};
    double[] at = prior.clone();
    for (int round = 0; round < ROUNDS; round++) {
      double[] gradient = new double[3];
      RealMatrix curvature = new Array2DRowRealMatrix(3, 3);
      for (int i = 0; i < 3; i++) {
        gradient[i] = (at[i] - prior[i]) / (sd[i] * sd[i]);
        curvature.addToEntry(i, i, 1 / (sd[i] * sd[i]));
      }
      for (Sample sample : samples) {
        double[] x = {sample.log10, 1, Scale.timeDecades(sample.years)};
        double log = LN_10 * (at[0] * x[0] + at[1] + at[2] * x[2]);
        double p = 1 / (1 + Math.exp(-log));
        double weight = printers / (sample.genuine ? genuine : impostor);
        double error = p - (sample.genuine ? 1 : 0);
        for (int i = 0; i < 3; i++) {
          gradient[i] += weight * LN_10 * error * x[i];
          for (int j = 0; j < 3; j++) {
            curvature.addToEntry(i, j, weight * LN_10 * LN_10 * p * (1 - p) * x[i] * x[j]);
          }
        }
      }
      double[] step = new LUDecomposition(curvature).getSolver().getInverse().operate(gradient);
      double most = 0;
      for (int i = 0; i < 3; i++) {
        double limited = Math.max(-sd[i], Math.min(sd[i], step[i]));
        at[i] -= limited;
        most = Math.max(most, Math.abs(limited) / sd[i]);
      }
      at[0] = Math.max(0.05, at[0]);
      if (most < 1e-6) {
        break;
      }
    }
    return new Scale(at[0], at[1], aged ? at[2] : start.perTimeDecade());
  }

  /** What ratios cost in bits, 0 to 1 and more (Brümmer and du Preez 2006): 1 says nothing. */
  static double cllr(List<Sample> samples, Scale scale) {
    double[] sums = new double[2];
    double[] counts = new double[2];
    for (Sample sample : samples) {
      double log = LN_10 * scale.of(sample.log10, sample.years);
      int kind = sample.genuine ? 0 : 1;
      double cost = sample.genuine ? -log : log;
      sums[kind] += (cost > 30 ? cost : Math.log1p(Math.exp(cost))) / Math.log(2);
      counts[kind]++;
    }
    return 0.5 * (sums[0] / counts[0] + sums[1] / counts[1]);
  }
}
