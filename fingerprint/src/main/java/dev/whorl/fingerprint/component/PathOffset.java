package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.trace.NormalEquations;
import java.util.Arrays;
import java.util.List;

/**
 * An unknown that only one path's samples see. It is eliminated from the equations (a Schur
 * complement of size one) and its estimate found from the solution.
 */
final class PathOffset {
  private final double[] cross;
  private final boolean[] seen;
  private int[] touched = new int[64];
  private int count;
  private double weights;
  private double right;
  double value;
  double variance;

  PathOffset(int size) {
    cross = new double[size];
    seen = new boolean[size];
  }

  void clear(double sd) {
    for (int i = 0; i < count; i++) {
      cross[touched[i]] = 0;
      seen[touched[i]] = false;
    }
    count = 0;
    weights = 1 / (sd * sd);
    right = 0;
  }

  void add(SampleRow row, double weight) {
    for (int i = 0; i < row.count; i++) {
      int unknown = row.unknowns[i];
      if (!seen[unknown]) {
        seen[unknown] = true;
        if (count == touched.length) {
          touched = Arrays.copyOf(touched, 2 * count);
        }
        touched[count++] = unknown;
      }
      cross[unknown] += weight * row.factors[i];
    }
    weights += weight;
    right += weight * row.value;
  }

  void eliminate(NormalEquations equations) {
    double[] factors = new double[count];
    for (int i = 0; i < count; i++) {
      factors[i] = cross[touched[i]];
    }
    equations.add(touched, factors, count, right, -1 / weights);
  }

  void find(NormalEquations.Solution solution) {
    double sum = right;
    double spread = 0;
    for (int i = 0; i < count; i++) {
      double factor = cross[touched[i]];
      sum -= factor * solution.values()[touched[i]];
      for (int j = 0; j < count; j++) {
        spread += factor * cross[touched[j]] * solution.covariance(touched[i], touched[j]);
      }
    }
    value = sum / weights;
    variance = 1 / weights + spread / (weights * weights);
  }

  /** Root mean square of the estimates and of what is unknown about them. */
  static double spread(List<PathOffset> all) {
    double sum = 0;
    int n = 0;
    for (PathOffset own : all) {
      if (own.count > 0) {
        sum += own.value * own.value + own.variance;
        n++;
      }
    }
    return n == 0 ? 0 : Math.sqrt(sum / n);
  }
}
