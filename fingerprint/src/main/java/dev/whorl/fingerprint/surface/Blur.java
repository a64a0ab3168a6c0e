package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Gaussian smoothing of float maps. */
final class Blur {
  private Blur() {}

  /** A new map; the edge is reflected. */
  static float[] gaussian(float[] map, int width, int height, double sigmaPx) {
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(height, width, CvType.CV_32F));
      m.put(0, 0, map);
      // A wide kernel costs its width; shrinking first costs nothing a blurred map would show.
      int shrink = (int) Math.max(1, Math.floor(sigmaPx / 4));
      Size small = new Size(Math.max(1, width / shrink), Math.max(1, height / shrink));
      if (shrink > 1) {
        Imgproc.resize(m, m, small, 0, 0, Imgproc.INTER_AREA);
      }
      Imgproc.GaussianBlur(
          m, m, new Size(0, 0), sigmaPx / shrink, sigmaPx / shrink, Core.BORDER_REFLECT);
      if (shrink > 1) {
        Imgproc.resize(m, m, new Size(width, height), 0, 0, Imgproc.INTER_LINEAR);
      }
      float[] out = new float[map.length];
      m.get(0, 0, out);
      return out;
    }
  }
}
