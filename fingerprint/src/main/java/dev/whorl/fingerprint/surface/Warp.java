package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Resampling through a homography. */
final class Warp {
  private Warp() {}

  /**
   * @param outToIn pixel of the result to pixel of {@code map}
   * @return bilinear samples, 0 outside
   */
  static float[] floats(
      float[] map, int width, int height, Homography outToIn, int outWidth, int outHeight) {
    try (Mats mats = new Mats()) {
      Mat in = mats.keep(new Mat(height, width, CvType.CV_32F));
      in.put(0, 0, map);
      Mat out = mats.mat();
      into(in, out, outToIn, outWidth, outHeight, Imgproc.INTER_LINEAR);
      float[] result = new float[outWidth * outHeight];
      out.get(0, 0, result);
      return result;
    }
  }

  static void into(
      Mat in, Mat out, Homography outToIn, int outWidth, int outHeight, int interpolation) {
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(3, 3, CvType.CV_64F));
      m.put(0, 0, outToIn.h());
      Imgproc.warpPerspective(
          in,
          out,
          m,
          new Size(outWidth, outHeight),
          interpolation | Imgproc.WARP_INVERSE_MAP,
          Core.BORDER_CONSTANT,
          new Scalar(0));
    }
  }
}
