package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Lamp;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Each lamp as the coupon sees it: a point light whose power, beam and the lens's vignetting are
 * unknown and levelled out on the coupon, which is flat on average.
 *
 * <p>Where a lamp's distance is missing it follows from how brightness falls off across the coupon:
 * a flat Lambertian surface under a point lamp at distance d and elevation e brightens towards it
 * by d ln I / ds = 3 cos(e) / d at the centre.
 */
final class LampModel {
  /** Beyond this the light is parallel for all that a coupon can tell. */
  private static final double FARTHEST_MM = 3000;

  private static final double NEAREST_MM = 40;

  /** Polynomial terms of the levelling: 1, u, v, u^2, uv, v^2. */
  private static final int TERMS = 6;

  private final double centreXMm;
  private final double centreYMm;
  private final double[][] positionMm;
  private final double[][] level;
  private final double[] towards;

  private LampModel(
      double centreXMm,
      double centreYMm,
      double[][] positionMm,
      double[][] level,
      double[] towards) {
    this.centreXMm = centreXMm;
    this.centreYMm = centreYMm;
    this.positionMm = positionMm;
    this.level = level;
    this.towards = towards;
  }

  /**
   * @param light per lamp, coupon frame, row 0 lowest, coarse enough to average beads
   * @param grid where those samples lie
   */
  static LampModel fit(List<Lamp> lamps, float[][] light, Grid grid) {
    int n = lamps.size();
    double[][] logs = logs(light);
    double[][] gradients = new double[n][];
    for (int k = 0; k < n; k++) {
      double[] p = polynomial(logs[k], grid, TERMS);
      gradients[k] = new double[] {p[1] / grid.halfXMm, p[2] / grid.halfYMm};
    }
    double[] distanceMm = distances(lamps, gradients);
    double[][] position = new double[n][3];
    for (int k = 0; k < n; k++) {
      double[] d = lamps.get(k).direction();
      for (int a = 0; a < 3; a++) {
        position[k][a] = d[a] * distanceMm[k];
      }
    }
    double[] towards = new double[n];
    for (int k = 0; k < n; k++) {
      double[] d = lamps.get(k).direction();
      double flat = Math.hypot(d[0], d[1]);
      towards[k] = flat < 1e-6 ? 0 : (gradients[k][0] * d[0] + gradients[k][1] * d[1]) / flat;
    }
    // What the geometry does not explain.
    double[][] level = new double[n][];
    for (int k = 0; k < n; k++) {
      double[] rest = logs[k].clone();
      for (int i = 0; i < rest.length; i++) {
        rest[i] -=
            Math.log(fallOff(position[k], grid.x(i) - grid.centreX, grid.y(i) - grid.centreY));
      }
      logs[k] = rest;
    }
    subtractMean(logs);
    for (int k = 0; k < n; k++) {
      level[k] = polynomial(logs[k], grid, TERMS);
    }
    return new LampModel(grid.centreX, grid.centreY, position, level, towards)
        .scaled(grid.halfXMm, grid.halfYMm);
  }

  /** Where coarse samples lie on the coupon. */
  record Grid(
      int width,
      int height,
      double stepMm,
      double firstXMm,
      double firstYMm,
      double centreX,
      double centreY,
      double halfXMm,
      double halfYMm) {
    double x(int i) {
      return firstXMm + i % width * stepMm;
    }

    double y(int i) {
      return firstYMm + (double) (i / width) * stepMm;
    }

    double u(int i) {
      return (x(i) - centreX) / halfXMm;
    }

    double v(int i) {
      return (y(i) - centreY) / halfYMm;
    }
  }

  private LampModel scaled(double halfXMm, double halfYMm) {
    double[][] inMm = new double[level.length][];
    for (int k = 0; k < level.length; k++) {
      double[] p = level[k];
      inMm[k] =
          new double[] {
            p[0],
            p[1] / halfXMm,
            p[2] / halfYMm,
            p[3] / (halfXMm * halfXMm),
            p[4] / (halfXMm * halfYMm),
            p[5] / (halfYMm * halfYMm)
          };
    }
    return new LampModel(centreXMm, centreYMm, positionMm, inMm, towards);
  }

  /** Log light of each lamp less the mean of all, so that albedo and vignetting cancel. */
  private static double[][] logs(float[][] light) {
    double[][] logs = new double[light.length][light[0].length];
    for (int k = 0; k < light.length; k++) {
      for (int i = 0; i < logs[k].length; i++) {
        logs[k][i] = Math.log(Math.max(1e-5, light[k][i]));
      }
    }
    subtractMean(logs);
    return logs;
  }

  private static void subtractMean(double[][] logs) {
    for (int i = 0; i < logs[0].length; i++) {
      double mean = 0;
      for (double[] log : logs) {
        mean += log[i] / logs.length;
      }
      for (double[] log : logs) {
        log[i] -= mean;
      }
    }
  }

  /** Robust quadratic over unit coordinates: seven rounds of Tukey's biweight. */
  private static double[] polynomial(double[] values, Grid grid, int terms) {
    double[] p = new double[terms];
    double[] weight = new double[values.length];
    Arrays.fill(weight, 1);
    double[] row = new double[terms];
    for (int round = 0; round < 7; round++) {
      double[][] normal = new double[terms][terms];
      double[] right = new double[terms];
      for (int i = 0; i < values.length; i++) {
        row(grid.u(i), grid.v(i), row);
        for (int a = 0; a < terms; a++) {
          right[a] += weight[i] * row[a] * values[i];
          for (int b = 0; b < terms; b++) {
            normal[a][b] += weight[i] * row[a] * row[b];
          }
        }
      }
      try {
        p = Homography.solve(normal, right);
      } catch (SingularMatrixException e) {
        return p;
      }
      double[] residual = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        row(grid.u(i), grid.v(i), row);
        double fit = 0;
        for (int a = 0; a < terms; a++) {
          fit += p[a] * row[a];
        }
        residual[i] = values[i] - fit;
      }
      double[] sorted = residual.clone();
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = Math.abs(sorted[i]);
      }
      Arrays.sort(sorted);
      double width = Math.max(1e-6, 4.685 * 1.4826 * sorted[sorted.length / 2]);
      for (int i = 0; i < values.length; i++) {
        double t = residual[i] / width;
        weight[i] = Math.abs(t) < 1 ? (1 - t * t) * (1 - t * t) : 0;
      }
    }
    return p;
  }

  private static void row(double u, double v, double[] row) {
    row[0] = 1;
    row[1] = u;
    row[2] = v;
    row[3] = u * u;
    row[4] = u * v;
    row[5] = v * v;
  }

  /**
   * Known distances, and for the others those that explain the gradients: the gradients are known
   * but for one vector common to all lamps (vignetting, albedo).
   */
  private static double[] distances(List<Lamp> lamps, double[][] gradients) {
    int n = lamps.size();
    double[] distanceMm = new double[n];
    // Unknown slopes a_k >= 0 towards each lamp and the common vector, by alternating projection.
    double[] slope = new double[n];
    double commonX = 0;
    double commonY = 0;
    for (int round = 0; round < 50; round++) {
      double sumX = 0;
      double sumY = 0;
      for (int k = 0; k < n; k++) {
        Lamp lamp = lamps.get(k);
        double[] d = lamp.direction();
        double flat = Math.hypot(d[0], d[1]);
        OptionalDouble known = lamp.distanceMm();
        slope[k] =
            known.isPresent()
                ? 3 * flat / known.getAsDouble()
                : flat < 1e-6
                    ? 0
                    : ((gradients[k][0] - commonX) * d[0] + (gradients[k][1] - commonY) * d[1])
                        / flat;
        slope[k] = Math.max(3 * flat / FARTHEST_MM, Math.min(3 * flat / NEAREST_MM, slope[k]));
        if (flat > 1e-6) {
          sumX += gradients[k][0] - slope[k] * d[0] / flat;
          sumY += gradients[k][1] - slope[k] * d[1] / flat;
        }
        distanceMm[k] = known.orElse(flat < 1e-6 ? FARTHEST_MM : 3 * flat / slope[k]);
      }
      commonX = sumX / n;
      commonY = sumY / n;
    }
    return distanceMm;
  }

  /** Light on flat ground at (dx, dy) mm from the centre, relative to the centre's. */
  private static double fallOff(double[] lamp, double dx, double dy) {
    double ex = lamp[0] - dx;
    double ey = lamp[1] - dy;
    double z = lamp[2];
    double r2 = ex * ex + ey * ey + z * z;
    double r02 = lamp[0] * lamp[0] + lamp[1] * lamp[1] + z * z;
    double ratio = r02 / r2;
    return ratio * Math.sqrt(ratio);
  }

  int size() {
    return positionMm.length;
  }

  /** What flat ground there sends back, in the frame's own light units, albedo 1. */
  double expected(int lamp, double xMm, double yMm) {
    double dx = xMm - centreXMm;
    double dy = yMm - centreYMm;
    double[] p = level[lamp];
    double log = p[0] + p[1] * dx + p[2] * dy + p[3] * dx * dx + p[4] * dx * dy + p[5] * dy * dy;
    return Math.exp(log) * fallOff(positionMm[lamp], dx, dy);
  }

  /** Horizontal direction to the lamp over vertical, along coupon X. */
  double cotangentX(int lamp, double xMm) {
    return (positionMm[lamp][0] - (xMm - centreXMm)) / positionMm[lamp][2];
  }

  /** Horizontal direction to the lamp over vertical, along coupon Y. */
  double cotangentY(int lamp, double yMm) {
    return (positionMm[lamp][1] - (yMm - centreYMm)) / positionMm[lamp][2];
  }

  /** Distance of a lamp from the coupon's centre in mm, given or found. */
  double distanceMm(int lamp) {
    double[] p = positionMm[lamp];
    return Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
  }

  /** How log light grows per mm towards the lamp, relative to the mean of all lamps. */
  double brighteningPerMm(int lamp) {
    return towards[lamp];
  }

  /** Condition number of the unit directions at the coupon's centre. */
  static double condition(List<Lamp> lamps) {
    double[][] l = lamps.stream().map(Lamp::direction).toArray(double[][]::new);
    double c =
        new SingularValueDecomposition(new Array2DRowRealMatrix(l, false)).getConditionNumber();
    return Double.isFinite(c) ? c : Double.MAX_VALUE;
  }
}
