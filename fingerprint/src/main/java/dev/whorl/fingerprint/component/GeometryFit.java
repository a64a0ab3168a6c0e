package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.surface.Registration;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scale and skew: what registration found against the camera's calibrated scale, and what the beads
 * add to it.
 */
public final class GeometryFit {
  private static final int TERMS = 6;

  private GeometryFit() {}

  /** Null where the camera's scale is not calibrated, or too few beads tell. */
  public static @Nullable GeometryComponent fit(
      Toolpath toolpath, List<Trace> traces, Registration.AffineResidue registered) {
    if (!registered.metric()) {
      return null;
    }
    int[] unknowns = {0, 1, 2, 3, 4, 5};
    NormalEquations equations = new NormalEquations(TERMS);
    for (Trace trace : traces) {
      equations.add(unknowns, row(toolpath, trace), TERMS, mean(trace), 1);
    }
    NormalEquations.Solution solution = equations.solve();
    if (solution == null || traces.size() < 4 * TERMS) {
      return null;
    }
    double squares = 0;
    for (Trace trace : traces) {
      double[] row = row(toolpath, trace);
      double r = mean(trace);
      for (int i = 0; i < TERMS; i++) {
        r -= row[i] * solution.values()[i];
      }
      squares += r * r;
    }
    // Neighbouring valleys share a bead, so that only every other one counts.
    double variance = 2 * squares / (traces.size() - TERMS);
    double[] v = solution.values();
    // Values are um per mm: parts per thousand.
    double skewVariance =
        variance
            * (solution.covariance(2, 2)
                + 2 * solution.covariance(2, 4)
                + solution.covariance(4, 4));
    double registeredSe = registered.standardError();
    return new GeometryComponent(
        1e3 * registered.skewRad() + v[2] + v[4],
        Math.hypot(1e3 * registeredSe, Math.sqrt(skewVariance)),
        1e6 * registered.scaleX() + 1e3 * v[1],
        Math.hypot(1e6 * registeredSe, 1e3 * Math.sqrt(variance * solution.covariance(1, 1))),
        1e6 * registered.scaleY() + 1e3 * v[5],
        Math.hypot(1e6 * registeredSe, 1e3 * Math.sqrt(variance * solution.covariance(5, 5))));
  }

  private static double mean(Trace trace) {
    double sum = 0;
    for (double lateral : trace.lateralUm()) {
      sum += lateral;
    }
    return sum / trace.size();
  }

  /** Displacement along the normal: offset, scale and shear of x, then of y. */
  private static double[] row(Toolpath toolpath, Trace trace) {
    double s = 0;
    for (double at : trace.sMm()) {
      s += at / trace.size();
    }
    double x = trace.path().line().xMm(s, 0) - toolpath.widthMm() / 2;
    double y = trace.path().line().yMm(s, 0) - toolpath.heightMm() / 2;
    double nx = -trace.path().line().directionY();
    double ny = trace.path().line().directionX();
    return new double[] {nx, nx * x, nx * y, ny, ny * x, ny * y};
  }
}
