package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.AxisMap;
import dev.whorl.bench.feature.MeasurementModel.AxisReading;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.sim.machine.Axis;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits how one axis is measured. */
final class AxisMapFit {
  /** Before looking, each wave is measured as it is, to within this. */
  private static final double GAIN_SD = 0.5;

  /** And so much of another wave may leak into it: there are few machines to tell. */
  private static final double LEAK_SD = 0.05;

  /** Residuals beyond so many standard deviations pull with the force of that many (Huber 1964). */
  private static final double HUBER = 2;

  private static final int ROUNDS = 5;

  private AxisMapFit() {}

  /**
   * One coupon's look at an axis.
   *
   * @param truth the axis
   * @param measured its component
   */
  record Look(Axis truth, AxisComponent measured) {}

  /**
   * @param looks at least one; all with the same periods
   */
  static AxisMap fit(List<Look> looks) {
    double[] periods = looks.get(0).measured().periodsMm();
    double[] waves = AxisTruth.periodsMm(looks.get(0).truth());
    int n = 2 * periods.length;
    double[][] gain = new double[n][];
    for (int j = 0; j < n; j++) {
      double[] guess = new double[2 * waves.length];
      for (int w = 0; w < waves.length; w++) {
        if (Math.abs(waves[w] - periods[j / 2]) < 1e-6) {
          guess[2 * w + j % 2] = 1;
        }
      }
      gain[j] = row(looks, j, guess);
    }
    double[] backlash = backlash(looks);
    return new AxisMap(periods, waves, gain, backlash[1], backlash[0]);
  }

  private static double[] row(List<Look> looks, int j, double[] guess) {
    double[] precision = new double[guess.length];
    for (int i = 0; i < guess.length; i++) {
      // The other of cosine and sine is the same wave, seen aside.
      boolean own = guess[i] == 1 || guess[i ^ 1] == 1;
      precision[i] = 1 / (own ? GAIN_SD * GAIN_SD : LEAK_SD * LEAK_SD);
    }
    double[] row = guess;
    for (int round = 0; round < ROUNDS; round++) {
      double[] off = new double[looks.size()];
      for (int i = 0; i < off.length; i++) {
        off[i] = off(looks.get(i), row, j);
      }
      double sd = sd(off);
      Ridge ridge = new Ridge(guess.length);
      for (int i = 0; i < off.length; i++) {
        double weight = Math.min(1, HUBER * sd / Math.max(Math.abs(off[i]), 1e-9)) / (sd * sd);
        Look look = looks.get(i);
        ridge.add(AxisTruth.valuesUm(look.truth()), look.measured().valuesUm()[j], weight);
      }
      row = ridge.solve(guess, precision);
    }
    return row;
  }

  private static double off(Look look, double[] row, int j) {
    return look.measured().valuesUm()[j] - product(row, AxisTruth.valuesUm(look.truth()));
  }

  /** Of the middle two thirds, so that a few failures do not count. */
  private static double sd(double[] off) {
    double[] sizes = Arrays.stream(off).map(Math::abs).sorted().toArray();
    return Math.max(1e-3, sizes[(int) (0.68 * (sizes.length - 1))]);
  }

  private static double[] backlash(List<Look> looks) {
    Ridge ridge = new Ridge(2);
    for (Look look : looks) {
      Double measured = look.measured().backlashUm();
      Double se = look.measured().backlashSeUm();
      if (measured != null && se != null) {
        double[] inputs = {1, 1e3 * look.truth().backlashMm()};
        ridge.add(inputs, measured, 1 / Math.max(1, se * se));
      }
    }
    return ridge.solve(new double[] {0, 0}, new double[] {1e-4, 1e-4});
  }

  static double product(double[] row, double[] values) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * values[i];
    }
    return sum;
  }

  /** What a map leaves of a look, null for no look. */
  static @Nullable AxisReading reading(AxisMap map, Axis truth, @Nullable AxisComponent measured) {
    if (measured == null || !Arrays.equals(map.periodsMm(), measured.periodsMm())) {
      return null;
    }
    double[] off = measured.valuesUm();
    double[] waves = AxisTruth.valuesUm(truth);
    for (int j = 0; j < off.length; j++) {
      off[j] -= product(map.gain()[j], waves);
    }
    Double backlash = measured.backlashUm();
    Double se = measured.backlashSeUm();
    Double backlashOff =
        backlash == null || se == null
            ? null
            : (backlash - map.backlashOffsetUm() - map.backlashGain() * 1e3 * truth.backlashMm())
                / se;
    return new AxisReading(
        measured.covarianceUm2(),
        new double[off.length],
        new Lower(measured).solve(off),
        backlashOff,
        se,
        measured.scatterUm(),
        measured.beads());
  }
}
