package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Path;
import dev.whorl.fingerprint.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the ripple of the extruder's gear: a sine of the filament's position in the width of
 * isolated beads, each about its own mean.
 */
public final class FlowFit {
  /** Teeth of drive gears are 0.3 to 0.7 mm apart; the coupon's beads take up to 0.5 mm each. */
  private static final double SHORTEST_MM = 0.2;

  private static final double LONGEST_MM = 1.2;

  /** Chi squared of two unknowns that some 300 periods exceed by chance once in a thousand. */
  private static final double SIGNIFICANT = 26;

  private final List<double[]> samples = new ArrayList<>();
  private int beads;

  private FlowFit() {}

  /** The ripple, null where none stands out. */
  public static @Nullable FlowComponent fit(List<Trace> traces, AxisErrors errors) {
    FlowFit fit = new FlowFit();
    traces.stream().filter(t -> t.path().role() == Path.Role.BEAD).forEach(t -> fit.add(t, errors));
    return fit.samples.size() < fit.beads + 40 ? null : fit.run();
  }

  /** Sample: filament mm, widening, weight, bead. */
  private void add(Trace trace, AxisErrors errors) {
    Segment line = trace.path().line();
    double perMm = (line.e1Mm() - line.e0Mm()) / line.lengthMm();
    for (int i = 0; i < trace.size(); i++) {
      double stretch =
          1e-3
              * errors.stretchUmPerMm(
                  trace.xMm(i), trace.yMm(i), line.directionX(), line.directionY());
      samples.add(
          new double[] {
            line.e0Mm() + perMm * trace.sMm()[i],
            trace.widening()[i] + stretch,
            1 / Math.pow(Math.max(0.003, trace.wideningSe()[i]), 2),
            beads
          });
    }
    beads++;
  }

  private @Nullable FlowComponent run() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double[] sample : samples) {
      least = Math.min(least, sample[0]);
      most = Math.max(most, sample[0]);
    }
    double step = 0.2 / Math.max(1, most - least);
    Fitted without = linear(0);
    Fitted best = null;
    double perMm = 0;
    for (double nu = 1 / LONGEST_MM; nu <= 1 / SHORTEST_MM; nu += step) {
      Fitted fitted = linear(nu);
      if (fitted != null && (best == null || fitted.chi2 < best.chi2)) {
        best = fitted;
        perMm = nu;
      }
    }
    if (without == null || best == null) {
      return null;
    }
    double inflation = inflation(best, perMm);
    if ((without.chi2 - best.chi2) / inflation < SIGNIFICANT) {
      return null;
    }
    // Chi squared is a parabola of the frequency near its least.
    Fitted below = linear(perMm - step / 4);
    Fitted above = linear(perMm + step / 4);
    if (below == null || above == null) {
      return null;
    }
    double bend = (below.chi2 - 2 * best.chi2 + above.chi2) / (step * step / 16);
    if (!(bend > 0)) {
      return null;
    }
    double nu = perMm + (below.chi2 - above.chi2) / (2 * step / 4) / bend;
    double nuSe = Math.sqrt(2 * inflation / bend);
    double c = best.solution.values()[beads];
    double s = best.solution.values()[beads + 1];
    double amplitude = Math.hypot(c, s);
    double variance =
        (c * c * best.solution.covariance(beads, beads)
                + 2 * c * s * best.solution.covariance(beads, beads + 1)
                + s * s * best.solution.covariance(beads + 1, beads + 1))
            / (amplitude * amplitude);
    return new FlowComponent(1 / nu, nuSe / (nu * nu), amplitude, Math.sqrt(inflation * variance));
  }

  private record Fitted(NormalEquations.Solution solution, double chi2) {}

  private @Nullable Fitted linear(double nu) {
    int n = nu > 0 ? beads + 2 : beads;
    NormalEquations equations = new NormalEquations(n);
    int[] unknowns = {0, beads, beads + 1};
    double[] factors = {1, 0, 0};
    int count = nu > 0 ? 3 : 1;
    for (double[] sample : samples) {
      row(sample, nu, unknowns, factors);
      equations.add(unknowns, factors, count, sample[1], sample[2]);
    }
    NormalEquations.Solution solution = equations.solve();
    if (solution == null) {
      return null;
    }
    double chi2 = 0;
    for (double[] sample : samples) {
      row(sample, nu, unknowns, factors);
      double r = residual(sample, unknowns, factors, count, solution);
      chi2 += sample[2] * r * r;
    }
    return new Fitted(solution, chi2);
  }

  private static double residual(
      double[] sample,
      int[] unknowns,
      double[] factors,
      int count,
      NormalEquations.Solution solution) {
    double r = sample[1];
    for (int k = 0; k < count; k++) {
      r -= factors[k] * solution.values()[unknowns[k]];
    }
    return r;
  }

  private static void row(double[] sample, double nu, int[] unknowns, double[] factors) {
    unknowns[0] = (int) sample[3];
    factors[1] = Math.cos(2 * Math.PI * nu * sample[0]);
    factors[2] = Math.sin(2 * Math.PI * nu * sample[0]);
  }

  /** How much more residuals scatter than their weights say, neighbours' likeness included. */
  private double inflation(Fitted fitted, double nu) {
    int[] unknowns = {0, beads, beads + 1};
    double[] factors = {1, 0, 0};
    double[] residuals = new double[samples.size()];
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      double[] sample = samples.get(i);
      row(sample, nu, unknowns, factors);
      residuals[i] = residual(sample, unknowns, factors, 3, fitted.solution) * Math.sqrt(sample[2]);
      squares += residuals[i] * residuals[i];
    }
    double likeness = 0;
    for (int lag = 1; lag <= 12; lag++) {
      double sum = 0;
      for (int i = lag; i < residuals.length; i++) {
        if (samples.get(i)[3] == samples.get(i - lag)[3]) {
          sum += residuals[i] * residuals[i - lag];
        }
      }
      likeness += Math.max(0, sum / squares);
    }
    double degrees = Math.max(1, residuals.length - beads - 3);
    return Math.max(0.25, squares / degrees) * (1 + 2 * likeness);
  }
}
