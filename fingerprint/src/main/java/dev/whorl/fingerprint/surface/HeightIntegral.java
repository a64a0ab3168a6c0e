package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Height from slopes: the least-squares solution of Poisson's equation with free edges, by cosine
 * transform (Frankot and Chellappa 1988, Simchony et al. 1990), without its long waves, which
 * photometric stereo cannot know.
 */
final class HeightIntegral {
  private HeightIntegral() {}

  /**
   * @param slopeColumn dz per pixel of column, row-major
   * @param slopeRow dz per pixel of row
   * @param longestWavePx waves longer than this are taken out, softly
   * @return height in pixels, mean 0
   */
  static float[] of(
      float[] slopeColumn, float[] slopeRow, int width, int height, double longestWavePx) {
    // The transform wants even sides.
    int w = width + (width & 1);
    int h = height + (height & 1);
    float[] divergence = new float[w * h];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        // Slopes live between pixels here: half a pixel of shift, the same for every pixel.
        float left = c > 0 ? slopeColumn[i - 1] : 0;
        float below = r > 0 ? slopeRow[i - width] : 0;
        float here = c < width - 1 ? slopeColumn[i] : 0;
        float up = r < height - 1 ? slopeRow[i] : 0;
        divergence[r * w + c] = here - left + up - below;
      }
    }
    try (Mats mats = new Mats()) {
      Mat f = mats.keep(new Mat(h, w, CvType.CV_32F));
      f.put(0, 0, divergence);
      Core.dct(f, f);
      f.get(0, 0, divergence);
      // A wave of length L has pi*j/n = 2*pi/L.
      double cut = 2 * Math.PI / longestWavePx;
      IntStream.range(0, h)
          .parallel()
          .forEach(
              r -> {
                double wr = Math.PI * r / h;
                double er = 2 - 2 * Math.cos(wr);
                for (int c = 0; c < w; c++) {
                  double wc = Math.PI * c / w;
                  double e = er + 2 - 2 * Math.cos(wc);
                  double k2 = (wr * wr + wc * wc) / (cut * cut);
                  double pass = k2 * k2 / (1 + k2 * k2);
                  divergence[r * w + c] *= e > 0 ? (float) (-pass / e) : 0;
                }
              });
      f.put(0, 0, divergence);
      Core.idct(f, f);
      f.get(0, 0, divergence);
    }
    if (w == width && h == height) {
      return divergence;
    }
    float[] z = new float[width * height];
    for (int r = 0; r < height; r++) {
      System.arraycopy(divergence, r * w, z, r * width, width);
    }
    return z;
  }
}
