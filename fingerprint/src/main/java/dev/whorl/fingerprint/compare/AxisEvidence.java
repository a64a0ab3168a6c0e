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

  /**
   * From print to print an amplitude varies by this; by this per mm of its period, for a long
   * period bends like shrinkage and lens; and by a part of itself.
   */
  private static final double REPEAT_UM = 1;

  private static final double REPEAT_UM_PER_MM = 0.05;
  private static final double REPEAT_PART = 0.15;

  /** What a stop switch repeats to; it shifts all periods of an axis by one length. */
  private static final double HOMING_UM = 8;

  /** One print in ten repeats three times worse: a slipped belt tooth, a knock, a cold room. */
  private static final double[] REPEAT_SCALES = {1, 3};

  private static final double[] REPEAT_WEIGHTS = {0.9, 0.1};

  /** Years in which an axis forgets itself to 1/e; belts wear over thousands of hours. */
  private static final double MEMORY_YEARS = 10;

  /**
   * How far a belt moves along its pulley when re-tensioned: a turn or two of the screw, or a new
   * hold on the carriage. Half each.
   */
  private static final double[] SHIFT_SD_MM = {0.5, 2.5};

  private static final double SHIFT_REACH_MM = 6;

  /**
   * Within so much of the likeliest shift lies no other that fits as well: less than half a tooth.
   */
  private static final double NEAR_MM = 0.3;

  /** Steps of the shift to the shortest period. */
  private static final int STEPS_PER_PERIOD = 8;

  /** The shift is stepped no finer than this: below, homing blurs it. */
  private static final double FINEST_STEP_MM = 0.02;

  private static final double BACKLASH_MEAN_UM = 10;
  private static final double BACKLASH_SD_UM = 15;
  private static final double BACKLASH_REPEAT_UM = 5;

  private final double[] periodsMm;
  private final double[] a;
  private final double[] b;
  private final double[][] errorA;
  private final double[][] errorB;
  private final double[] populationVar;
  private final double kept;
  private final double logBacklash;

  private AxisEvidence(
      AxisComponent first,
      AxisComponent second,
      List<int[]> common,
      double pulleyMm,
      double years) {
    int n = common.size();
    periodsMm = new double[n];
    populationVar = new double[2 * n];
    for (int k = 0; k < n; k++) {
      periodsMm[k] = first.periodsMm()[common.get(k)[0]];
      double sd = populationSdUm(periodsMm[k], pulleyMm);
      populationVar[2 * k] = sd * sd;
      populationVar[2 * k + 1] = sd * sd;
    }
    a = values(first, common, 0);
    b = values(second, common, 1);
    errorA = covariance(first, common, 0);
    errorB = covariance(second, common, 1);
    kept = Math.exp(-years / MEMORY_YEARS);
    logBacklash = backlash(first, second);
  }

  /**
   * @param keptLog log likelihood ratio if the axis is as it was
   * @param shiftedLog the same if its belt was moved along the pulley by one unknown length
   * @param shift that length, if it was; null where nothing is known of it
   */
  record Ratios(double keptLog, double shiftedLog, Comparison.@Nullable Shift shift) {}

  /**
   * @param pulleyMm belt travel of one turn
   * @return no evidence (zeros) if no period is common to both
   */
  static Ratios of(AxisComponent first, AxisComponent second, double pulleyMm, double years) {
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
    AxisEvidence evidence = new AxisEvidence(first, second, common, pulleyMm, years);
    double population = evidence.logPopulation(evidence.a, evidence.errorA);
    population += evidence.logPopulation(evidence.b, evidence.errorB);
    double kept = evidence.logKept() - population + evidence.logBacklash;
    Shifted shifted = evidence.shifted();
    return new Ratios(BOUNDED.of(kept), BOUNDED.of(shifted.log - population), shifted.shift);
  }

  private static double populationSdUm(double periodMm, double pulleyMm) {
    if (periodMm > 4) {
      return Math.max(4, 12 * Math.min(1, periodMm / pulleyMm)); // run-out and its harmonics
    }
    if (periodMm > 1.5) {
      return 9; // tooth mesh
    }
    return periodMm > 0.5 ? 2.5 : 1.5; // electrical cycle, full step
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

  private static double backlash(AxisComponent first, AxisComponent second) {
    Double a = first.backlashUm();
    Double seA = first.backlashSeUm();
    Double b = second.backlashUm();
    Double seB = second.backlashSeUm();
    if (a == null || b == null || seA == null || seB == null) {
      return 0;
    }
    double repeat = BACKLASH_REPEAT_UM * BACKLASH_REPEAT_UM;
    double log =
        new SharedLatent(BACKLASH_MEAN_UM, BACKLASH_SD_UM * BACKLASH_SD_UM, 1)
            .logRatio(a, seA * seA + repeat, b, seB * seB + repeat);
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
    double[][] repeat = repeatability();
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
   * log p(a, b | same, moved along by an unknown length), the length averaged over. Of the
   * population's scales only the likeliest is followed: the others add little and take as long.
   */
  private Shifted shifted() {
    double shortest = periodsMm[0];
    for (double period : periodsMm) {
      shortest = Math.min(shortest, period);
    }
    double step = Math.max(FINEST_STEP_MM, shortest / STEPS_PER_PERIOD);
    int reach = (int) Math.ceil(SHIFT_REACH_MM / step);
    double[][] repeat = repeatability();
    double[] logWeights = new double[2 * reach + 1];
    LogSum weights = new LogSum();
    for (int i = -reach; i <= reach; i++) {
      LogSum weight = new LogSum();
      for (double sd : SHIFT_SD_MM) {
        weight.add(Gaussian.log(i * step, sd * sd));
      }
      logWeights[i + reach] = weight.log();
      weights.add(weight.log());
    }
    int scale = likeliestScale();
    LogSum sum = new LogSum();
    double[] logs = new double[2 * reach + 1];
    Predicted predicted = new Predicted(SCALES[scale]);
    for (int i = -reach; i <= reach; i++) {
      double[] back = b.clone();
      double[][] error = copy(errorB);
      turn(back, error, i * step);
      double[][] covariance = predicted.covariance();
      add(covariance, error, 1);
      add(covariance, repeat, 1);
      logs[i + reach] =
          Math.log(SCALE_WEIGHTS[scale])
              + logWeights[i + reach]
              - weights.log()
              + predicted.logOfA
              + Gaussian.log(predicted.distance(back), covariance);
      sum.add(logs[i + reach]);
    }
    return new Shifted(sum.log(), peak(logs, reach, step));
  }

  private record Shifted(double log, Comparison.Shift shift) {}

  /** The likeliest length, its mean and spread taken over less than half a tooth either side. */
  private static Comparison.Shift peak(double[] logs, int reach, double stepMm) {
    int best = 0;
    for (int i = 1; i < logs.length; i++) {
      best = logs[i] > logs[best] ? i : best;
    }
    int near = Math.max(1, (int) Math.round(NEAR_MM / stepMm));
    double weights = 0;
    double sum = 0;
    double squares = 0;
    for (int i = Math.max(0, best - near); i <= Math.min(logs.length - 1, best + near); i++) {
      double weight = Math.exp(logs[i] - logs[best]);
      double mm = (i - reach) * stepMm;
      weights += weight;
      sum += weight * mm;
      squares += weight * mm * mm;
    }
    double mean = sum / weights;
    double variance = squares / weights - mean * mean + stepMm * stepMm / 12;
    return new Comparison.Shift(mean, Math.sqrt(Math.max(0, variance)));
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

  /** What differs between two prints of the same axis: amplitudes, and where homing stopped. */
  private double[][] repeatability() {
    int n = a.length;
    double[][] covariance = new double[n][n];
    double[] along = new double[n];
    for (int k = 0; k < periodsMm.length; k++) {
      // Of the smaller of the two, or a wild value would excuse itself.
      double[] small =
          Math.hypot(a[2 * k], a[2 * k + 1]) < Math.hypot(b[2 * k], b[2 * k + 1]) ? a : b;
      double c = small[2 * k];
      double s = small[2 * k + 1];
      double turn = 2 * Math.PI / periodsMm[k] * Math.sqrt(2) * HOMING_UM * 1e-3;
      along[2 * k] = s * turn;
      along[2 * k + 1] = -c * turn;
      double part = REPEAT_PART * Math.hypot(c, s);
      double bend = REPEAT_UM_PER_MM * periodsMm[k];
      covariance[2 * k][2 * k] = REPEAT_UM * REPEAT_UM + bend * bend + part * part;
      covariance[2 * k + 1][2 * k + 1] = covariance[2 * k][2 * k];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        covariance[i][j] += along[i] * along[j];
      }
    }
    return covariance;
  }

  /** Turns values and covariance back to where they were before the belt moved by a length. */
  private void turn(double[] values, double[][] error, double shiftMm) {
    int n = values.length;
    for (int k = 0; k < periodsMm.length; k++) {
      double angle = 2 * Math.PI * shiftMm / periodsMm[k];
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      int i = 2 * k;
      double c = values[i];
      values[i] = cos * c - sin * values[i + 1];
      values[i + 1] = sin * c + cos * values[i + 1];
      for (int j = 0; j < n; j++) {
        double upper = error[i][j];
        error[i][j] = cos * upper - sin * error[i + 1][j];
        error[i + 1][j] = sin * upper + cos * error[i + 1][j];
      }
      for (int j = 0; j < n; j++) {
        double left = error[j][i];
        error[j][i] = cos * left - sin * error[j][i + 1];
        error[j][i + 1] = sin * left + cos * error[j][i + 1];
      }
    }
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
