package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Path;
import dev.whorl.fingerprint.trace.Trace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one sample knows: how much of every unknown is in a lateral displacement or in a width,
 * linear about the round before. Not thread-safe.
 */
final class AxisRows {
  /** Width follows the stretch of the way only where that is long against the bead's own width. */
  private static final double LEAST_WIDTH_PERIOD_MM = 1;

  private final Toolpath toolpath;
  private final AxisUnknowns unknowns;
  private final AxisGains gains;

  /** The four beads around a valley, under way. */
  private final SampleRow[] around = new SampleRow[4];

  AxisRows(Toolpath toolpath, AxisUnknowns unknowns, AxisGains gains) {
    this.toolpath = toolpath;
    this.unknowns = unknowns;
    this.gains = gains;
    Arrays.setAll(around, i -> new SampleRow(unknowns.size()));
  }

  /** The lateral sample i of a trace: displacement along the line's left normal. */
  void lateral(SampleRow row, Trace trace, int i, NormalEquations.@Nullable Solution before) {
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
    row.add(unknowns.shape(path), 1);
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
      SampleRow row,
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
        places[i] = before == null ? 0 : around[i].dot(before, unknowns.firstBead());
      }
    }
    boolean first = path.before() == null;
    boolean last = path.after() == null;
    double between = gains.response[0];
    double ahead = first ? 0 : gains.response[1];
    double behind = last ? 0 : gains.response[2];
    row.add(around[0], -ahead);
    row.add(around[1], 0.5 - between + ahead);
    row.add(around[2], 0.5 + between - behind);
    row.add(around[3], behind);
    // What one bead holds more than its neighbour pushes the valley away from it.
    breadth(row, path.bead(), 0.5);
    breadth(row, neighbour, -0.5);
    if (before != null) {
      row.add(unknowns.firstResponse(), places[2] - places[1]);
      row.add(unknowns.firstResponse() + 1, first ? 0 : places[1] - places[0]);
      row.add(unknowns.firstResponse() + 2, last ? 0 : places[3] - places[2]);
    }
  }

  private void breadth(SampleRow row, Segment bead, double part) {
    int unknown = unknowns.breadth(bead);
    if (unknown >= 0) {
      row.add(unknown, part);
    }
  }

  /** The valley's shift by unlike widths of its beads: a quarter pitch by their difference. */
  private void push(
      SampleRow row,
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
      Axis axis = unknowns.axis(a);
      double rate = axis.at(tx, ty);
      double gain = (tx * axis.movesX() + ty * axis.movesY()) * rate;
      double across = axis.at(-ty, tx) * aside;
      if (Math.abs(gain) < 0.05 || Math.abs(across) < 1e-6) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + x, toolpath.slotYMm() + y);
      int unknown = unknowns.firstPeriod(a);
      for (double period : unknowns.periods(a)) {
        if (widthShows(period)) {
          double omega = 2 * Math.PI / period;
          double mean = 0.5 * aside * gain * omega * sinc(binMm * Math.abs(rate) / period);
          double left = omega * (at + across);
          double right = omega * (at - across);
          double c = mean * (Math.sin(right) - Math.sin(left));
          double s = mean * (Math.cos(left) - Math.cos(right));
          row.add(unknown, gains.push * c);
          row.add(unknown + 1, gains.push * s);
          if (before != null) {
            predicted += c * before.values()[unknown] + s * before.values()[unknown + 1];
          }
        }
        unknown += 2;
      }
    }
    row.add(unknowns.push(), predicted);
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
      SampleRow row,
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
      Axis axis = unknowns.axis(a);
      double gain = nx * axis.movesX() + ny * axis.movesY();
      if (Math.abs(gain) < 1e-9) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + x, toolpath.slotYMm() + y);
      // A bin sees the mean over its length.
      double rate = Math.abs(axis.at(line.directionX(), line.directionY()));
      double run = binMm * rate;
      row.add(unknowns.firstBacklash() + a, -0.5 * gain * bead.cameFrom().of(axis));
      int unknown = unknowns.firstPeriod(a);
      for (double period : unknowns.periods(a)) {
        if (isolated && passesForSwing(line, rate, period)) {
          unknown += 2;
          continue;
        }
        double mean = gain * sinc(run / period);
        row.add(unknown++, mean * Math.cos(2 * Math.PI * at / period));
        row.add(unknown++, mean * Math.sin(2 * Math.PI * at / period));
      }
    }
    int own = unknowns.offset(bead);
    if (own >= 0) {
      row.add(own, 1);
    }
  }

  /** The width sample i of a trace: dw/w = -de/ds. False where the path has no width of its own. */
  boolean width(SampleRow row, Trace trace, int i, NormalEquations.@Nullable Solution before) {
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
      Axis axis = unknowns.axis(a);
      double rate = axis.at(tx, ty);
      double gain = (tx * axis.movesX() + ty * axis.movesY()) * rate;
      if (Math.abs(gain) < 0.05) {
        continue;
      }
      double at = axis.at(toolpath.slotXMm() + trace.xMm(i), toolpath.slotYMm() + trace.yMm(i));
      int unknown = unknowns.firstPeriod(a);
      for (double period : unknowns.periods(a)) {
        if (widthShows(period) && !passesForSwing(line, rate, period)) {
          double omega = 2 * Math.PI / period;
          double mean = gain * omega * 1e-3 * sinc(trace.binMm() * Math.abs(rate) / period);
          double c = mean * Math.sin(omega * at);
          double s = -mean * Math.cos(omega * at);
          row.add(unknown, gains.width * c);
          row.add(unknown + 1, gains.width * s);
          if (before != null) {
            predicted += c * before.values()[unknown] + s * before.values()[unknown + 1];
          }
        }
        unknown += 2;
      }
    }
    // The gain multiplies what is itself unknown: linear about the round before.
    row.add(unknowns.gain(), predicted);
    return true;
  }

  private static double sinc(double cycles) {
    double x = Math.PI * cycles;
    return Math.abs(x) < 1e-6 ? 1 : Math.sin(x) / x;
  }
}
