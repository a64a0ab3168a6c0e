package dev.whorl.fingerprint.surface;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;

/** A plane-to-plane perspective map, row-major 3x3, scaled so that its last element is 1. */
record Homography(double[] h) {

  double x(double x, double y) {
    return (h[0] * x + h[1] * y + h[2]) / (h[6] * x + h[7] * y + h[8]);
  }

  double y(double x, double y) {
    return (h[3] * x + h[4] * y + h[5]) / (h[6] * x + h[7] * y + h[8]);
  }

  /** d(x', y')/d(x, y) at a point, row-major 2x2. */
  double[] jacobian(double x, double y) {
    double w = h[6] * x + h[7] * y + h[8];
    double u = (h[0] * x + h[1] * y + h[2]) / w;
    double v = (h[3] * x + h[4] * y + h[5]) / w;
    return new double[] {
      (h[0] - u * h[6]) / w, (h[1] - u * h[7]) / w, (h[3] - v * h[6]) / w, (h[4] - v * h[7]) / w
    };
  }

  /** This map after {@code first}. */
  Homography after(Homography first) {
    double[] a = h;
    double[] b = first.h;
    double[] c = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
      }
    }
    return normalised(c);
  }

  Homography inverse() {
    double[] m = h;
    return normalised(
        new double[] {
          m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
          m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
          m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        });
  }

  static Homography affine(double a, double b, double c, double d, double e, double f) {
    return new Homography(new double[] {a, b, c, d, e, f, 0, 0, 1});
  }

  static Homography normalised(double[] m) {
    double[] h = new double[9];
    for (int i = 0; i < 9; i++) {
      h[i] = m[i] / m[8];
    }
    return new Homography(h);
  }

  /**
   * Least squares from points: a similarity for one or two markers' worth (4 to 8 points), else a
   * full homography.
   *
   * @param from x, y pairs
   * @param to x, y pairs
   */
  static Homography fit(double[] from, double[] to, boolean perspective) {
    int n = from.length / 2;
    int unknowns = perspective ? 8 : 4;
    RealMatrix a = new Array2DRowRealMatrix(2 * n, unknowns);
    double[] b = new double[2 * n];
    // Centred and scaled to about 1, so that the perspective terms are well conditioned.
    Homography inner = conditioning(from);
    Homography outer = conditioning(to);
    for (int i = 0; i < n; i++) {
      double x = inner.x(from[2 * i], from[2 * i + 1]);
      double y = inner.y(from[2 * i], from[2 * i + 1]);
      double u = outer.x(to[2 * i], to[2 * i + 1]);
      double v = outer.y(to[2 * i], to[2 * i + 1]);
      if (perspective) {
        a.setRow(2 * i, new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y});
        a.setRow(2 * i + 1, new double[] {0, 0, 0, x, y, 1, -v * x, -v * y});
      } else {
        // y points down in photographs and up on coupons: the similarity is a mirrored one.
        a.setRow(2 * i, new double[] {x, y, 1, 0});
        a.setRow(2 * i + 1, new double[] {-y, x, 0, 1});
      }
      b[2 * i] = u;
      b[2 * i + 1] = v;
    }
    double[] p;
    try {
      p = new QRDecomposition(a).getSolver().solve(new ArrayRealVector(b)).toArray();
    } catch (SingularMatrixException e) {
      throw new IllegalArgumentException("points on one line give no homography", e);
    }
    Homography core =
        perspective
            ? new Homography(new double[] {p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 1})
            : affine(p[0], p[1], p[2], p[1], -p[0], p[3]);
    return outer.inverse().after(core).after(inner);
  }

  private static Homography conditioning(double[] points) {
    double mx = 0;
    double my = 0;
    int n = points.length / 2;
    for (int i = 0; i < n; i++) {
      mx += points[2 * i] / n;
      my += points[2 * i + 1] / n;
    }
    double spread = 0;
    for (int i = 0; i < n; i++) {
      spread += Math.hypot(points[2 * i] - mx, points[2 * i + 1] - my) / n;
    }
    double s = spread > 0 ? 1 / spread : 1;
    return affine(s, 0, -s * mx, 0, s, -s * my);
  }

  /** Solves a small symmetric system; null-free: throws when singular. */
  static double[] solve(double[][] normal, double[] right) {
    return new LUDecomposition(new Array2DRowRealMatrix(normal, false))
        .getSolver()
        .solve(new ArrayRealVector(right, false))
        .toArray();
  }
}
