package dev.whorl.fingerprint.compare;

/**
 * How well an axis fits if its belt was moved along the pulley by one unknown length, which turns
 * every period by its own angle.
 *
 * @param log the likelihood, averaged over all lengths
 * @param likeliest the length at which it is greatest
 */
record BeltShift(double log, Comparison.Shift likeliest) {
  /**
   * How far a belt moves when re-tensioned: a turn or two of the screw, or a new hold on the
   * carriage. Half each.
   */
  private static final double[] SD_MM = {0.5, 2.5};

  private static final double REACH_MM = 6;

  /**
   * Within so much of the likeliest length lies no other that fits as well: less than half a tooth.
   */
  private static final double NEAR_MM = 0.3;

  /** Steps to the shortest period. */
  private static final int STEPS_PER_PERIOD = 8;

  /** No finer: below, homing blurs it. */
  private static final double FINEST_STEP_MM = 0.02;

  /**
   * The turned errors are factored once for so many steps: an eighth of a tooth, over which their
   * shape hardly changes. That is most of what a comparison takes.
   */
  private static final double FACTOR_MM = 0.25;

  /**
   * Tries every length.
   *
   * @param periodsMm n periods
   * @param expected what the first measurement lets expect, 2 n
   * @param variance how well, 2 n x 2 n
   * @param values the second measurement
   * @param error its covariance
   * @param logWeight what every likelihood is weighed with
   */
  static BeltShift search(
      double[] periodsMm,
      double[] expected,
      double[][] variance,
      double[] values,
      double[][] error,
      double logWeight) {
    double shortest = periodsMm[0];
    for (double period : periodsMm) {
      shortest = Math.min(shortest, period);
    }
    double step = Math.max(FINEST_STEP_MM, shortest / STEPS_PER_PERIOD);
    int reach = (int) Math.ceil(REACH_MM / step);
    int perFactor = Math.max(1, (int) Math.round(FACTOR_MM / step));
    double[] logs = new double[2 * reach + 1];
    LogSum weights = new LogSum();
    LogSum sum = new LogSum();
    double[][] factor = {};
    double logDensity = 0;
    double[] back = values.clone();
    new Turn(periodsMm, -reach * step).apply(back);
    double[] off = new double[values.length];
    Turn stepOn = new Turn(periodsMm, step);
    for (int i = 0; i < logs.length; i++) {
      if (i % perFactor == 0) {
        factor = turned(error, periodsMm, (i + perFactor / 2 - reach) * step);
        for (int r = 0; r < factor.length; r++) {
          for (int c = 0; c < factor.length; c++) {
            factor[r][c] += variance[r][c];
          }
        }
        Gaussian.factor(factor);
        logDensity = Gaussian.logAtMean(factor);
      }
      for (int r = 0; r < back.length; r++) {
        off[r] = back[r] - expected[r];
      }
      double distance = 0;
      for (double white : Gaussian.forward(factor, off)) {
        distance += white * white;
      }
      double prior = logPrior((i - reach) * step);
      weights.add(prior);
      logs[i] = logWeight + prior + logDensity - 0.5 * distance;
      sum.add(logs[i]);
      stepOn.apply(back);
    }
    return new BeltShift(sum.log() - weights.log(), peak(logs, reach, step));
  }

  private static double logPrior(double mm) {
    double density = 0;
    for (double sd : SD_MM) {
      density += Math.exp(-0.5 * mm * mm / (sd * sd)) / sd;
    }
    return Math.log(density);
  }

  /** Its mean and spread, taken over less than half a tooth either side. */
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
    double spread = squares / weights - mean * mean + stepMm * stepMm / 12;
    return new Comparison.Shift(mean, Math.sqrt(Math.max(0, spread)));
  }

  /** A covariance turned back to where it was before the belt moved. */
  private static double[][] turned(double[][] error, double[] periodsMm, double shiftMm) {
    int n = error.length;
    Turn turn = new Turn(periodsMm, shiftMm);
    double[][] turned = new double[n][];
    for (int i = 0; i < n; i++) {
      turned[i] = error[i].clone();
      turn.apply(turned[i]);
    }
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        column[i] = turned[i][j];
      }
      turn.apply(column);
      for (int i = 0; i < n; i++) {
        turned[i][j] = column[i];
      }
    }
    return turned;
  }

  /** Turns values back to where they were before the belt moved by a length. */
  private static final class Turn {
    private final double[] cos;
    private final double[] sin;

    Turn(double[] periodsMm, double shiftMm) {
      cos = new double[periodsMm.length];
      sin = new double[periodsMm.length];
      for (int k = 0; k < periodsMm.length; k++) {
        double angle = 2 * Math.PI * shiftMm / periodsMm[k];
        cos[k] = Math.cos(angle);
        sin[k] = Math.sin(angle);
      }
    }

    void apply(double[] values) {
      for (int k = 0; k < cos.length; k++) {
        double c = values[2 * k];
        values[2 * k] = cos[k] * c - sin[k] * values[2 * k + 1];
        values[2 * k + 1] = sin[k] * c + cos[k] * values[2 * k + 1];
      }
    }
  }
}
