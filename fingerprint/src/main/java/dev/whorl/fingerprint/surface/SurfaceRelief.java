package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The height of a surface, integrated from its slopes, for looking at: waves longer than a few mm
 * are taken out, because photometric stereo cannot know them.
 *
 * @param widthPx columns
 * @param heightPx rows, the first one lowest
 * @param pxPerMm resolution
 * @param heightMm row-major, mean about 0
 */
public record SurfaceRelief(int widthPx, int heightPx, double pxPerMm, float[] heightMm) {
  private static final double LONGEST_WAVE_MM = 8;

  /** A shadowed wall's slope is a guess; beyond this it would only smear the height. */
  private static final float STEEPEST = 1.2f;

  /**
   * Integrates a surface's slopes.
   *
   * @param maxSidePx the maps are shrunk until no side is longer
   */
  public static SurfaceRelief of(SurfaceMaps maps, int maxSidePx) {
    double scale = Math.min(1, (double) maxSidePx / Math.max(maps.widthPx(), maps.heightPx()));
    int w = (int) Math.round(maps.widthPx() * scale);
    int h = (int) Math.round(maps.heightPx() * scale);
    double pxPerMm = maps.pxPerMm() * w / maps.widthPx();
    float[] sx = shrunk(maps.slopeX(), maps, w, h);
    float[] sy = shrunk(maps.slopeY(), maps, w, h);
    float[] z = HeightIntegral.of(sx, sy, w, h, LONGEST_WAVE_MM * pxPerMm);
    for (int i = 0; i < z.length; i++) {
      z[i] /= (float) pxPerMm;
    }
    return new SurfaceRelief(w, h, pxPerMm, z);
  }

  private static float[] shrunk(float[] map, SurfaceMaps maps, int w, int h) {
    float[] clipped = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      clipped[i] = Math.max(-STEEPEST, Math.min(STEEPEST, map[i]));
    }
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(maps.heightPx(), maps.widthPx(), CvType.CV_32F));
      m.put(0, 0, clipped);
      Mat out = mats.mat();
      Imgproc.resize(m, out, new Size(w, h), 0, 0, Imgproc.INTER_AREA);
      float[] result = new float[w * h];
      out.get(0, 0, result);
      return result;
    }
  }
}
