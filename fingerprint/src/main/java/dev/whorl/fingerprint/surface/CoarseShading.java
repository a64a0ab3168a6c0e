package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.Frames;
import dev.whorl.fingerprint.capture.Lamp;
import dev.whorl.fingerprint.capture.Mats;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The whole photograph, small, as local contrast under each lamp: light over the mean of all lamps
 * (which takes out colour and vignetting), over its own surroundings (which takes out lamp power
 * and fall-off), less 1. To first order it is minus slope times the lamp's cotangent, so two slopes
 * follow linearly without a calibration.
 */
final class CoarseShading {
  /** A 0.86 mm marker cell is 14 pixels, a 0.43 mm bead 7: enough for both, and quick. */
  static final double PX_PER_MM = 16;

  /** Surroundings over which a coupon is flat on average: several beads, less than a region. */
  private static final double SURROUNDINGS_MM = 3;

  /** A mean light below this part of the frame's mean is a hole, not a surface. */
  private static final double FLOOR = 0.03;

  final int width;
  final int height;

  /** Photograph pixels per pixel here, both directions. */
  final double factorX;

  final double factorY;

  /** Light 0..1 per lamp, row-major from the top. */
  final float[][] light;

  /** Local contrast per lamp. */
  final float[][] contrast;

  private final List<Lamp> lamps;

  private CoarseShading(
      int width,
      int height,
      double factorX,
      double factorY,
      float[][] light,
      float[][] contrast,
      List<Lamp> lamps) {
    this.width = width;
    this.height = height;
    this.factorX = factorX;
    this.factorY = factorY;
    this.light = light;
    this.contrast = contrast;
    this.lamps = lamps;
  }

  static CoarseShading of(Frames frames, CaptureMetadata metadata) {
    double shrink = Math.min(1, PX_PER_MM / metadata.pxPerMm());
    int width = Math.max(2, (int) Math.round(frames.widthPx() * shrink));
    int height = Math.max(2, (int) Math.round(frames.heightPx() * shrink));
    float[][] light =
        IntStream.range(0, frames.size())
            .parallel()
            .mapToObj(k -> shrunk(frames.light(k), width, height))
            .toArray(float[][]::new);
    double sigma = SURROUNDINGS_MM * metadata.pxPerMm() * shrink;
    float[][] contrast = contrast(light, width, height, sigma);
    return new CoarseShading(
        width,
        height,
        (double) frames.widthPx() / width,
        (double) frames.heightPx() / height,
        light,
        contrast,
        metadata.lamps());
  }

  private static float[] shrunk(Mat frame, int width, int height) {
    try (Mats mats = new Mats()) {
      Mat small = mats.mat();
      Imgproc.resize(frame, small, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
      Mat real = mats.mat();
      small.convertTo(real, CvType.CV_32F, 1.0 / 65535);
      float[] out = new float[width * height];
      real.get(0, 0, out);
      return out;
    }
  }

  private static float[][] contrast(float[][] light, int width, int height, double sigma) {
    int n = width * height;
    int lamps = light.length;
    float[] mean = new float[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (float[] one : light) {
        sum += one[i];
      }
      mean[i] = sum / lamps;
      total += mean[i];
    }
    float floor = (float) Math.max(1e-6, FLOOR * total / n);
    return IntStream.range(0, lamps)
        .parallel()
        .mapToObj(
            k -> {
              float[] ratio = new float[n];
              for (int i = 0; i < n; i++) {
                ratio[i] = Math.min(4f, (light[k][i] + 1e-4f * floor) / (mean[i] + floor));
              }
              float[] around = Blur.gaussian(ratio, width, height, sigma);
              for (int i = 0; i < n; i++) {
                float c = ratio[i] / Math.max(around[i], 1e-3f) - 1;
                ratio[i] = Math.max(-1f, Math.min(2f, c));
              }
              return ratio;
            })
        .toArray(float[][]::new);
  }

  /** Slopes along machine X and Y, one value per pixel, as the capture names its lamps. */
  float[][] slopes() {
    return slopes(cotangents());
  }

  /**
   * Slopes along machine X and Y were the lamps elsewhere.
   *
   * @param cotangents per lamp
   */
  float[][] slopes(double[][] cotangents) {
    int lamps = cotangents.length;
    double meanX = 0;
    double meanY = 0;
    for (double[] one : cotangents) {
      meanX += one[0] / lamps;
      meanY += one[1] / lamps;
    }
    double[][] q = new double[lamps][];
    for (int k = 0; k < lamps; k++) {
      q[k] = new double[] {cotangents[k][0] - meanX, cotangents[k][1] - meanY};
    }
    double xx = 1e-9;
    double xy = 0;
    double yy = 1e-9;
    for (double[] one : q) {
      xx += one[0] * one[0];
      xy += one[0] * one[1];
      yy += one[1] * one[1];
    }
    double det = xx * yy - xy * xy;
    float[] sx = new float[width * height];
    float[] sy = new float[width * height];
    for (int k = 0; k < q.length; k++) {
      float ax = (float) (-(yy * q[k][0] - xy * q[k][1]) / det);
      float ay = (float) (-(xx * q[k][1] - xy * q[k][0]) / det);
      float[] c = contrast[k];
      for (int i = 0; i < sx.length; i++) {
        sx[i] += ax * c[i];
        sy[i] += ay * c[i];
      }
    }
    return new float[][] {sx, sy};
  }

  /** Per lamp the horizontal part of its direction over the vertical part. */
  double[][] cotangents() {
    List<double[]> q = new ArrayList<>();
    for (Lamp lamp : lamps) {
      double[] d = lamp.direction();
      q.add(new double[] {d[0] / d[2], d[1] / d[2]});
    }
    return q.toArray(double[][]::new);
  }

  /** From a pixel of the photograph to one here; centres on integers in both. */
  Homography fromPhotograph() {
    return Homography.affine(
        1 / factorX, 0, 0.5 / factorX - 0.5, 0, 1 / factorY, 0.5 / factorY - 0.5);
  }
}
