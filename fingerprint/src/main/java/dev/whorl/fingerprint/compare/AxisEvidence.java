package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.AxisComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the periodic errors of one axis say: complex amplitudes that a belt, its pulley and its
 * motor keep, with the covariance of their measurement.
 *
 * <p>Spread between machines (20-tooth pulley, 2 mm belt, 1.8 degree motor), as amplitudes: pulley
 * run-out 5 to 30 um and less in its harmonics, tooth mesh 5 to 20 um, electrical cycle and full
 * step 1 to 5 um. As a machine may well lie outside, the population is a mixture of these scaled by
 * a half, one, two and four.
 */
final class AxisEvidence {
  private static final Bounded BOUNDED = new Bounded(0.8, 0.0005, 1e-5);
  private static final double[] SCALES = {0.5, 1, 2, 4};
  private static final double[] SCALE_WEIGHTS = {0.25, 0.4, 0.25, 0.1};

  /** One print in ten repeats three times worse: a slipped belt tooth, a knock, a cold room. */
  private static final double[] REPEAT_SCALES = {1, 3};

  private static final double[] REPEAT_WEIGHTS = {0.9, 0.1};

  private static final double BACKLASH_MEAN_UM = 10;

  private final double[] periodsMm;
  private final double[] a;
  private final double[] b;
  private final double[][] errorA;
  private final double[][] errorB;
  private final double[] populationVar;
  private final double kept;

  /** What differs between two prints of the same axis. */
  private final double[][] repeat;

  private final double logBacklash;

  private AxisEvidence(
      AxisComponent first,
      int firstRepeats,
      AxisComponent second,
      List<int[]> common,
      double pulleyMm,
      double years) {
    int n = common.size();
    periodsMm = new double[n];
    populationVar = new double[2 * n];
    for (int k = 0; k < n; k++) {
      periodsMm[k] = first.periodsMm()[common.get(k)[0]];
      double sd = AxisModel.populationSdUm(periodsMm[k], pulleyMm);
      populationVar[2 * k] = sd * sd;
      populationVar[2 * k + 1] = sd * sd;
    }
    a = values(first, common, 0);
    b = values(second, common, 1);
    errorA = covariance(first, common, 0);
    errorB = covariance(second, common, 1);
    kept = Math.exp(-years / AxisModel.MEMORY_YEARS);
    repeat = repeatability(firstRepeats + 1);
    logBacklash = backlash(first, firstRepeats, second);
  }

  /**
   * @param keptLog log likelihood ratio if the axis is as it was
   * @param shiftedLog the same if its belt was moved along the pulley by one unknown length
   * @param shift that length, if it was; null where nothing is known of it
   */
  record Ratios(double keptLog, double shiftedLog, Comparison.@Nullable Shift shift) {}

  /**
   * @param firstRepeats 0 where the first's errors hold what prints repeat to, else 1
   * @param pulleyMm belt travel of one turn
   * @return no evidence (zeros) if no period is common to both
   */
  static Ratios of(
      AxisComponent first, int firstRepeats, AxisComponent second, double pulleyMm, double years) {
    List<int[]> common = new ArrayList<>();
    double[] periods = first.periodsMm();
    double[] others = second.periodsMm();
    for (int i = 0; i < periods.length; i++) {
      for (int j = 0; j < others.length; j++) {
        if (Math.abs(periods[i] - others[j]) < 1e-3 * periods[i]) {
          common.add(new int[] {i, j});
        }
      }
    }
    if (common.isEmpty()) {
      return new Ratios(0, 0, null);
    }
    AxisEvidence evidence = new AxisEvidence(first, firstRepeats, second, common, pulleyMm, years);
    double population = evidence.logPopulation(evidence.a, evidence.errorA);
    population += evidence.logPopulation(evidence.b, evidence.errorB);
    double kept = evidence.logKept() - population + evidence.logBacklash;
    BeltShift shifted = evidence.shifted();
    return new Ratios(
        BOUNDED.of(kept), BOUNDED.of(shifted.log() - population), shifted.likeliest());
  }

  private static double[] values(AxisComponent axis, List<int[]> common, int which) {
    double[] all = axis.valuesUm();
    double[] values = new double[2 * common.size()];
    for (int k = 0; k < common.size(); k++) {
      values[2 * k] = all[2 * common.get(k)[which]];
      values[2 * k + 1] = all[2 * common.get(k)[which] + 1];
    }
    return values;
  }

  private static double[][] covariance(AxisComponent axis, List<int[]> common, int which) {
    int n = 2 * common.size();
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        covariance[i][j] =
            axis.covariance(
                2 * common.get(i / 2)[which] + i % 2, 2 * common.get(j / 2)[which] + j % 2);
      }
    }
    return covariance;
  }

  private static double backlash(AxisComponent first, int firstRepeats, AxisComponent second) {
    Double a = first.backlashUm();
    Double seA = first.backlashSeUm();
    Double b = second.backlashUm();
    Double seB = second.backlashSeUm();
    if (a == null || b == null || seA == null || seB == null) {
      return 0;
    }
    double repeat = AxisModel.BACKLASH_REPEAT_UM * AxisModel.BACKLASH_REPEAT_UM;
    double log =
        new SharedLatent(BACKLASH_MEAN_UM, AxisModel.BACKLASH_SD_UM * AxisModel.BACKLASH_SD_UM, 1)
            .logRatio(a, seA * seA + firstRepeats * repeat, b, seB * seB + repeat);
    // Play grows and is adjusted; what it says counts little.
    return new Bounded(1, 0.2, 0.2).of(log);
  }

  private double logPopulation(double[] values, double[][] error) {
    LogSum sum = new LogSum();
    for (int s = 0; s < SCALES.length; s++) {
      double[][] covariance = copy(error);
      addDiagonal(covariance, SCALES[s]);
      sum.add(Math.log(SCALE_WEIGHTS[s]) + Gaussian.log(values, covariance));
    }
    return sum.log();
  }

  /** log p(a, b | same). */
  private double logKept() {
    LogSum sum = new LogSum();
    for (int s = 0; s < SCALES.length; s++) {
      Predicted predicted = new Predicted(SCALES[s]);
      for (int r = 0; r < REPEAT_SCALES.length; r++) {
        double[][] covariance = predicted.covariance();
        add(covariance, errorB, 1);
        add(covariance, repeat, REPEAT_SCALES[r] * REPEAT_SCALES[r]);
        sum.add(
            Math.log(SCALE_WEIGHTS[s] * REPEAT_WEIGHTS[r])
                + predicted.logOfA
                + Gaussian.log(predicted.distance(b), covariance));
      }
    }
    return sum.log();
  }

  /**
   * log p(a, b | same, moved along by an unknown length). Of the population's scales only the
   * likeliest is followed: the others add little and take as long.
   */
  private BeltShift shifted() {
    int scale = likeliestScale();
    Predicted predicted = new Predicted(SCALES[scale]);
    double[][] expected = predicted.covariance();
    add(expected, repeat, 1);
    return BeltShift.search(
        periodsMm,
        predicted.mean,
        expected,
        b,
        errorB,
        Math.log(SCALE_WEIGHTS[scale]) + predicted.logOfA);
  }

  private int likeliestScale() {
    int best = 0;
    double bestLog = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < SCALES.length; s++) {
      double log = Math.log(SCALE_WEIGHTS[s]);
      for (int which = 0; which < 2; which++) {
        double[][] covariance = copy(which == 0 ? errorA : errorB);
        addDiagonal(covariance, SCALES[s]);
        log += Gaussian.log(which == 0 ? a : b, covariance);
      }
      if (log > bestLog) {
        best = s;
        bestLog = log;
      }
    }
    return best;
  }

  /** What the first measurement lets expect of the part, on the second occasion. */
  private final class Predicted {
    private final double[] mean;
    private final double[][] variance;
    final double logOfA;

    Predicted(double scale) {
      int n = a.length;
      double[][] factor = copy(errorA);
      addDiagonal(factor, scale);
      logOfA = Gaussian.log(a, factor); // leaves the factor behind
      double[] white = Gaussian.forward(factor, a);
      double[][] gains = new double[n][];
      for (int i = 0; i < n; i++) {
        double[] column = new double[n];
        column[i] = kept * scale * scale * populationVar[i];
        gains[i] = Gaussian.forward(factor, column);
      }
      mean = new double[n];
      variance = new double[n][n];
      for (int i = 0; i < n; i++) {
        mean[i] = dot(gains[i], white);
        for (int j = 0; j < n; j++) {
          variance[i][j] = -dot(gains[i], gains[j]);
        }
        variance[i][i] += scale * scale * populationVar[i];
      }
    }

    double[][] covariance() {
      return copy(variance);
    }

    double[] distance(double[] values) {
      double[] distance = values.clone();
      for (int i = 0; i < distance.length; i++) {
        distance[i] -= mean[i];
      }
      return distance;
    }
  }

  /** Of so many prints; of the smaller of the two, or a wild value would excuse itself. */
  private double[][] repeatability(int prints) {
    double[] small = new double[a.length];
    for (int k = 0; k < periodsMm.length; k++) {
      double[] of = Math.hypot(a[2 * k], a[2 * k + 1]) < Math.hypot(b[2 * k], b[2 * k + 1]) ? a : b;
      small[2 * k] = of[2 * k];
      small[2 * k + 1] = of[2 * k + 1];
    }
    double[][] covariance = AxisModel.repeatability(periodsMm, small);
    for (double[] row : covariance) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= prints;
      }
    }
    return covariance;
  }

  private void addDiagonal(double[][] matrix, double scale) {
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] += scale * scale * populationVar[i];
    }
  }

  private static void add(double[][] matrix, double[][] other, double times) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] += times * other[i][j];
      }
    }
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
