package dev.whorl.fingerprint.surface;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Aligns measured slopes with expected ones: a robust Gauss-Newton on the eight numbers of a
 * homography, both slopes at once, from smooth to fine (efficient second-order minimisation, Malis
 * 2004).
 */
final class Refinement {
  /** Smoothing per stage: first the raster (0.43 mm) must be invisible, or it aliases. */
  private static final double[] SIGMA_MM = {0.8, 0.45, 0.25, 0.12};

  /** Two bands: around a bead's edges (wavelength 0.4 mm), and around a marker's cells (1.5 mm). */
  private static final double[] DETAIL_SIGMA_MM = {0.04, 0.08, 0.2, 0.35};

  /**
   * The coupon's outer walls face outwards only, and their shadows with them, which would read as
   * scale: the fine stages leave this rim out.
   */
  private static final double RIM_MM = 0.9;

  /** Stages finer than this align well enough to do without the rim. */
  private static final double FINE_SIGMA_MM = 0.3;

  private static final int ITERATIONS = 12;

  /** Movement at the coupon's edge below which a stage has converged. */
  private static final double CONVERGED_MM = 0.0003;

  private static final int TILES = 6;

  private final ExpectedRelief expected;
  private final double coupWidthMm;
  private final double coupHeightMm;

  Refinement(ExpectedRelief expected, double widthMm, double heightMm) {
    this.expected = expected;
    this.coupWidthMm = widthMm;
    this.coupHeightMm = heightMm;
  }

  /** An alignment, with what was measured resampled to the coupon at the finest stage. */
  final class Result {
    private final Homography couponToImage;
    private final Stage stage;
    private final double detail;

    private Result(Homography couponToImage, Stage stage, double detail) {
      this.couponToImage = couponToImage;
      this.stage = stage;
      this.detail = detail;
    }

    /** Coupon mm to pixel of the measured slopes' image. */
    Homography couponToImage() {
      return couponToImage;
    }

    /** Correlation of measured and expected slopes over the coupon, -1..1. */
    double match() {
      return stage.correlation();
    }

    /** Gain of the relief at bead scale over its gain at marker scale. */
    double detail() {
      return detail;
    }

    /** RMS displacement left over patches of several mm, in mm; NaN where none can say. */
    double residualMm() {
      return stage.tiles().residualMm();
    }

    /** How many patches had enough relief in both directions to say so. */
    int tiles() {
      return stage.tiles().count();
    }

    /** RMS displacement left of the markers, in mm; 0 where none can say. */
    double markerResidualMm(List<ExpectedCoupon.MarkerPlace> markers) {
      double sum = 0;
      int n = 0;
      for (ExpectedCoupon.MarkerPlace m : markers) {
        double d2 =
            stage.displacement2(m.xMm(), m.yMm(), m.xMm() + m.sideMm(), m.yMm() + m.sideMm());
        if (!Double.isNaN(d2)) {
          sum += d2;
          n++;
        }
      }
      return n == 0 ? 0 : Math.sqrt(sum / n);
    }

    /** Height in expected pixels, coupon frame, without waves longer than a marker and a half. */
    float[] heightMap(ExpectedRelief frame) {
      return HeightIntegral.of(
          stage.measuredX, stage.measuredY, frame.width, frame.height, 9 * frame.pxPerMm);
    }
  }

  /**
   * Aligns from smooth to fine.
   *
   * @param sx slopes along coupon X, image frame
   * @param start coupon mm to image pixel, right to about 0.8 mm
   */
  Result refine(float[] sx, float[] sy, int width, int height, Homography start) {
    Homography at = start;
    Stage stage = null;
    double[] j = start.jacobian(coupWidthMm / 2, coupHeightMm / 2);
    double imagePxPerMm = Math.sqrt(Math.abs(j[0] * j[3] - j[1] * j[2]));
    for (double sigmaMm : SIGMA_MM) {
      stage = new Stage(sx, sy, width, height, sigmaMm, imagePxPerMm);
      for (int i = 0; i < ITERATIONS; i++) {
        stage.warp(at);
        double[] step = stage.step();
        at = at.after(toCoupon(step));
        if (largest(step) * coupWidthMm / 2 < CONVERGED_MM) {
          break;
        }
      }
    }
    if (stage == null) {
      throw new IllegalArgumentException("there is no stage");
    }
    stage.warp(at);
    double detail = detail(sx, sy, width, height, at, imagePxPerMm);
    return new Result(at, stage, detail);
  }

  /** Bead edges are what the finer smoothing keeps and the coarser loses. */
  private double detail(
      float[] sx, float[] sy, int width, int height, Homography at, double imagePxPerMm) {
    Stage[] stages = new Stage[DETAIL_SIGMA_MM.length];
    for (int i = 0; i < stages.length; i++) {
      stages[i] = new Stage(sx, sy, width, height, DETAIL_SIGMA_MM[i], imagePxPerMm);
      stages[i].warp(at);
    }
    double fine = stages[0].gainOfDifference(stages[1]);
    double coarse = stages[2].gainOfDifference(stages[3]);
    return coarse > 0 ? Math.max(0, fine) / coarse : 0;
  }

  private static double largest(double[] step) {
    double largest = 0;
    for (double p : step) {
      largest = Math.max(largest, Math.abs(p));
    }
    return largest;
  }

  /** A step in centred unit coordinates as a map of coupon mm. */
  private Homography toCoupon(double[] p) {
    double cx = coupWidthMm / 2;
    double cy = coupHeightMm / 2;
    Homography unit = Homography.affine(1 / cx, 0, -1, 0, 1 / cy, -1);
    Homography step =
        new Homography(new double[] {1 + p[0], p[1], p[2], p[3], 1 + p[4], p[5], p[6], p[7], 1});
    return unit.inverse().after(step).after(unit);
  }

  private record Tiles(double residualMm, int count) {}

  /** One smoothing scale. */
  private final class Stage {
    private final float[] imageX;
    private final float[] imageY;
    private final int imageWidth;
    private final int imageHeight;
    private final float[] modelX;
    private final float[] modelY;
    private final int w = expected.width;
    private final int h = expected.height;
    private final int rimPx;
    private float[] measuredX = new float[0];
    private float[] measuredY = new float[0];

    Stage(float[] sx, float[] sy, int width, int height, double sigmaMm, double imagePxPerMm) {
      imageX = Blur.gaussian(sx, width, height, sigmaMm * imagePxPerMm);
      imageY = Blur.gaussian(sy, width, height, sigmaMm * imagePxPerMm);
      rimPx = sigmaMm < FINE_SIGMA_MM ? (int) (RIM_MM * expected.pxPerMm) : 1;
      imageWidth = width;
      imageHeight = height;
      modelX = Blur.gaussian(expected.slopeX, w, h, sigmaMm * expected.pxPerMm);
      modelY = Blur.gaussian(expected.slopeY, w, h, sigmaMm * expected.pxPerMm);
    }

    void warp(Homography couponToImage) {
      Homography grid = couponToImage.after(gridToCoupon());
      measuredX = Warp.floats(imageX, imageWidth, imageHeight, grid, w, h);
      measuredY = Warp.floats(imageY, imageWidth, imageHeight, grid, w, h);
    }

    private Homography gridToCoupon() {
      double s = 1 / expected.pxPerMm;
      double o = -expected.marginPx * s;
      return Homography.affine(s, 0, o, 0, s, o);
    }

    private double gain(float[] measured, float[] model) {
      double mm = 1e-12;
      double sm = 0;
      for (int i = 0; i < model.length; i++) {
        mm += model[i] * model[i];
        sm += measured[i] * model[i];
      }
      return sm / mm;
    }

    private double scale(double gx, double gy) {
      // Robust spread from every 7th residual of both slopes; the stride is prime to any width.
      int n = measuredX.length / 7;
      float[] r = new float[2 * n];
      for (int i = 0; i < n; i++) {
        r[2 * i] = (float) Math.abs(measuredX[7 * i] - gx * modelX[7 * i]);
        r[2 * i + 1] = (float) Math.abs(measuredY[7 * i] - gy * modelY[7 * i]);
      }
      Arrays.sort(r);
      return Math.max(1e-6, 1.4826 * r[n]);
    }

    /** Gain of measured over expected slopes in the band between two smoothings. */
    double gainOfDifference(Stage smoother) {
      double mm = 1e-12;
      double sm = 0;
      for (int i = 0; i < modelX.length; i++) {
        double mx = modelX[i] - smoother.modelX[i];
        double my = modelY[i] - smoother.modelY[i];
        mm += mx * mx + my * my;
        sm += mx * (measuredX[i] - smoother.measuredX[i]);
        sm += my * (measuredY[i] - smoother.measuredY[i]);
      }
      return sm / mm;
    }

    double[] step() {
      double gx = Math.max(0.02, gain(measuredX, modelX));
      double gy = Math.max(0.02, gain(measuredY, modelY));
      double huber = 2 * scale(gx, gy);
      double[][] normal = new double[8][8];
      double[] right = new double[8];
      double[] row = new double[8];
      int margin = expected.marginPx;
      double unitX = coupWidthMm / 2;
      double unitY = coupHeightMm / 2;
      for (int r = margin + rimPx; r < h - margin - rimPx; r++) {
        double v = (r - margin) / expected.pxPerMm / unitY - 1;
        for (int c = margin + rimPx; c < w - margin - rimPx; c++) {
          double u = (c - margin) / expected.pxPerMm / unitX - 1;
          int i = r * w + c;
          accumulate(measuredX, modelX, gx, i, u, v, unitX, unitY, huber, normal, right, row);
          accumulate(measuredY, modelY, gy, i, u, v, unitX, unitY, huber, normal, right, row);
        }
      }
      for (int a = 0; a < 8; a++) {
        normal[a][a] *= 1 + 1e-6;
        for (int b = 0; b < a; b++) {
          normal[a][b] = normal[b][a];
        }
      }
      try {
        double[] p = Homography.solve(normal, right);
        // No step may leave the smoothing's reach.
        double limit = 1.0 / unitX;
        for (int a = 0; a < 8; a++) {
          p[a] = Math.max(-limit, Math.min(limit, p[a]));
        }
        return p;
      } catch (SingularMatrixException e) {
        return new double[8];
      }
    }

    private void accumulate(
        float[] measured,
        float[] model,
        double gain,
        int i,
        double u,
        double v,
        double unitX,
        double unitY,
        double huber,
        double[][] normal,
        double[] right,
        double[] row) {
      double residual = gain * model[i] - measured[i];
      double weight = Math.abs(residual) <= huber ? 1 : huber / Math.abs(residual);
      // Mean of both gradients, per unit coordinate.
      double scaleU = 0.25 * expected.pxPerMm * unitX;
      double scaleV = 0.25 * expected.pxPerMm * unitY;
      double fu =
          scaleU * (measured[i + 1] - measured[i - 1] + gain * (model[i + 1] - model[i - 1]));
      double fv =
          scaleV * (measured[i + w] - measured[i - w] + gain * (model[i + w] - model[i - w]));
      double radial = fu * u + fv * v;
      row[0] = fu * u;
      row[1] = fu * v;
      row[2] = fu;
      row[3] = fv * u;
      row[4] = fv * v;
      row[5] = fv;
      row[6] = -radial * u;
      row[7] = -radial * v;
      for (int a = 0; a < 8; a++) {
        double wa = weight * row[a];
        right[a] += wa * residual;
        for (int b = a; b < 8; b++) {
          normal[a][b] += wa * row[b];
        }
      }
    }

    Tiles tiles() {
      double sum = 0;
      int count = 0;
      for (int ty = 0; ty < TILES; ty++) {
        for (int tx = 0; tx < TILES; tx++) {
          double d2 =
              displacement2(
                  coupWidthMm * tx / TILES,
                  coupHeightMm * ty / TILES,
                  coupWidthMm * (tx + 1) / TILES,
                  coupHeightMm * (ty + 1) / TILES);
          if (!Double.isNaN(d2)) {
            sum += d2;
            count++;
          }
        }
      }
      return new Tiles(count == 0 ? Double.NaN : Math.sqrt(sum / count), count);
    }

    /** Squared displacement of a rectangle in mm^2; NaN where it lacks relief in some direction. */
    double displacement2(double x0Mm, double y0Mm, double x1Mm, double y1Mm) {
      double s = expected.pxPerMm;
      int m = expected.marginPx;
      return tile(
          (int) (x0Mm * s) + m + 1,
          (int) (x1Mm * s) + m - 1,
          (int) (y0Mm * s) + m + 1,
          (int) (y1Mm * s) + m - 1,
          gain(measuredX, modelX),
          gain(measuredY, modelY));
    }

    private double tile(int c0, int c1, int r0, int r1, double gx, double gy) {
      double uu = 0;
      double uv = 0;
      double vv = 0;
      double bu = 0;
      double bv = 0;
      for (int r = r0; r < r1; r++) {
        for (int c = c0; c < c1; c++) {
          int i = r * w + c;
          for (int axis = 0; axis < 2; axis++) {
            float[] measured = axis == 0 ? measuredX : measuredY;
            float[] model = axis == 0 ? modelX : modelY;
            double g = axis == 0 ? gx : gy;
            double fu = 0.5 * g * (model[i + 1] - model[i - 1]);
            double fv = 0.5 * g * (model[i + w] - model[i - w]);
            double residual = g * model[i] - measured[i];
            uu += fu * fu;
            uv += fu * fv;
            vv += fv * fv;
            bu += fu * residual;
            bv += fv * residual;
          }
        }
      }
      double det = uu * vv - uv * uv;
      if (!(det > 0.05 * uu * vv) || Math.min(uu, vv) < 0.05 * Math.max(uu, vv)) {
        return Double.NaN;
      }
      double du = (vv * bu - uv * bv) / det / expected.pxPerMm;
      double dv = (uu * bv - uv * bu) / det / expected.pxPerMm;
      return du * du + dv * dv;
    }

    private double correlation() {
      double mm = 0;
      double ss = 0;
      double sm = 0;
      int margin = expected.marginPx + 2;
      for (int r = margin; r < h - margin; r++) {
        for (int c = margin; c < w - margin; c++) {
          int i = r * w + c;
          mm += modelX[i] * modelX[i] + modelY[i] * modelY[i];
          ss += measuredX[i] * measuredX[i] + measuredY[i] * measuredY[i];
          sm += modelX[i] * measuredX[i] + modelY[i] * measuredY[i];
        }
      }
      return mm > 0 && ss > 0 ? sm / Math.sqrt(mm * ss) : 0;
    }
  }
}
