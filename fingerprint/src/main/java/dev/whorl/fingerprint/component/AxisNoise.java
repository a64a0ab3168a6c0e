package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how much bins of a trace scatter more than their own standard errors say, as means of many.
 */
final class AxisNoise {
  private final List<Trace> traces;
  private final double[] lateral;
  private final double[] width;

  AxisNoise(List<Trace> traces) {
    this.traces = traces;
    lateral = new double[traces.size()];
    width = new double[traces.size()];
    Arrays.fill(lateral, 1);
    Arrays.fill(width, 1);
  }

  /** Standard deviation of the lateral sample i of trace p, um. */
  double lateralSdUm(int p, int i) {
    return Math.max(0.2, traces.get(p).lateralSeUm()[i]) * lateral[p];
  }

  /** Standard deviation of the widening sample i of trace p. */
  double widthSd(int p, int i) {
    return Math.max(0.002, traces.get(p).wideningSe()[i]) * width[p];
  }

  /**
   * Neighbouring bins share noise. By how much the mean of four scatters more than independent ones
   * would, tells the factor; one per kind of path.
   */
  void weigh(
      NormalEquations.Solution solution,
      AxisRows rows,
      PathOffset[] ownLateral,
      PathOffset @Nullable [] ownWidth) {
    SampleRow row = new SampleRow(solution.size());
    Map<String, double[]> lateral = new HashMap<>();
    Map<String, double[]> width = new HashMap<>();
    for (int p = 0; p < traces.size(); p++) {
      Trace trace = traces.get(p);
      String kind = kind(trace);
      double[] l = new double[trace.size()];
      double[] w = new double[trace.size()];
      for (int i = 0; i < trace.size(); i++) {
        rows.lateral(row, trace, i, solution);
        l[i] =
            (row.value - row.dot(solution, solution.size()) - ownLateral[p].value)
                / Math.max(0.2, trace.lateralSeUm()[i]);
        w[i] =
            ownWidth != null && rows.width(row, trace, i, solution)
                ? (row.value - row.dot(solution, solution.size()) - ownWidth[p].value)
                    / Math.max(0.002, trace.wideningSe()[i])
                : 0;
      }
      gather(lateral.computeIfAbsent(kind, k -> new double[2]), l);
      gather(width.computeIfAbsent(kind, k -> new double[2]), w);
    }
    for (int p = 0; p < traces.size(); p++) {
      this.lateral[p] = factor(lateral.get(kind(traces.get(p))));
      this.width[p] = factor(width.get(kind(traces.get(p))));
    }
  }

  private static String kind(Trace trace) {
    return trace.path().role() + "/" + trace.path().feature().kind();
  }

  private static final int BLOCK = 4;

  private static void gather(double[] sums, double[] residuals) {
    // The path's own mean is an unknown of its own: without it a block of the whole path tells
    // nothing.
    for (int i = 0; i + BLOCK <= residuals.length; i += BLOCK) {
      double sum = 0;
      for (int k = 0; k < BLOCK; k++) {
        // Outliers are weighed down in the fit as well.
        sum += Math.max(-4, Math.min(4, residuals[i + k]));
      }
      sums[0] += sum * sum / BLOCK;
      sums[1]++;
    }
  }

  private static double factor(double @Nullable [] sums) {
    return sums == null || sums[1] < 8 ? 1 : Math.max(1, Math.sqrt(sums[0] / sums[1]));
  }
}
