package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Path;
import dev.whorl.fingerprint.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a damped swing to the lateral position of the ways out of corners, all corners of a
 * direction at once: value = offset + drift s + exp(-zeta w t) (A cos wd t + B sin wd t), t the
 * time since the corner by the program's own limits.
 */
public final class RingingFit {
  /** Frames of printers swing no slower than this, */
  static final double LOWEST_HZ = 15;

  /** and no faster than this. */
  static final double HIGHEST_HZ = 150;

  private static final double STEP_HZ = 1;
  private static final double[] ZETAS = {0.01, 0.02, 0.04, 0.06, 0.09, 0.13, 0.18, 0.25, 0.35};
  private static final double LEAST_ZETA = 0.002;
  private static final double MOST_ZETA = 0.6;

  /**
   * By how much chi squared must fall for a swing to be there: four unknowns are fitted at some
   * hundred independent places of the grid, which by chance gives 25 once in a thousand.
   */
  private static final double SIGNIFICANT = 30;

  /** Frames damp by some 2 to 20 %: what is gone within half a cycle is the corner's own shape. */
  private static final double MOST_SWINGING_ZETA = 0.3;

  /** A swing that stands out less is none. */
  private static final double LEAST_AMPLITUDE_SE = 4;

  /** A frequency less certain than this is none. */
  private static final double WORST_RELATIVE_SE = 0.1;

  /**
   * How well a place on the way out tells the time since the corner. The head lags behind the
   * program by a / w^2 while it gathers speed and swings along the way too: about 0.03 of a cycle,
   * gone within the two or three cycles that are seen.
   */
  private static final double CLOCK = 0.02;

  /** The same for the decay, which is seen through beads that widen as the head swings. */
  private static final double DECAY = 0.2;

  /**
   * Relief of the layer below: waves of two lines, of one, and of half a one; two unknowns each.
   */
  private static final double[] BELOW_WAVES = {0.5, 1, 2};

  private static final int BELOW = 2 * BELOW_WAVES.length;

  /** Unknowns of a sample: its corner's offset and drift, the layer below, cosine and sine. */
  private static final int SWINGING = 4 + BELOW;

  /** By so much the layer below may push a bead aside, um. */
  private static final double BELOW_SD_UM = 15;

  private final List<double[]> samples = new ArrayList<>();
  private final @Nullable LayerBelow below;
  private int corners;

  private RingingFit(@Nullable LayerBelow below) {
    this.below = below;
  }

  /** The swing along X and Y, null where neither could be measured. */
  public static @Nullable RingingComponent fit(
      Toolpath toolpath, List<Trace> traces, AxisErrors errors) {
    LayerBelow below = LayerBelow.of(toolpath);
    Ring x = fit(below, traces, errors, "x");
    Ring y = fit(below, traces, errors, "y");
    return x == null && y == null ? null : new RingingComponent(x, y);
  }

  private static @Nullable Ring fit(
      @Nullable LayerBelow below, List<Trace> traces, AxisErrors errors, String direction) {
    RingingFit fit = new RingingFit(below);
    for (Trace trace : traces) {
      if (trace.path().role() == Path.Role.OUT_LEG
          && direction.equals(trace.path().feature().attribute("ring"))) {
        fit.add(trace, errors, direction);
      }
    }
    return fit.corners == 0 ? null : fit.run();
  }

  private void add(Trace trace, AxisErrors errors, String direction) {
    Segment in = trace.path().feature().segments().get(0);
    Segment out = trace.path().line();
    double nx = -out.directionY();
    double ny = out.directionX();
    boolean alongX = direction.equals("x");
    double across = alongX ? nx : ny;
    double before = alongX ? in.directionX() : in.directionY();
    if (Math.abs(across) < 0.9 || Math.abs(before) < 0.9) {
      return;
    }
    // All corners then swing the same way: on in the direction they came from.
    double sign = Math.signum(across) * Math.signum(before);
    double corner = out.limits().cornerSpeedMmS(out.speedMmS());
    double middle = out.lengthMm() / 2;
    double halfBin = trace.binMm() / 2;
    for (int i = 0; i < trace.size(); i++) {
      double lateral = trace.lateralUm()[i] - errors.alongUm(trace.xMm(i), trace.yMm(i), nx, ny);
      samples.add(
          new double[] {
            out.limits().timeS(trace.sMm()[i], corner, out.speedMmS()),
            sign * lateral,
            1 / Math.pow(Math.max(0.3, trace.lateralSeUm()[i]), 2),
            corners,
            (trace.sMm()[i] - middle) / middle,
            out.limits().timeS(trace.sMm()[i] - halfBin, corner, out.speedMmS()),
            out.limits().timeS(trace.sMm()[i] + halfBin, corner, out.speedMmS()),
            below == null ? 0 : below.lines(trace.xMm(i), trace.yMm(i))
          });
    }
    corners++;
  }

  private @Nullable Ring run() {
    int quiet = 2 * corners + BELOW;
    if (samples.size() < quiet + 12) {
      return null;
    }
    Fitted without = linear(0, 0, false);
    Fitted best = null;
    double bestHz = 0;
    double bestZeta = 0;
    for (double hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz += STEP_HZ) {
      for (double zeta : ZETAS) {
        Fitted fitted = linear(hz, zeta, true);
        if (fitted != null && (best == null || fitted.chi2 < best.chi2)) {
          best = fitted;
          bestHz = hz;
          bestZeta = zeta;
        }
      }
    }
    if (without == null || best == null) {
      return null;
    }
    return refine(without.chi2, best, bestHz, bestZeta);
  }

  /** Gauss-Newton on frequency and damping too, from the best place of the grid. */
  private @Nullable Ring refine(
      double chi2Without, Fitted start, double startHz, double startZeta) {
    int first = 2 * corners + BELOW;
    int n = first + 4;
    double hz = startHz;
    double zeta = startZeta;
    Fitted fitted = start;
    NormalEquations.Solution solution = null;
    for (int round = 0; round < 30; round++) {
      NormalEquations equations = new NormalEquations(n);
      double a = fitted.solution.values()[first];
      double b = fitted.solution.values()[first + 1];
      int[] unknowns = new int[SWINGING + 2];
      double[] factors = new double[SWINGING + 2];
      for (double[] sample : samples) {
        double model = row(sample, hz, zeta, unknowns, factors, fitted.solution);
        double hzStep = 1e-3 * hz;
        unknowns[SWINGING] = first + 2;
        factors[SWINGING] =
            (swing(sample, hz + hzStep, zeta, a, b) - swing(sample, hz - hzStep, zeta, a, b))
                / (2 * hzStep);
        double zetaStep = 1e-4;
        unknowns[SWINGING + 1] = first + 3;
        factors[SWINGING + 1] =
            (swing(sample, hz, zeta + zetaStep, a, b) - swing(sample, hz, zeta - zetaStep, a, b))
                / (2 * zetaStep);
        equations.add(unknowns, factors, SWINGING + 2, sample[1] - model, sample[2]);
      }
      believe(equations);
      solution = equations.solve();
      if (solution == null) {
        return null;
      }
      double toHz = hz + limit(solution.values()[first + 2], 0.05 * hz);
      double toZeta = zeta + limit(solution.values()[first + 3], 0.03);
      toZeta = Math.max(LEAST_ZETA, Math.min(MOST_ZETA, toZeta));
      Fitted next = linear(toHz, toZeta, true);
      if (next == null || next.chi2 > fitted.chi2 * 1.001) {
        break;
      }
      boolean settled = Math.abs(toHz - hz) < 1e-3 && Math.abs(toZeta - zeta) < 1e-5;
      hz = toHz;
      zeta = toZeta;
      fitted = next;
      if (settled) {
        break;
      }
    }
    if (solution == null || hz < LOWEST_HZ || hz > 1.1 * HIGHEST_HZ || zeta >= MOST_ZETA) {
      return null;
    }
    double inflation = inflation(fitted, hz, zeta);
    double hzSe = Math.hypot(Math.sqrt(inflation * solution.covariance(n - 2, n - 2)), CLOCK * hz);
    double zetaSe =
        Math.hypot(Math.sqrt(inflation * solution.covariance(n - 1, n - 1)), DECAY * zeta);
    if ((chi2Without - fitted.chi2) / inflation < SIGNIFICANT || hzSe > WORST_RELATIVE_SE * hz) {
      return null;
    }
    double a = fitted.solution.values()[first];
    double b = fitted.solution.values()[first + 1];
    double amplitude = Math.hypot(a, b);
    if (zeta > MOST_SWINGING_ZETA || zeta <= LEAST_ZETA) {
      return null;
    }
    double ca = a / amplitude;
    double cb = b / amplitude;
    int i = first;
    double variance =
        ca * ca * solution.covariance(i, i)
            + 2 * ca * cb * solution.covariance(i, i + 1)
            + cb * cb * solution.covariance(i + 1, i + 1);
    double amplitudeSe = Math.sqrt(inflation * variance);
    return amplitude < LEAST_AMPLITUDE_SE * amplitudeSe
        ? null
        : new Ring(hz, hzSe, zeta, zetaSe, amplitude, amplitudeSe);
  }

  private record Fitted(NormalEquations.Solution solution, double chi2) {}

  private @Nullable Fitted linear(double hz, double zeta, boolean swinging) {
    int n = 2 * corners + BELOW + (swinging ? 2 : 0);
    int terms = swinging ? SWINGING : SWINGING - 2;
    NormalEquations equations = new NormalEquations(n);
    int[] unknowns = new int[SWINGING];
    double[] factors = new double[SWINGING];
    for (double[] sample : samples) {
      row(sample, hz, zeta, unknowns, factors, null);
      equations.add(unknowns, factors, terms, sample[1], sample[2]);
    }
    believe(equations);
    NormalEquations.Solution solution = equations.solve();
    if (solution == null) {
      return null;
    }
    double chi2 = 0;
    for (double[] sample : samples) {
      row(sample, hz, zeta, unknowns, factors, null);
      double r = sample[1];
      for (int k = 0; k < terms; k++) {
        r -= factors[k] * solution.values()[unknowns[k]];
      }
      chi2 += sample[2] * r * r;
    }
    return new Fitted(solution, chi2);
  }

  private void believe(NormalEquations equations) {
    for (int k = 0; k < BELOW; k++) {
      equations.prior(2 * corners + k, BELOW_SD_UM);
    }
  }

  /**
   * Fills a row: offset, drift, layer below, cosine, sine; returns the model's value under a
   * solution.
   */
  private double row(
      double[] sample,
      double hz,
      double zeta,
      int[] unknowns,
      double[] factors,
      NormalEquations.@Nullable Solution solution) {
    int corner = (int) sample[3];
    unknowns[0] = 2 * corner;
    factors[0] = 1;
    unknowns[1] = 2 * corner + 1;
    factors[1] = sample[4];
    for (int k = 0; k < BELOW; k++) {
      double phase = 2 * Math.PI * BELOW_WAVES[k / 2] * sample[7];
      unknowns[2 + k] = 2 * corners + k;
      factors[2 + k] = k % 2 == 0 ? Math.cos(phase) : Math.sin(phase);
    }
    unknowns[2 + BELOW] = 2 * corners + BELOW;
    factors[2 + BELOW] = swing(sample, hz, zeta, 1, 0);
    unknowns[3 + BELOW] = 2 * corners + BELOW + 1;
    factors[3 + BELOW] = swing(sample, hz, zeta, 0, 1);
    double sum = 0;
    if (solution != null) {
      for (int k = 0; k < SWINGING; k++) {
        sum += factors[k] * solution.values()[unknowns[k]];
      }
    }
    return sum;
  }

  /**
   * The swing's mean over a sample's bin by Simpson's rule: right after the corner the way is slow,
   * and a bin takes up to half a period.
   */
  private static double swing(double[] sample, double hz, double zeta, double a, double b) {
    return (swing(sample[5], hz, zeta, a, b)
            + 4 * swing(sample[0], hz, zeta, a, b)
            + swing(sample[6], hz, zeta, a, b))
        / 6;
  }

  private static double swing(double timeS, double hz, double zeta, double a, double b) {
    double omega = 2 * Math.PI * hz;
    double decay = omega * zeta / Math.sqrt(1 - zeta * zeta);
    return Math.exp(-decay * timeS) * (a * Math.cos(omega * timeS) + b * Math.sin(omega * timeS));
  }

  /** How much more residuals scatter than their weights say, neighbours' likeness included. */
  private double inflation(Fitted fitted, double hz, double zeta) {
    int[] unknowns = new int[SWINGING];
    double[] factors = new double[SWINGING];
    double[] residuals = new double[samples.size()];
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      double[] sample = samples.get(i);
      double r = sample[1] - row(sample, hz, zeta, unknowns, factors, fitted.solution);
      residuals[i] = r * Math.sqrt(sample[2]);
      squares += residuals[i] * residuals[i];
    }
    double likeness = 0;
    for (int lag = 1; lag <= 4; lag++) {
      double sum = 0;
      for (int i = lag; i < residuals.length; i++) {
        sum += residuals[i] * residuals[i - lag];
      }
      likeness += Math.max(0, sum / squares);
    }
    double degrees = Math.max(1, residuals.length - 2 * corners - BELOW - 4);
    return Math.max(0.25, squares / degrees) * (1 + 2 * likeness);
  }

  private static double limit(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }
}
