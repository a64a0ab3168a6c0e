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
import java.util.HashMap;
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
  /** Belt tooth of GT2, mm of belt. */
  private static final double TOOTH_MM = 2;

  /** A 1.8 degree motor has 50 electrical cycles and 200 full steps per turn. */
  private static final double CYCLES = 50;

  private static final double STEPS = 200;

  /** Width follows the stretch of the way only where that is long against the bead's own width. */
  private static final double LEAST_WIDTH_PERIOD_MM = 1;

  // Spread of what is not known beforehand, um at the coupon's rim where it depends on the place.
  private static final double AFFINE_SD_UM = 500;
  private static final double PERSPECTIVE_SD_UM = 100;
  // A lens of 1e-3 moves the coupon's edge by 17 um.
  private static final double LENS_SD_UM = 15;
  private static final double SHAPE_SD_UM = 8;
  private static final double BACKLASH_SD_UM = 100;
  private static final double PERIOD_SD_UM = 100;
  private static final double WIDTH_SD = 0.3;
  private static final double WIDTH_GAIN_SD = 0.3;
  private static final double PUSH_GAIN = 1.0;
  private static final double PUSH_GAIN_SD = 0.15;

  /**
   * What is known beforehand of a valley's answer to the three spacings around it: between its two
   * beads, and from either to the next one. A bead laid nearer to the one before it finds less room
   * and grows to its free side, as volume is kept; by how much, the coupon tells.
   */
  private static final double[] RESPONSE = {0, -0.1, 0.1};

  private static final double RESPONSE_SD = 0.1;
  private static final double MOST_RESPONSE = 0.6;

  /** If less of the stretch shows in the width, it is something else that shows. */
  private static final double LEAST_WIDTH_GAIN = 0.3;

  /** With a tooth known worse than this, the axis was not measured. */
  private static final double WORST_TOOTH_SE_UM = 10;

  private static final double WORST_BACKLASH_SE_UM = 8;
  private static final int LEAST_BEADS = 20;
  private static final int ROUNDS = 12;

  private static final int NUISANCE = 6 + 2 + 6 + 2;

  private final Toolpath toolpath;
  private final List<Trace> traces;
  private final Axis[] axes;
  private final double[][] periods;
  private final Map<String, Integer> shapes = new HashMap<>();
  private final Map<Segment, Integer> beads = new IdentityHashMap<>();
  private final int fixed;
  private final int firstBead;

  /** Of each bead, by how much its edges stand further out than its neighbours', um. */
  private final int firstBreadth;

  private final int size;

  /** What one path has of its own; eliminated from the equations and found again afterwards. */
  private final Own[] ownLateral;

  private final Own[] ownWidth;

  private double beadSdUm = 3;
  private double breadthSdUm = 4;
  private double valleySdUm = 2;
  private double lineSdUm = 1.5;
  private double widthSd = 0.03;
  private final double[] lateralNoise;
  private final double[] widthNoise;
  private boolean useWidth;

  /** What part of the stretch shows in the width; the coupon tells. */
  private double widthGain = 1;

  private double widthGainSe;

  /**
   * How far a bead that the stretch of the way makes wider than its neighbour pushes their valley
   * aside: 1 where both give way alike. The coupon tells.
   */
  private double pushGain = PUSH_GAIN;

  /** A valley's answer to the spacings: between its beads, before the first, after the second. */
  private final double[] response = RESPONSE.clone();

  private final Row[] around;

  private AxisFit(Toolpath toolpath, List<Trace> traces) {
    this.toolpath = toolpath;
    this.traces = traces;
    this.axes = toolpath.kinematics().axes().toArray(Axis[]::new);
    this.periods = new double[][] {periods(toolpath.pulleyXMm()), periods(toolpath.pulleyYMm())};
    for (Trace trace : traces) {
      shapes.putIfAbsent(trace.path().shape(), shapes.size());
      beads.putIfAbsent(trace.path().bead(), beads.size());
      Segment neighbour = trace.path().neighbour();
      if (neighbour != null) {
        beads.putIfAbsent(neighbour, beads.size());
      }
    }
    this.fixed = NUISANCE + shapes.size() + 7 + 2 * (periods[0].length + periods[1].length);
    this.firstBead = fixed;
    this.firstBreadth = firstBead + beads.size();
    this.size = firstBreadth + beads.size();
    this.around = new Row[4];
    Arrays.setAll(around, i -> new Row(size));
    this.ownLateral = new Own[traces.size()];
    this.ownWidth = new Own[traces.size()];
    Arrays.setAll(ownLateral, p -> new Own(size));
    Arrays.setAll(ownWidth, p -> new Own(size));
    this.lateralNoise = new double[traces.size()];
    this.widthNoise = new double[traces.size()];
    Arrays.fill(lateralNoise, 1);
    Arrays.fill(widthNoise, 1);
  }

  /** The periods an axis may show, longest first, mm of belt. */
  static double[] periods(double pulleyMm) {
    return Arrays.stream(
            new double[] {
              pulleyMm,
              pulleyMm / 2,
              pulleyMm / 3,
              TOOTH_MM,
              TOOTH_MM / 2,
              pulleyMm / CYCLES,
              pulleyMm / STEPS
            })
        .distinct()
        .sorted()
        .boxed()
        .sorted((a, b) -> Double.compare(b, a))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * Fits the axes.
   *
   * @return what could be measured; an axis the coupon does not tell of is missing
   */
  public static Map<Axis, AxisComponent> fit(Toolpath toolpath, List<Trace> all) {
    List<Trace> traces = all.stream().filter(t -> t.path().role() != Path.Role.OUT_LEG).toList();
    if (traces.isEmpty()) {
      return Map.of();
    }
    AxisFit fit = new AxisFit(toolpath, traces);
    // Width speaks of the way only if flow keeps time with the motor and not with the carriage.
    // Whether it does, and how much of it is seen, the coupon tells.
    NormalEquations.Solution both = fit.run(true);
    if (both == null || fit.widthGain < LEAST_WIDTH_GAIN || fit.widthGain < 4 * fit.widthGainSe) {
      fit = new AxisFit(toolpath, traces);
      both = fit.run(false);
    }
    return both == null ? Map.of() : fit.components(both);
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
      beadSdUm = beadSpread(solution, firstBead);
      breadthSdUm = beadSpread(solution, firstBreadth);
      valleySdUm = Math.max(0.3, spread(true));
      lineSdUm = Math.max(0.3, spread(false));
      pushGain = Math.max(-0.5, Math.min(2, pushGain + solution.values()[pushUnknown()]));
      for (int i = 0; i < response.length; i++) {
        double next = response[i] + solution.values()[firstResponse() + i];
        response[i] = Math.max(-MOST_RESPONSE, Math.min(MOST_RESPONSE, next));
      }
      if (withWidth) {
        int gain = gainUnknown();
        widthGain = Math.max(0.05, Math.min(1.5, widthGain + solution.values()[gain]));
        widthGainSe = Math.sqrt(solution.covariance(gain, gain));
        widthSd = Math.max(0.002, Own.spread(List.of(ownWidth)));
      }
      if (round == 2 || round == 6) {
        weighNoise(solution);
      }
    }
    return solution;
  }

  private double spread(boolean valleys) {
    List<Own> some = new ArrayList<>();
    for (int p = 0; p < traces.size(); p++) {
      if (traces.get(p).path().valley() == valleys) {
        some.add(ownLateral[p]);
      }
    }
    return Own.spread(some);
  }

  /** Expectation maximisation: mean square of the estimates plus of what is unknown about them. */
  private double beadSpread(NormalEquations.Solution s, int first) {
    double sum = 0;
    for (int i = first; i < first + beads.size(); i++) {
      sum += s.values()[i] * s.values()[i] + s.covariance(i, i);
    }
    return Math.max(0.3, Math.sqrt(sum / Math.max(1, beads.size())));
  }

  private NormalEquations.@Nullable Solution solve(NormalEquations.@Nullable Solution before) {
    NormalEquations equations = new NormalEquations(size);
    Row row = new Row(size);
    for (int p = 0; p < traces.size(); p++) {
      Trace trace = traces.get(p);
      Own lateral = ownLateral[p];
      Own width = ownWidth[p];
      lateral.clear(trace.path().valley() ? valleySdUm : lineSdUm);
      width.clear(useWidth ? widthSd : WIDTH_SD);
      for (int i = 0; i < trace.size(); i++) {
        lateral(row, p, i, before);
        double sd = Math.max(0.2, trace.lateralSeUm()[i]) * lateralNoise[p];
        add(equations, row, lateral, row.weight(before, lateral.value, sd));
        if (useWidth && width(row, p, i, before)) {
          sd = Math.max(0.002, trace.wideningSe()[i]) * widthNoise[p];
          add(equations, row, width, row.weight(before, width.value, sd));
        }
      }
      lateral.eliminate(equations);
      width.eliminate(equations);
    }
    for (int i = 0; i < NUISANCE; i++) {
      equations.prior(i, i < 6 ? AFFINE_SD_UM : i < 8 ? PERSPECTIVE_SD_UM : LENS_SD_UM);
    }
    for (int i = 0; i < shapes.size(); i++) {
      equations.prior(NUISANCE + i, SHAPE_SD_UM);
    }
    equations.prior(firstBacklash(), BACKLASH_SD_UM);
    equations.prior(firstBacklash() + 1, BACKLASH_SD_UM);
    equations.add(
        new int[] {gainUnknown()},
        new double[] {1},
        1,
        1 - widthGain,
        1 / (WIDTH_GAIN_SD * WIDTH_GAIN_SD));
    equations.add(
        new int[] {pushUnknown()},
        new double[] {1},
        1,
        PUSH_GAIN - pushGain,
        1 / (PUSH_GAIN_SD * PUSH_GAIN_SD));
    for (int i = 0; i < response.length; i++) {
      equations.add(
          new int[] {firstResponse() + i},
          new double[] {1},
          1,
          RESPONSE[i] - response[i],
          1 / (RESPONSE_SD * RESPONSE_SD));
    }
    for (int i = firstPeriod(0); i < fixed; i++) {
      equations.prior(i, PERIOD_SD_UM);
    }
    for (int i = 0; i < beads.size(); i++) {
      equations.prior(firstBead + i, beadSdUm);
      equations.prior(firstBreadth + i, breadthSdUm);
    }
    return equations.solve();
  }

  private static void add(NormalEquations equations, Row row, Own own, double weight) {
    equations.add(row.unknowns, row.factors, row.count, row.value, weight);
    own.add(row, weight);
  }

  private int firstBacklash() {
    return NUISANCE + shapes.size();
  }

  /** The correction of {@link #widthGain}. */
  private int gainUnknown() {
    return firstBacklash() + 2;
  }

  /** The correction of {@link #pushGain}. */
  private int pushUnknown() {
    return firstBacklash() + 3;
  }

  /** The corrections of {@link #response}. */
  private int firstResponse() {
    return firstBacklash() + 4;
  }

  private int firstPeriod(int axis) {
    return firstBacklash() + 7 + (axis == 0 ? 0 : 2 * periods[0].length);
  }

  /** The lateral sample i of trace p: displacement along the line's left normal. */
  private void lateral(Row row, int p, int i, NormalEquations.@Nullable Solution before) {
    Trace trace = traces.get(p);
    Path path = trace.path();
    Segment line = path.line();
    double nx = -line.directionY();
    double ny = line.directionX();
    double x = trace.xMm(i);
    double y = trace.yMm(i);
    row.clear(trace.lateralUm()[i]);
    double u = 2 * x / toolpath.widthMm() - 1;
    double v = 2 * y / toolpath.heightMm() - 1;
    row.add(0, nx);
    row.add(1, nx * u);
    row.add(2, nx * v);
    row.add(3, ny);
    row.add(4, ny * u);
    row.add(5, ny * v);
    row.add(6, u * (nx * u + ny * v));
    row.add(7, v * (nx * u + ny * v));
    row.add(8, nx * u * u);
    row.add(9, nx * u * v);
    row.add(10, nx * v * v);
    row.add(11, ny * u * u);
    row.add(12, ny * u * v);
    row.add(13, ny * v * v);
    double r2 = u * u + v * v;
    row.add(14, r2 * nx * u + r2 * ny * v);
    row.add(15, r2 * r2 * (nx * u + ny * v) / 2);
    row.add(NUISANCE + shape(path), 1);
    Segment neighbour = path.neighbour();
    if (neighbour == null) {
      bead(row, path.bead(), x, y, nx, ny, true, trace.binMm(), line);
    } else {
      valley(row, path, neighbour, x, y, trace.binMm(), before);
      push(row, x, y, line, trace.binMm(), before);
    }
  }

  /** A valley lies halfway between its two beads, and answers to the spacings around it. */
  private void valley(
      Row row,
      Path path,
      Segment neighbour,
      double x,
      double y,
      double binMm,
      NormalEquations.@Nullable Solution before) {
    Segment line = path.line();
    double nx = -line.directionY();
    double ny = line.directionX();
    double pitch = toolpath.pitchMm();
    @Nullable Segment[] beadsAround = {path.before(), path.bead(), neighbour, path.after()};
    double[] places = new double[4];
    for (int i = 0; i < around.length; i++) {
      around[i].clear(0);
      Segment bead = beadsAround[i];
      if (bead != null) {
        double aside = (i - 1.5) * pitch;
        bead(around[i], bead, x + nx * aside, y + ny * aside, nx, ny, false, binMm, line);
        places[i] = before == null ? 0 : around[i].dot(before, firstBead);
      }
    }
    boolean first = path.before() == null;
    boolean last = path.after() == null;
    double between = response[0];
    double ahead = first ? 0 : response[1];
    double behind = last ? 0 : response[2];
    row.add(around[0], -ahead);
    row.add(around[1], 0.5 - between + ahead);
    row.add(around[2], 0.5 + between - behind);
    row.add(around[3], behind);
    // What one bead holds more than its neighbour pushes the valley away from it.
    breadth(row, path.bead(), 0.5);
    breadth(row, neighbour, -0.5);
    if (before != null) {
      row.add(firstResponse(), places[2] - places[1]);
      row.add(firstResponse() + 1, first ? 0 : places[1] - places[0]);
      row.add(firstResponse() + 2, last ? 0 : places[3] - places[2]);
    }
  }

  private void breadth(Row row, Segment bead, double part) {
    Integer index = beads.get(bead);
    if (index != null) {
      row.add(firstBreadth + index, part);
    }
  }

  /** The valley's shift by unlike widths of its beads: a quarter pitch by their difference. */
  private void push(
      Row row,
      double x,
      double y,
      Segment line,
      double binMm,
      NormalEquations.@Nullable Solution before) {
    double tx = line.directionX();
    double ty = line.directionY();
    double aside = toolpath.pitchMm() / 2;
    double predicted = 0;
    for (int a = 0; a < 2; a++) {
      Axis axis = axes[a];
      double rate = axis.at(tx, ty);
      double gain = (tx * axis.movesX() + ty * axis.movesY()) * rate;
      double across = axis.at(-ty, tx) * aside;
      if (Math.abs(gain) < 0.05 || Math.abs(across) < 1e-6) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + x, toolpath.slotYMm() + y);
      int unknown = firstPeriod(a);
      for (double period : periods[a]) {
        if (widthShows(period)) {
          double omega = 2 * Math.PI / period;
          double mean = 0.5 * aside * gain * omega * sinc(binMm * Math.abs(rate) / period);
          double left = omega * (at + across);
          double right = omega * (at - across);
          double c = mean * (Math.sin(right) - Math.sin(left));
          double s = mean * (Math.cos(left) - Math.cos(right));
          row.add(unknown, pushGain * c);
          row.add(unknown + 1, pushGain * s);
          if (before != null) {
            predicted += c * before.values()[unknown] + s * before.values()[unknown + 1];
          }
        }
        unknown += 2;
      }
    }
    row.add(pushUnknown(), predicted);
  }

  /**
   * Whether a period, met at this speed, falls among the frequencies a frame swings at. What
   * lingers of a swing lasts for many mm and then passes for it: at 80 mm/s 28 Hz for a full step
   * of 0.2 mm on a bead tilted by 4 degrees, 40 Hz for a belt's tooth. Slower beads tell them
   * apart.
   */
  private static boolean passesForSwing(Segment line, double rate, double periodMm) {
    double hz = line.speedMmS() * Math.abs(rate) / periodMm;
    return hz > RingingFit.LOWEST_HZ && hz < RingingFit.HIGHEST_HZ;
  }

  private boolean widthShows(double periodMm) {
    return periodMm >= LEAST_WIDTH_PERIOD_MM && periodMm < toolpath.widthMm() / 2;
  }

  private void bead(
      Row row,
      Segment bead,
      double x,
      double y,
      double nx,
      double ny,
      boolean isolated,
      double binMm,
      Segment line) {
    // Rasters are printed slower than beads, and what neighbours share they show as one.
    for (int a = 0; a < 2; a++) {
      Axis axis = axes[a];
      double gain = nx * axis.movesX() + ny * axis.movesY();
      if (Math.abs(gain) < 1e-9) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + x, toolpath.slotYMm() + y);
      // A bin sees the mean over its length.
      double rate = Math.abs(axis.at(line.directionX(), line.directionY()));
      double run = binMm * rate;
      row.add(firstBacklash() + a, -0.5 * gain * bead.cameFrom().of(axis));
      int unknown = firstPeriod(a);
      for (double period : periods[a]) {
        if (isolated && passesForSwing(line, rate, period)) {
          unknown += 2;
          continue;
        }
        double mean = gain * sinc(run / period);
        row.add(unknown++, mean * Math.cos(2 * Math.PI * at / period));
        row.add(unknown++, mean * Math.sin(2 * Math.PI * at / period));
      }
    }
    Integer index = beads.get(bead);
    if (index != null) {
      row.add(firstBead + index, 1);
    }
  }

  /** The width sample i of trace p: dw/w = -de/ds. False where the path has no width of its own. */
  private boolean width(Row row, int p, int i, NormalEquations.@Nullable Solution before) {
    Trace trace = traces.get(p);
    Path path = trace.path();
    if (path.role() != Path.Role.BEAD) {
      return false;
    }
    Segment line = path.line();
    double tx = line.directionX();
    double ty = line.directionY();
    row.clear(trace.widening()[i]);
    double predicted = 0;
    for (int a = 0; a < 2; a++) {
      Axis axis = axes[a];
      double rate = axis.at(tx, ty);
      double gain = (tx * axis.movesX() + ty * axis.movesY()) * rate;
      if (Math.abs(gain) < 0.05) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + trace.xMm(i), toolpath.slotYMm() + trace.yMm(i));
      int unknown = firstPeriod(a);
      for (double period : periods[a]) {
        if (widthShows(period) && !passesForSwing(line, rate, period)) {
          double omega = 2 * Math.PI / period;
          double mean = gain * omega * 1e-3 * sinc(trace.binMm() * Math.abs(rate) / period);
          double c = mean * Math.sin(omega * at);
          double s = -mean * Math.cos(omega * at);
          row.add(unknown, widthGain * c);
          row.add(unknown + 1, widthGain * s);
          if (before != null) {
            predicted += c * before.values()[unknown] + s * before.values()[unknown + 1];
          }
        }
        unknown += 2;
      }
    }
    // The gain multiplies what is itself unknown: linear about the round before.
    row.add(gainUnknown(), predicted);
    return true;
  }

  /**
   * Neighbouring bins share noise. By how much the mean of four scatters more than independent ones
   * would, tells the factor; one per kind of path.
   */
  private void weighNoise(NormalEquations.Solution solution) {
    Row row = new Row(size);
    Map<String, double[]> lateral = new HashMap<>();
    Map<String, double[]> width = new HashMap<>();
    for (int p = 0; p < traces.size(); p++) {
      Trace trace = traces.get(p);
      String kind = kind(trace);
      double[] l = new double[trace.size()];
      double[] w = new double[trace.size()];
      for (int i = 0; i < trace.size(); i++) {
        lateral(row, p, i, solution);
        l[i] =
            (row.value - row.dot(solution, size) - ownLateral[p].value)
                / Math.max(0.2, trace.lateralSeUm()[i]);
        w[i] =
            useWidth && width(row, p, i, solution)
                ? (row.value - row.dot(solution, size) - ownWidth[p].value)
                    / Math.max(0.002, trace.wideningSe()[i])
                : 0;
      }
      gather(lateral.computeIfAbsent(kind, k -> new double[2]), l);
      gather(width.computeIfAbsent(kind, k -> new double[2]), w);
    }
    for (int p = 0; p < traces.size(); p++) {
      lateralNoise[p] = factor(lateral.get(kind(traces.get(p))));
      widthNoise[p] = factor(width.get(kind(traces.get(p))));
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

  private int shape(Path path) {
    Integer index = shapes.get(path.shape());
    return index == null ? 0 : index;
  }

  private static double sinc(double cycles) {
    double x = Math.PI * cycles;
    return Math.abs(x) < 1e-6 ? 1 : Math.sin(x) / x;
  }

  private Map<Axis, AxisComponent> components(NormalEquations.Solution solution) {
    Map<Axis, AxisComponent> components = new EnumMap<>(Axis.class);
    for (int a = 0; a < 2; a++) {
      int first = firstPeriod(a);
      int n = 2 * periods[a].length;
      int tooth = first;
      for (int k = 0; k < periods[a].length; k++) {
        if (periods[a][k] == TOOTH_MM) {
          tooth = first + 2 * k;
        }
      }
      double toothSe =
          Math.sqrt(
              Math.max(
                  solution.covariance(tooth, tooth), solution.covariance(tooth + 1, tooth + 1)));
      int used = beadsOf(axes[a]);
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
      int back = firstBacklash() + a;
      double backlashSe = Math.sqrt(solution.covariance(back, back));
      boolean backlash = backlashSe < WORST_BACKLASH_SE_UM;
      components.put(
          axes[a],
          new AxisComponent(
              axes[a],
              periods[a],
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

  /** One observation under way. */
  private static final class Row {
    final int[] unknowns;
    final double[] factors;

    /** Where an unknown stands in the lists, plus one; 0 where it does not. */
    private final int[] places;

    int count;
    double value;

    Row(int size) {
      unknowns = new int[size];
      factors = new double[size];
      places = new int[size];
    }

    void clear(double observed) {
      for (int i = 0; i < count; i++) {
        places[unknowns[i]] = 0;
      }
      count = 0;
      value = observed;
    }

    void add(int unknown, double factor) {
      if (factor == 0) {
        return;
      }
      int place = places[unknown];
      if (place > 0) {
        factors[place - 1] += factor;
        return;
      }
      unknowns[count] = unknown;
      factors[count++] = factor;
      places[unknown] = count;
    }

    void add(Row other, double times) {
      for (int i = 0; i < other.count; i++) {
        add(other.unknowns[i], times * other.factors[i]);
      }
    }

    double dot(NormalEquations.Solution solution, int below) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        if (unknowns[i] < below) {
          sum += factors[i] * solution.values()[unknowns[i]];
        }
      }
      return sum;
    }

    /** Huber: beyond three standard deviations weight falls off. */
    double weight(NormalEquations.@Nullable Solution before, double own, double sd) {
      double weight = 1 / (sd * sd);
      if (before == null) {
        return weight;
      }
      double r = Math.abs(value - own - dot(before, Integer.MAX_VALUE)) / sd;
      return r > 3 ? weight * 3 / r : weight;
    }
  }

  /**
   * An unknown that only one path's samples see. It is eliminated from the equations (a Schur
   * complement of size one) and its estimate found from the solution.
   */
  private static final class Own {
    private final double[] cross;
    private final boolean[] seen;
    private int[] touched = new int[64];
    private int count;
    private double weights;
    private double right;
    double value;
    double variance;

    Own(int size) {
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

    void add(Row row, double weight) {
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
    static double spread(List<Own> all) {
      double sum = 0;
      int n = 0;
      for (Own own : all) {
        if (own.count > 0) {
          sum += own.value * own.value + own.variance;
          n++;
        }
      }
      return n == 0 ? 0 : Math.sqrt(sum / n);
    }
  }
}
