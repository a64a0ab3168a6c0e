package dev.whorl.sim.bed;

import java.util.ArrayList;
import java.util.List;

/**
 * A nearly straight piece of a track, brought onto the columns of a grid: along the axis that it
 * follows more closely ("along"), one value per column, the other axis being "across". Columns
 * before the start and after the end are there too, for the rounded ends and the nozzle's flat.
 */
final class Run {

  /** A bend sharper than this begins another run; ringing bends less. */
  private static final double MAX_BEND_COS = Math.cos(Math.toRadians(30));

  /** From this length on bends are told from the chord, before from the first step. */
  private static final double CHORD_MM = 0.2;

  private static final double MIN_STEP_MM = 1e-6;

  /** Whether columns follow machine x; else machine y. */
  final boolean alongX;

  /** First column; may be off the grid. */
  final int firstColumn;

  /** Across position of the path at each column, in grid units. */
  final float[] across;

  /** Distance from the run's start at each column, mm; negative before it. */
  final float[] distanceMm;

  final float[] zMm;
  final float[] flowAreaMm2;

  /** Height of what lies under the path at each column, mm; filled in before anything is laid. */
  final float[] groundMm;

  final double lengthMm;

  /** Unit vector of travel. */
  final double directionX;

  final double directionY;

  private Run(
      List<double[]> points, double pxPerMm, double minXMm, double minYMm, double marginMm) {
    double[] start = points.get(0);
    double[] end = points.get(points.size() - 1);
    double dx = end[0] - start[0];
    double dy = end[1] - start[1];
    double chord = Math.hypot(dx, dy);
    directionX = dx / chord;
    directionY = dy / chord;
    alongX = Math.abs(dx) >= Math.abs(dy);
    int a = alongX ? 0 : 1;
    int b = 1 - a;
    double originAlong = alongX ? minXMm : minYMm;
    double originAcross = alongX ? minYMm : minXMm;
    double slope = alongX ? dy / dx : dx / dy;
    double sign = Math.signum(end[a] - start[a]);
    double low = Math.min(start[a], end[a]) - marginMm;
    double high = Math.max(start[a], end[a]) + marginMm;
    firstColumn = (int) Math.floor((low - originAlong) * pxPerMm);
    int columns = (int) Math.ceil((high - originAlong) * pxPerMm) - firstColumn + 1;
    across = new float[columns];
    distanceMm = new float[columns];
    zMm = new float[columns];
    flowAreaMm2 = new float[columns];
    groundMm = new float[columns];
    double[] passed = new double[points.size()];
    for (int i = 1; i < passed.length; i++) {
      double[] p = points.get(i - 1);
      double[] q = points.get(i);
      passed[i] = passed[i - 1] + Math.hypot(q[0] - p[0], q[1] - p[1]);
    }
    lengthMm = passed[passed.length - 1];
    int at = 0;
    for (int k = 0; k < columns; k++) {
      int column = sign > 0 ? k : columns - 1 - k;
      double along = originAlong + (firstColumn + column) / pxPerMm;
      while (at < passed.length - 2 && (along - points.get(at + 1)[a]) * sign > 0) {
        at++;
      }
      double[] p = points.get(at);
      double[] q = points.get(at + 1);
      double step = q[a] - p[a];
      double t = Math.abs(step) < MIN_STEP_MM ? 0.5 : (along - p[a]) / step;
      double position;
      if (t < 0 || t > 1) {
        double[] from = t < 0 ? start : end;
        position = from[b] + slope * (along - from[a]);
        double beyond = (along - from[a]) * sign * Math.sqrt(1 + slope * slope);
        distanceMm[column] = (float) (t < 0 ? beyond : lengthMm + beyond);
        t = t < 0 ? 0 : 1;
      } else {
        position = p[b] + t * (q[b] - p[b]);
        distanceMm[column] = (float) (passed[at] + t * (passed[at + 1] - passed[at]));
      }
      across[column] = (float) ((position - originAcross) * pxPerMm);
      zMm[column] = (float) (p[2] + t * (q[2] - p[2]));
      flowAreaMm2[column] = (float) (p[3] + t * (q[3] - p[3]));
    }
  }

  double headingDeg() {
    return Math.toDegrees(Math.atan2(directionY, directionX));
  }

  /** Cuts a track into runs. */
  static List<Run> of(Track track, Surface grid, double marginMm) {
    List<Run> runs = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    double firstX = 0;
    double firstY = 0;
    for (int i = 0; i < track.size(); i++) {
      double[] point = {
        track.xMm()[i], track.yMm()[i], track.zMm()[i], track.flowAreaMm2()[i],
      };
      if (points.isEmpty()) {
        points.add(point);
        continue;
      }
      double[] last = points.get(points.size() - 1);
      double dx = point[0] - last[0];
      double dy = point[1] - last[1];
      double step = Math.hypot(dx, dy);
      if (step < MIN_STEP_MM) {
        continue;
      }
      dx /= step;
      dy /= step;
      double chordX = last[0] - points.get(0)[0];
      double chordY = last[1] - points.get(0)[1];
      double chord = Math.hypot(chordX, chordY);
      if (points.size() == 1) {
        firstX = dx;
        firstY = dy;
      } else if (chord > CHORD_MM) {
        firstX = chordX / chord;
        firstY = chordY / chord;
      }
      if (points.size() > 1 && dx * firstX + dy * firstY < MAX_BEND_COS) {
        runs.add(new Run(points, grid.pxPerMm(), grid.minXMm(), grid.minYMm(), marginMm));
        points = new ArrayList<>();
        points.add(last);
        firstX = dx;
        firstY = dy;
      }
      points.add(point);
    }
    if (points.size() > 1) {
      runs.add(new Run(points, grid.pxPerMm(), grid.minXMm(), grid.minYMm(), marginMm));
    }
    return runs;
  }
}
