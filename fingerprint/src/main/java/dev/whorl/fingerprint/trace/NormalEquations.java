package dev.whorl.fingerprint.trace;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.jspecify.annotations.Nullable;

/** Weighted linear least squares, gathered one sparse observation at a time. */
public final class NormalEquations {
  /** Below this an unknown is a combination of the others, as far as doubles can tell. */
  private static final double LEAST_PIVOT = 1e-7;

  private final int size;
  private final DMatrixRMaj matrix;
  private final DMatrixRMaj right;

  /**
   * @param size number of unknowns
   */
  public NormalEquations(int size) {
    this.size = size;
    this.matrix = new DMatrixRMaj(size, size);
    this.right = new DMatrixRMaj(size, 1);
  }

  /**
   * Adds one observation.
   *
   * @param unknowns which unknowns it depends on; one may come twice
   * @param factors how much on each
   * @param count how many of them to use
   * @param value what was observed
   * @param weight 1 / variance
   */
  public void add(int[] unknowns, double[] factors, int count, double value, double weight) {
    double[] a = matrix.data;
    for (int i = 0; i < count; i++) {
      int row = unknowns[i] * size;
      double weighted = weight * factors[i];
      for (int j = 0; j < count; j++) {
        a[row + unknowns[j]] += weighted * factors[j];
      }
      right.data[unknowns[i]] += weighted * value;
    }
  }

  /** Says that an unknown lies about 0 with this standard deviation. */
  public void prior(int unknown, double sd) {
    matrix.data[unknown * size + unknown] += 1 / (sd * sd);
  }

  /** The solution, or null where the observations do not determine it. */
  public @Nullable Solution solve() {
    // Unknowns differ in scale by orders of magnitude: a unit diagonal makes pivots comparable.
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      double diagonal = matrix.data[i * size + i];
      if (!(diagonal > 0)) {
        return null;
      }
      scale[i] = 1 / Math.sqrt(diagonal);
    }
    DMatrixRMaj scaled = new DMatrixRMaj(size, size);
    DMatrixRMaj scaledRight = new DMatrixRMaj(size, 1);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        scaled.data[i * size + j] = matrix.data[i * size + j] * scale[i] * scale[j];
      }
      scaledRight.data[i] = right.data[i] * scale[i];
    }
    CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM(true);
    LinearSolverChol_DDRM solver = new LinearSolverChol_DDRM(cholesky);
    if (!solver.setA(scaled)) {
      return null;
    }
    DMatrixRMaj lower = cholesky.getT(null);
    for (int i = 0; i < size; i++) {
      if (!(lower.data[i * size + i] > LEAST_PIVOT)) {
        return null;
      }
    }
    DMatrixRMaj values = new DMatrixRMaj(size, 1);
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    solver.solve(scaledRight, values);
    solver.invert(covariance);
    for (int i = 0; i < size; i++) {
      values.data[i] *= scale[i];
      for (int j = 0; j < size; j++) {
        covariance.data[i * size + j] *= scale[i] * scale[j];
      }
    }
    return new Solution(size, values.data, covariance.data);
  }

  /**
   * Best values and their covariance.
   *
   * @param size number of unknowns
   * @param values the unknowns
   * @param covariances row by row
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Solution(int size, double[] values, double[] covariances) {
    /** The covariance of two unknowns. */
    public double covariance(int i, int j) {
      return covariances[i * size + j];
    }
  }
}
