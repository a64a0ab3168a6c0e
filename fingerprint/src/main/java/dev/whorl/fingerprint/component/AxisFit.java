package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Path;
import dev.whorl.fingerprint.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Both driven axes at once, by one weighted least squares over every lateral and width sample.
 *
 * <p>Fixed unknowns: what registration and lens may have left, an offset per shape (its template's
 * middle is only nearly the bead's), backlash, and the cosine and sine of every period. Random
 * unknowns: an offset per printed bead, one per traced path and a mean width per path, each about
 * zero with a spread that is estimated from the coupon (expectation maximisation); they carry the
 * correlation of samples along a bead into the covariance, so that pixels do not pass for evidence.
 */
public final class AxisFit {
  // Spread of what is not known beforehand, um at the coupon's rim where it depends on the place.
  private static final double AFFINE_SD_UM = 500;
  private static final double PERSPECTIVE_SD_UM = 100;
  // A lens of 1e-3 moves the coupon's edge by 17 um.
  private static final double LENS_SD_UM = 15;
  private static final double SHAPE_SD_UM = 8;
  private static final double BACKLASH_SD_UM = 100;
  private static final double PERIOD_SD_UM = 100;
  private static final double WIDTH_SD = 0.3;

  /** If less of the stretch shows in the width, it is something else that shows. */
  private static final double LEAST_WIDTH_GAIN = 0.3;

  /** With a tooth known worse than this, the axis was not measured. */
  private static final double WORST_TOOTH_SE_UM = 10;

  private static final double WORST_BACKLASH_SE_UM = 8;
  private static final int LEAST_BEADS = 20;
  private static final int ROUNDS = 12;

  private final List<Trace> traces;
  private final AxisUnknowns unknowns;
  private final AxisGains gains;
  private final AxisRows rows;
  private final AxisNoise noise;

  /** What one path has of its own; eliminated from the equations and found again afterwards. */
  private final PathOffset[] ownLateral;

  private final PathOffset[] ownWidth;

  private double beadSdUm = 3;
  private double breadthSdUm = 4;
  private double valleySdUm = 2;
  private double lineSdUm = 1.5;
  private double widthSd = 0.03;
  private boolean useWidth;

  private AxisFit(Toolpath toolpath, List<Trace> traces) {
    this.traces = traces;
    this.unknowns = new AxisUnknowns(toolpath, traces);
    this.gains = new AxisGains(unknowns);
    this.rows = new AxisRows(toolpath, unknowns, gains);
    this.noise = new AxisNoise(traces);
    this.ownLateral = new PathOffset[traces.size()];
    this.ownWidth = new PathOffset[traces.size()];
    Arrays.setAll(ownLateral, p -> new PathOffset(unknowns.size()));
    Arrays.setAll(ownWidth, p -> new PathOffset(unknowns.size()));
  }

  /**
   * Fits the axes.
   *
   * @return what could be measured; an axis the coupon does not tell of is missing
   */
  public static FittedAxes fit(Toolpath toolpath, List<Trace> all) {
    List<Trace> traces = all.stream().filter(t -> t.path().role() != Path.Role.OUT_LEG).toList();
    if (traces.isEmpty()) {
      return FittedAxes.NONE;
    }
    AxisFit fit = new AxisFit(toolpath, traces);
    // Width speaks of the way only if flow keeps time with the motor and not with the carriage.
    // Whether it does, and how much of it is seen, the coupon tells.
    NormalEquations.Solution both = fit.run(true);
    if (both == null
        || fit.gains.width < LEAST_WIDTH_GAIN
        || fit.gains.width < 4 * fit.gains.widthSe) {
      fit = new AxisFit(toolpath, traces);
      both = fit.run(false);
    }
    return both == null
        ? FittedAxes.NONE
        : new FittedAxes(fit.components(both), affine(both, toolpath));
  }

  private NormalEquations.@Nullable Solution run(boolean withWidth) {
    useWidth = withWidth;
    NormalEquations.Solution solution = null;
    for (int round = 0; round < ROUNDS; round++) {
      solution = solve(solution);
      if (solution == null) {
        return null;
      }
      for (int p = 0; p < traces.size(); p++) {
        ownLateral[p].find(solution);
        ownWidth[p].find(solution);
      }
      beadSdUm = beadSpread(solution, unknowns.firstBead());
      breadthSdUm = beadSpread(solution, unknowns.firstBreadth());
      valleySdUm = Math.max(0.3, spread(true));
      lineSdUm = Math.max(0.3, spread(false));
      gains.correct(solution, withWidth);
      if (withWidth) {
        widthSd = Math.max(0.002, PathOffset.spread(List.of(ownWidth)));
      }
      if (round == 2 || round == 6) {
        noise.weigh(solution, rows, ownLateral, useWidth ? ownWidth : null);
      }
    }
    return solution;
  }

  private double spread(boolean valleys) {
    List<PathOffset> some = new ArrayList<>();
    for (int p = 0; p < traces.size(); p++) {
      if (traces.get(p).path().valley() == valleys) {
        some.add(ownLateral[p]);
      }
    }
    return PathOffset.spread(some);
  }

  /** Expectation maximisation: mean square of the estimates plus of what is unknown about them. */
  private double beadSpread(NormalEquations.Solution s, int first) {
    double sum = 0;
    for (int i = first; i < first + unknowns.beads(); i++) {
      sum += s.values()[i] * s.values()[i] + s.covariance(i, i);
    }
    return Math.max(0.3, Math.sqrt(sum / Math.max(1, unknowns.beads())));
  }

  private NormalEquations.@Nullable Solution solve(NormalEquations.@Nullable Solution before) {
    NormalEquations equations = new NormalEquations(unknowns.size());
    SampleRow row = new SampleRow(unknowns.size());
    for (int p = 0; p < traces.size(); p++) {
      Trace trace = traces.get(p);
      PathOffset lateral = ownLateral[p];
      PathOffset width = ownWidth[p];
      lateral.clear(trace.path().valley() ? valleySdUm : lineSdUm);
      width.clear(useWidth ? widthSd : WIDTH_SD);
      for (int i = 0; i < trace.size(); i++) {
        rows.lateral(row, trace, i, before);
        double sd = noise.lateralSdUm(p, i);
        add(equations, row, lateral, row.weight(before, lateral.value, sd));
        if (useWidth && rows.width(row, trace, i, before)) {
          sd = noise.widthSd(p, i);
          add(equations, row, width, row.weight(before, width.value, sd));
        }
      }
      lateral.eliminate(equations);
      width.eliminate(equations);
    }
    priors(equations);
    return equations.solve();
  }

  private void priors(NormalEquations equations) {
    for (int i = 0; i < AxisUnknowns.NUISANCE; i++) {
      equations.prior(
          i,
          i < AxisUnknowns.AFFINE
              ? AFFINE_SD_UM
              : i < AxisUnknowns.AFFINE + AxisUnknowns.PERSPECTIVE
                  ? PERSPECTIVE_SD_UM
                  : LENS_SD_UM);
    }
    for (int i = 0; i < unknowns.shapes(); i++) {
      equations.prior(AxisUnknowns.NUISANCE + i, SHAPE_SD_UM);
    }
    equations.prior(unknowns.firstBacklash(), BACKLASH_SD_UM);
    equations.prior(unknowns.firstBacklash() + 1, BACKLASH_SD_UM);
    gains.priors(equations);
    for (int i = unknowns.firstPeriod(0); i < unknowns.firstBead(); i++) {
      equations.prior(i, PERIOD_SD_UM);
    }
    for (int i = 0; i < unknowns.beads(); i++) {
      equations.prior(unknowns.firstBead() + i, beadSdUm);
      equations.prior(unknowns.firstBreadth() + i, breadthSdUm);
    }
  }

  private static void add(NormalEquations equations, SampleRow row, PathOffset own, double weight) {
    equations.add(row.unknowns, row.factors, row.count, row.value, weight);
    own.add(row, weight);
  }

  private static FittedAxes.Affine affine(NormalEquations.Solution s, Toolpath toolpath) {
    // Unknowns are um at the rim.
    double perX = 2 / toolpath.widthMm();
    double perY = 2 / toolpath.heightMm();
    int xx = AxisUnknowns.X_BY_X;
    int xy = AxisUnknowns.X_BY_Y;
    int yx = AxisUnknowns.Y_BY_X;
    int yy = AxisUnknowns.Y_BY_Y;
    double shearVariance =
        perY * perY * s.covariance(xy, xy)
            + 2 * perX * perY * s.covariance(xy, yx)
            + perX * perX * s.covariance(yx, yx);
    return new FittedAxes.Affine(
        perX * s.values()[xx],
        perX * Math.sqrt(s.covariance(xx, xx)),
        perY * s.values()[yy],
        perY * Math.sqrt(s.covariance(yy, yy)),
        perY * s.values()[xy] + perX * s.values()[yx],
        Math.sqrt(shearVariance));
  }

  private Map<Axis, AxisComponent> components(NormalEquations.Solution solution) {
    Map<Axis, AxisComponent> components = new EnumMap<>(Axis.class);
    for (int a = 0; a < 2; a++) {
      int first = unknowns.firstPeriod(a);
      int n = 2 * unknowns.periods(a).length;
      int tooth = first;
      for (int k = 0; k < unknowns.periods(a).length; k++) {
        if (unknowns.periods(a)[k] == AxisUnknowns.TOOTH_MM) {
          tooth = first + 2 * k;
        }
      }
      double toothSe =
          Math.sqrt(
              Math.max(
                  solution.covariance(tooth, tooth), solution.covariance(tooth + 1, tooth + 1)));
      int used = beadsOf(unknowns.axis(a));
      if (!(toothSe < WORST_TOOTH_SE_UM) || used < LEAST_BEADS) {
        continue;
      }
      double[] covariance = new double[n * (n + 1) / 2];
      int k = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
          covariance[k++] = solution.covariance(first + i, first + j);
        }
      }
      int back = unknowns.firstBacklash() + a;
      double backlashSe = Math.sqrt(solution.covariance(back, back));
      boolean backlash = backlashSe < WORST_BACKLASH_SE_UM;
      components.put(
          unknowns.axis(a),
          new AxisComponent(
              unknowns.axis(a),
              unknowns.periods(a),
              Arrays.copyOfRange(solution.values(), first, first + n),
              covariance,
              backlash ? solution.values()[back] : null,
              backlash ? backlashSe : null,
              beadSdUm,
              used));
    }
    return components;
  }

  /** How many beads say something of an axis. */
  private int beadsOf(Axis axis) {
    Map<Segment, Boolean> seen = new IdentityHashMap<>();
    for (Trace trace : traces) {
      Segment line = trace.path().line();
      double gain = -line.directionY() * axis.movesX() + line.directionX() * axis.movesY();
      if (Math.abs(gain) > 0.3) {
        seen.put(trace.path().bead(), true);
      }
    }
    return seen.size();
  }
}
