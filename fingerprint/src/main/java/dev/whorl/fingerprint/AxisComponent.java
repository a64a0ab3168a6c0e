package dev.whorl.fingerprint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The periodic error of one driven axis, locked to its machine coordinate u (mm of belt): at u the
 * axis stands at {@code u + e(u)}, with {@code e(u) = sum over P of c cos(2 pi u / P) + s sin(2 pi
 * u / P)}.
 *
 * @param axis which axis
 * @param periodsMm the periods P, longest first
 * @param valuesUm c and s of each period in turn: c0, s0, c1, s1, ... (length 2 n)
 * @param covarianceUm2 their covariance, the upper triangle row by row (length 2n (2n + 1) / 2)
 * @param backlashUm how far the axis lags behind when it comes from below (forward minus reverse
 *     position), null where no bead pair tells
 * @param backlashSeUm its standard error
 * @param scatterUm the scatter from bead to bead that the model leaves (repeatability; part of the
 *     covariance)
 * @param beads how many beads were used
 */
public record AxisComponent(
    Axis axis,
    double[] periodsMm,
    double[] valuesUm,
    double[] covarianceUm2,
    @Nullable Double backlashUm,
    @Nullable Double backlashSeUm,
    double scatterUm,
    int beads) {
  public AxisComponent {
    int n = periodsMm.length;
    if (valuesUm.length != 2 * n) {
      throw new IllegalArgumentException("an axis of " + n + " periods has " + 2 * n + " values");
    }
    if (covarianceUm2.length != n * (2 * n + 1)) {
      throw new IllegalArgumentException(
          "an axis of " + n + " periods has " + n * (2 * n + 1) + " covariances");
    }
    periodsMm = periodsMm.clone();
    valuesUm = valuesUm.clone();
    covarianceUm2 = covarianceUm2.clone();
  }

  /** How many periods. */
  public int size() {
    return periodsMm.length;
  }

  /** Which of the periods this is, to a thousandth; -1 if none. */
  public int indexOf(double periodMm) {
    for (int k = 0; k < periodsMm.length; k++) {
      if (Math.abs(periodsMm[k] - periodMm) < 1e-3 * periodMm) {
        return k;
      }
    }
    return -1;
  }

  /** The covariance of values i and j, um^2. */
  public double covariance(int i, int j) {
    int row = Math.min(i, j);
    int column = Math.max(i, j);
    int width = valuesUm.length;
    return covarianceUm2[row * width - row * (row - 1) / 2 + column - row];
  }

  /** The amplitude of period k, um, not corrected for the noise in it. */
  public double amplitudeUm(int k) {
    return Math.hypot(valuesUm[2 * k], valuesUm[2 * k + 1]);
  }

  @Override
  public double[] periodsMm() {
    return periodsMm.clone();
  }

  @Override
  public double[] valuesUm() {
    return valuesUm.clone();
  }

  @Override
  public double[] covarianceUm2() {
    return covarianceUm2.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AxisComponent that
        && axis == that.axis
        && Arrays.equals(periodsMm, that.periodsMm)
        && Arrays.equals(valuesUm, that.valuesUm)
        && Arrays.equals(covarianceUm2, that.covarianceUm2)
        && java.util.Objects.equals(backlashUm, that.backlashUm)
        && java.util.Objects.equals(backlashSeUm, that.backlashSeUm)
        && scatterUm == that.scatterUm
        && beads == that.beads;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(valuesUm) + 31 * axis.hashCode();
  }

  @Override
  public String toString() {
    return "axis " + axis.key() + " " + Arrays.toString(valuesUm) + " um";
  }
}
