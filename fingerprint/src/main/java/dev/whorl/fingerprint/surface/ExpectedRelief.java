package dev.whorl.fingerprint.surface;

import java.util.Arrays;

/**
 * The slopes that a program's top face should have, on a coupon-frame grid (row 0 lowest). A line
 * is a bead with a parabolic crown; only where it lies matters here, its exact shape does not,
 * because matching fits the gain.
 */
final class ExpectedRelief {
  /** Walls are steeper than any lamp can show; beyond this a slope reads the same. */
  private static final float STEEPEST = 0.7f;

  final int width;
  final int height;
  final double pxPerMm;
  final int marginPx;
  final float[] heightMm;
  final float[] slopeX;
  final float[] slopeY;

  private ExpectedRelief(int width, int height, double pxPerMm, int marginPx, float[] z) {
    this.width = width;
    this.height = height;
    this.pxPerMm = pxPerMm;
    this.marginPx = marginPx;
    this.heightMm = z;
    this.slopeX = new float[z.length];
    this.slopeY = new float[z.length];
    float half = (float) (pxPerMm / 2);
    for (int r = 1; r < height - 1; r++) {
      for (int c = 1; c < width - 1; c++) {
        int i = r * width + c;
        slopeX[i] = clip((z[i + 1] - z[i - 1]) * half);
        slopeY[i] = clip((z[i + width] - z[i - width]) * half);
      }
    }
  }

  private static float clip(float slope) {
    return Math.max(-STEEPEST, Math.min(STEEPEST, slope));
  }

  static ExpectedRelief of(ExpectedCoupon coupon, double pxPerMm, double marginMm) {
    int margin = (int) Math.round(marginMm * pxPerMm);
    int width = (int) Math.ceil(coupon.widthMm() * pxPerMm) + 1 + 2 * margin;
    int height = (int) Math.ceil(coupon.heightMm() * pxPerMm) + 1 + 2 * margin;
    float[] z = new float[width * height];
    Arrays.fill(z, 0);
    double h = coupon.layerMm();
    for (ExpectedCoupon.Line line : coupon.lines()) {
      // A flat bead's width at area A: a rectangle with round flanks.
      double halfWidthMm = 0.5 * (line.areaMm2() / h + h * (1 - Math.PI / 4));
      lay(z, width, height, pxPerMm, margin, line, halfWidthMm, h);
    }
    return new ExpectedRelief(width, height, pxPerMm, margin, z);
  }

  private static void lay(
      float[] z,
      int width,
      int height,
      double pxPerMm,
      int margin,
      ExpectedCoupon.Line line,
      double halfWidthMm,
      double layerMm) {
    double x0 = line.x0Mm() * pxPerMm + margin;
    double y0 = line.y0Mm() * pxPerMm + margin;
    double dx = (line.x1Mm() - line.x0Mm()) * pxPerMm;
    double dy = (line.y1Mm() - line.y0Mm()) * pxPerMm;
    double length2 = dx * dx + dy * dy;
    double radius = halfWidthMm * pxPerMm;
    int low = (int) Math.max(0, Math.floor(Math.min(y0, y0 + dy) - radius));
    int high = (int) Math.min(height - 1, Math.ceil(Math.max(y0, y0 + dy) + radius));
    for (int r = low; r <= high; r++) {
      // The part of this row within reach of the line; a generous bound for slanted ones.
      double from = Math.min(x0, x0 + dx);
      double to = Math.max(x0, x0 + dx);
      if (Math.abs(dy) > 1e-9) {
        double ta = Math.max(0, Math.min(1, (r - radius - y0) / dy));
        double tb = Math.max(0, Math.min(1, (r + radius - y0) / dy));
        from = x0 + Math.min(ta * dx, tb * dx);
        to = x0 + Math.max(ta * dx, tb * dx);
      }
      int left = (int) Math.max(0, Math.floor(from - radius));
      int right = (int) Math.min(width - 1, Math.ceil(to + radius));
      for (int c = left; c <= right; c++) {
        double t = length2 == 0 ? 0 : ((c - x0) * dx + (r - y0) * dy) / length2;
        t = Math.max(0, Math.min(1, t));
        double ex = c - x0 - t * dx;
        double ey = r - y0 - t * dy;
        double d2 = (ex * ex + ey * ey) / (radius * radius);
        if (d2 < 1) {
          float top = (float) (line.topMm() - layerMm * d2 * 0.6);
          int i = r * width + c;
          z[i] = Math.max(z[i], top);
        }
      }
    }
  }
}
