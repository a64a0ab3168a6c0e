package dev.whorl.fingerprint.trace;

import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Segment;

/**
 * The across-slope beside a line, straightened: mean over short bins along it. t counts to the left
 * of the line, sample j at (j - half) step.
 */
public final class Strip {
  public final double stepMm;

  public final int half;
  public final double binMm;

  /** Middle of each bin along the line. */
  public final double[] sMm;

  /** Bin by t. */
  public final float[][] slope;

  /** Bin by t: sum of confidence. */
  public final float[][] weight;

  private Strip(double stepMm, int half, double binMm, int bins) {
    this.stepMm = stepMm;
    this.half = half;
    this.binMm = binMm;
    this.sMm = new double[bins];
    this.slope = new float[bins][2 * half + 1];
    this.weight = new float[bins][2 * half + 1];
  }

  /** Samples across. */
  public int size() {
    return 2 * half + 1;
  }

  /** Samples the surface along a line, in bins of about {@code wantedBinMm}. */
  public static Strip sample(
      SurfaceMaps maps,
      Place place,
      Segment line,
      double fromMm,
      double toMm,
      double wantedBinMm,
      double halfWidthMm) {
    double step = 1 / maps.pxPerMm();
    int bins = Math.max(1, (int) Math.round((toMm - fromMm) / wantedBinMm));
    double bin = (toMm - fromMm) / bins;
    Strip strip = new Strip(step, (int) Math.ceil(halfWidthMm / step), bin, bins);
    int lines = Math.max(1, (int) Math.round(bin / step));
    double nx = -line.directionY();
    double ny = line.directionX();
    double[] sum = new double[strip.size()];
    double[] weight = new double[strip.size()];
    for (int b = 0; b < bins; b++) {
      strip.sMm[b] = fromMm + (b + 0.5) * bin;
      java.util.Arrays.fill(sum, 0);
      java.util.Arrays.fill(weight, 0);
      for (int k = 0; k < lines; k++) {
        double s = fromMm + b * bin + (k + 0.5) * bin / lines;
        double x = line.xMm(s, 0);
        double y = line.yMm(s, 0);
        double fromX = place.xMm(x, y);
        double fromY = place.yMm(x, y);
        for (int j = 0; j < sum.length; j++) {
          double t = (j - strip.half) * step;
          double atX = fromX + nx * t;
          double atY = fromY + ny * t;
          if (!maps.contains(atX, atY)) {
            continue;
          }
          double w = maps.sample(maps.confidence(), atX, atY);
          if (w > 0) {
            sum[j] +=
                w
                    * (nx * maps.sample(maps.slopeX(), atX, atY)
                        + ny * maps.sample(maps.slopeY(), atX, atY));
            weight[j] += w;
          }
        }
      }
      for (int j = 0; j < sum.length; j++) {
        strip.weight[b][j] = (float) weight[j];
        strip.slope[b][j] = weight[j] > 0 ? (float) (sum[j] / weight[j]) : 0;
      }
    }
    return strip;
  }
}
