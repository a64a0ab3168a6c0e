package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Surface;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * How a camera sees a surface: for each sample of the picture the place on the surface that its ray
 * meets. A pinhole with radial distortion, looking down; the ray is followed to the surface's
 * height, so that high parts are displaced outwards as they are in a photograph. Owns native
 * memory: close it.
 */
final class View implements AutoCloseable {

  private final Mat mapX;
  private final Mat mapY;
  private final double[] lensMm;

  /**
   * A view.
   *
   * @param atXMm machine x that the camera is meant to look at
   * @param topMm height at which the optics' scale holds
   */
  View(SimOptics optics, Surface surface, double atXMm, double atYMm, double topMm) {
    double[][] turn = turn(optics);
    double d = optics.distanceMm();
    double targetX = atXMm + optics.shiftXMm();
    double targetY = atYMm + optics.shiftYMm();
    // The third column is the lens's own upward axis in machine coordinates.
    lensMm =
        new double[] {targetX + d * turn[0][2], targetY + d * turn[1][2], topMm + d * turn[2][2]};
    int width = optics.widthPx();
    int height = optics.heightPx();
    float[] xs = new float[width * height];
    float[] ys = new float[width * height];
    float[] h = surface.heightMm();
    IntStream.range(0, height)
        .parallel()
        .forEach(
            row -> {
              for (int column = 0; column < width; column++) {
                double u = (column - 0.5 * (width - 1)) / optics.pxPerMm();
                double v = (0.5 * (height - 1) - row) / optics.pxPerMm();
                double stretch = 1 + optics.distortion() * (u * u + v * v) / 400;
                u *= stretch;
                v *= stretch;
                double dx = turn[0][0] * u + turn[0][1] * v - turn[0][2] * d;
                double dy = turn[1][0] * u + turn[1][1] * v - turn[1][2] * d;
                double dz = turn[2][0] * u + turn[2][1] * v - turn[2][2] * d;
                double z = topMm;
                double x = 0;
                double y = 0;
                for (int pass = 0; pass < 2; pass++) {
                  double t = (z - lensMm[2]) / dz;
                  x = (lensMm[0] + t * dx - surface.minXMm()) * surface.pxPerMm();
                  y = (lensMm[1] + t * dy - surface.minYMm()) * surface.pxPerMm();
                  int i = (int) Math.round(x);
                  int j = (int) Math.round(y);
                  if (pass == 0
                      && i >= 0
                      && j >= 0
                      && i < surface.width()
                      && j < surface.height()) {
                    z = h[j * surface.width() + i];
                  }
                }
                xs[row * width + column] = (float) x;
                ys[row * width + column] = (float) y;
              }
            });
    mapX = new Mat(height, width, CvType.CV_32F);
    mapY = new Mat(height, width, CvType.CV_32F);
    mapX.put(0, 0, xs);
    mapY.put(0, 0, ys);
  }

  /** Rows of the rotation from camera axes (right, up, towards the eye) to machine axes. */
  private static double[][] turn(SimOptics optics) {
    double r = Math.toRadians(optics.rotationDeg());
    double a = Math.toRadians(optics.tiltXDeg());
    double b = Math.toRadians(optics.tiltYDeg());
    double[][] z = {
      {Math.cos(r), -Math.sin(r), 0}, {Math.sin(r), Math.cos(r), 0}, {0, 0, 1},
    };
    double[][] x = {
      {1, 0, 0}, {0, Math.cos(a), -Math.sin(a)}, {0, Math.sin(a), Math.cos(a)},
    };
    double[][] y = {
      {Math.cos(b), 0, Math.sin(b)}, {0, 1, 0}, {-Math.sin(b), 0, Math.cos(b)},
    };
    return times(times(x, y), z);
  }

  private static double[][] times(double[][] p, double[][] q) {
    double[][] out = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          out[i][j] += p[i][k] * q[k][j];
        }
      }
    }
    return out;
  }

  /** The lens's machine x, y, z. */
  double[] lensMm() {
    return lensMm.clone();
  }

  /**
   * What the camera sees of a surface's light.
   *
   * @param light one float per sample of the surface
   * @return a float picture that the caller releases
   */
  Mat look(float[] light, Surface surface) {
    Mat source = new Mat(surface.height(), surface.width(), CvType.CV_32F);
    Mat seen = new Mat();
    try {
      source.put(0, 0, light);
      Imgproc.remap(
          source,
          seen,
          mapX,
          mapY,
          Imgproc.INTER_LINEAR,
          org.opencv.core.Core.BORDER_REPLICATE,
          new Scalar(0));
      return seen;
    } catch (RuntimeException e) {
      seen.release();
      throw e;
    } finally {
      source.release();
    }
  }

  @Override
  public void close() {
    mapX.release();
    mapY.release();
  }
}
