package dev.whorl.fingerprint.surface.picture;

import dev.whorl.fingerprint.capture.LinearFrame;
import dev.whorl.fingerprint.capture.Mats;
import dev.whorl.fingerprint.capture.Transfer;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.surface.Registration;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.surface.SurfaceRelief;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** PNG files' bytes of a measured surface: coupon +Y up, at most {@value #MAX_SIDE_PX} px wide. */
public final class SurfacePictures {
  /** Enough to see a bead's marks on a screen, small enough to send. */
  public static final int MAX_SIDE_PX = 1400;

  /** Brightness of the picture's 99th percentile, sRGB. */
  private static final double WHITE = 235;

  private SurfacePictures() {}

  /**
   * Lines to draw over a picture.
   *
   * @param points each line's x, y in coupon mm, alternating
   * @param rgb 0xrrggbb
   */
  public record Overlay(List<double[]> points, int rgb) {
    public Overlay {
      points = List.copyOf(points);
    }
  }

  /**
   * One frame as the camera saw it, turned to the coupon.
   *
   * @param file the frame's name, for the message
   * @throws UnfitCapture when the bytes are no image
   */
  public static byte[] photograph(
      String file, byte[] encoded, Transfer transfer, Registration registration, SurfaceMaps maps)
      throws UnfitCapture {
    try (Mats mats = new Mats();
        LinearFrame frame = LinearFrame.decode(file, encoded, transfer)) {
      double scale = scale(maps);
      Size size = size(maps);
      Mat toPhotograph = mats.keep(new Mat(3, 3, CvType.CV_64F));
      Mat inverse = mats.mat();
      toPhotograph.put(0, 0, registration.imageToCoupon());
      Core.invert(toPhotograph, inverse);
      Mat toCoupon = mats.keep(new Mat(3, 3, CvType.CV_64F));
      double mmPerPx = 1 / (maps.pxPerMm() * scale);
      double left = maps.xMmOf(0);
      double top = maps.yMmOf(maps.heightPx() - 1.0);
      toCoupon.put(0, 0, mmPerPx, 0, left, 0, -mmPerPx, top, 0, 0, 1);
      Mat map = mats.mat();
      Core.gemm(inverse, toCoupon, 1, mats.mat(), 0, map);
      Mat out = mats.mat();
      Imgproc.warpPerspective(
          frame.light(), out, map, size, Imgproc.INTER_AREA | Imgproc.WARP_INVERSE_MAP);
      Mat grey = mats.mat();
      out.convertTo(grey, CvType.CV_32F);
      // Gamma, then the brightest hundredth to white.
      Core.pow(grey, 1 / 2.2, grey);
      double white = percentile(grey, 0.99);
      grey.convertTo(grey, CvType.CV_8U, WHITE / Math.max(1e-6, white));
      return png(grey);
    }
  }

  /** Normals as colour: red leans to +X, green to +Y, blue is up. */
  public static byte[] normals(SurfaceMaps maps) {
    try (Mats mats = new Mats()) {
      int n = maps.widthPx() * maps.heightPx();
      byte[] bgr = new byte[3 * n];
      for (int i = 0; i < n; i++) {
        double sx = maps.slopeX()[i];
        double sy = maps.slopeY()[i];
        double up = 1 / Math.sqrt(1 + sx * sx + sy * sy);
        bgr[3 * i] = (byte) Math.round(127.5 + 127.5 * up);
        bgr[3 * i + 1] = (byte) Math.round(127.5 - 127.5 * sy * up);
        bgr[3 * i + 2] = (byte) Math.round(127.5 - 127.5 * sx * up);
      }
      Mat m = mats.keep(new Mat(maps.heightPx(), maps.widthPx(), CvType.CV_8UC3));
      m.put(0, 0, bgr);
      return png(upright(m, maps, mats));
    }
  }

  /** Height in grey with a low sun from the upper left; black to white is 0.35 mm. */
  public static byte[] height(SurfaceMaps maps) {
    try (Mats mats = new Mats()) {
      return png(relief(maps, mats));
    }
  }

  /** The height picture with lines over it. */
  public static byte[] traced(SurfaceMaps maps, List<Overlay> overlays) {
    try (Mats mats = new Mats()) {
      Mat grey = relief(maps, mats);
      Mat colour = mats.mat();
      Imgproc.cvtColor(grey, colour, Imgproc.COLOR_GRAY2BGR);
      double scale = scale(maps);
      // Sub-pixel line ends: OpenCV takes fixed point with this many fractional bits.
      int shift = 4;
      for (Overlay overlay : overlays) {
        List<MatOfPoint> lines = new ArrayList<>();
        for (double[] points : overlay.points()) {
          Point[] line = new Point[points.length / 2];
          for (int i = 0; i < line.length; i++) {
            double column = maps.columnOf(points[2 * i]) * scale;
            double row = (maps.heightPx() - 1 - maps.rowOf(points[2 * i + 1])) * scale;
            line[i] = new Point(Math.round(column * (1 << shift)), Math.round(row * (1 << shift)));
          }
          lines.add(mats.keep(new MatOfPoint(line)));
        }
        int rgb = overlay.rgb();
        Scalar bgr = new Scalar(rgb & 0xff, rgb >> 8 & 0xff, rgb >> 16 & 0xff);
        Imgproc.polylines(colour, lines, false, bgr, 1, Imgproc.LINE_AA, shift);
      }
      return png(colour);
    }
  }

  private static Mat relief(SurfaceMaps maps, Mats mats) {
    SurfaceRelief relief = SurfaceRelief.of(maps, MAX_SIDE_PX);
    int w = relief.widthPx();
    int h = relief.heightPx();
    float[] z = relief.heightMm();
    float[] grey = new float[w * h];
    for (int r = 0; r < h; r++) {
      for (int c = 0; c < w; c++) {
        int i = r * w + c;
        float east = z[r * w + Math.min(w - 1, c + 1)];
        float north = z[Math.min(h - 1, r + 1) * w + c];
        double sun = (east - z[i] - north + z[i]) * relief.pxPerMm();
        grey[i] = (float) (128 + 255 * z[i] / 0.35 + 70 * Math.max(-1, Math.min(1, sun)));
      }
    }
    Mat m = mats.keep(new Mat(h, w, CvType.CV_32F));
    m.put(0, 0, grey);
    Mat eight = mats.mat();
    m.convertTo(eight, CvType.CV_8U);
    Core.flip(eight, eight, 0);
    return eight;
  }

  private static Mat upright(Mat m, SurfaceMaps maps, Mats mats) {
    Mat out = mats.mat();
    Imgproc.resize(m, out, size(maps), 0, 0, Imgproc.INTER_AREA);
    Core.flip(out, out, 0);
    return out;
  }

  private static double scale(SurfaceMaps maps) {
    return Math.min(1, (double) MAX_SIDE_PX / Math.max(maps.widthPx(), maps.heightPx()));
  }

  private static Size size(SurfaceMaps maps) {
    double scale = scale(maps);
    return new Size(Math.round(maps.widthPx() * scale), Math.round(maps.heightPx() * scale));
  }

  private static double percentile(Mat grey, double part) {
    float[] values = new float[(int) grey.total()];
    grey.get(0, 0, values);
    Arrays.sort(values);
    return values[(int) (part * (values.length - 1))];
  }

  private static byte[] png(Mat image) {
    try (Mats mats = new Mats()) {
      MatOfByte bytes = mats.keep(new MatOfByte());
      MatOfInt options = mats.keep(new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, 6));
      if (!Imgcodecs.imencode(".png", image, bytes, options)) {
        throw new IllegalStateException("a picture could not be encoded");
      }
      return bytes.toArray();
    }
  }
}
