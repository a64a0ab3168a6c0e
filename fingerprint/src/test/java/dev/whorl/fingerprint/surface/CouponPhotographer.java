package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.FrameSource;
import dev.whorl.fingerprint.capture.Lamp;
import dev.whorl.fingerprint.capture.Mats;
import dev.whorl.fingerprint.capture.Transfer;
import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.io.FileNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * An ideal coupon and an ideal bench: beads of a rounded section where the program lays them,
 * Lambertian plastic with a little gloss, point lamps, cast shadows, a pinhole with any pose.
 */
final class CouponPhotographer {
  private static final double RELIEF_PX_PER_MM = 40;
  private static final double RELIEF_MARGIN_MM = 2;

  private final Toolpath toolpath;
  private final int size;
  private final float[] z;
  private final double highest;

  double pxPerMm = 26;
  double claimedPxPerMm = 26;
  double rotationDeg = 0;
  double shiftXMm = 0;
  double shiftYMm = 0;
  double tiltDeg = 0;
  double blurMm = 0.015;
  double gloss = 0.15;
  double ambient = 0.01;
  double exposure = 1;
  double noise = 0.004;
  boolean shadows = true;
  boolean distanceKnown = true;
  boolean darkFrame = true;
  double frameMm = 40;
  int lampCount = 6;
  double elevationDeg = 25;
  double distanceMm = 120;
  Transfer transfer = Transfer.SRGB;

  /** The lamp that lights when the one with this index is asked for. */
  int[] wiring = {0, 1, 2, 3, 4, 5, 6, 7};

  /** Brightness per lamp. */
  double[] power = {1, 0.8, 1.1, 0.95, 1.2, 0.9, 1, 1};

  CouponPhotographer(Toolpath toolpath) {
    this.toolpath = toolpath;
    size =
        (int)
            Math.ceil(
                (Math.max(toolpath.widthMm(), toolpath.heightMm()) + 2 * RELIEF_MARGIN_MM)
                    * RELIEF_PX_PER_MM);
    z = new float[size * size];
    for (Feature f : toolpath.features()) {
      if (f.kind() != FeatureKind.STROKE && f.kind() != FeatureKind.PRIME) {
        f.segments().forEach(this::lay);
      }
    }
    double top = 0;
    for (float height : z) {
      top = Math.max(top, height);
    }
    highest = top;
  }

  private void lay(Segment s) {
    double h = toolpath.layerMm();
    double radius = 0.54 * toolpath.pitchMm();
    double x0 = s.x0Mm();
    double y0 = s.y0Mm();
    double dx = s.x1Mm() - x0;
    double dy = s.y1Mm() - y0;
    double l2 = Math.max(1e-12, dx * dx + dy * dy);
    int c0 = column(Math.min(x0, x0 + dx) - radius);
    int c1 = column(Math.max(x0, x0 + dx) + radius);
    int r0 = column(Math.min(y0, y0 + dy) - radius);
    int r1 = column(Math.max(y0, y0 + dy) + radius);
    double slant = Math.abs(dx * dy) < 1e-9 ? Double.MAX_VALUE : 1.5 * radius * Math.sqrt(l2);
    for (int r = Math.max(0, r0); r <= Math.min(size - 1, r1); r++) {
      double y = r / RELIEF_PX_PER_MM - RELIEF_MARGIN_MM;
      for (int c = Math.max(0, c0); c <= Math.min(size - 1, c1); c++) {
        double x = c / RELIEF_PX_PER_MM - RELIEF_MARGIN_MM;
        double ex = x - x0;
        double ey = y - y0;
        if (Math.abs(ex * dy - ey * dx) > slant) {
          continue;
        }
        double t = Math.max(0, Math.min(1, (ex * dx + ey * dy) / l2));
        double d = Math.hypot(ex - t * dx, ey - t * dy) / radius;
        if (d < 1) {
          float top = (float) (s.zMm() - h + h * Math.sqrt(1 - d * d * d));
          z[r * size + c] = Math.max(z[r * size + c], top);
        }
      }
    }
  }

  private static int column(double mm) {
    return (int) Math.floor((mm + RELIEF_MARGIN_MM) * RELIEF_PX_PER_MM);
  }

  List<Lamp> lamps() {
    List<Lamp> lamps = new ArrayList<>();
    for (int k = 0; k < lampCount; k++) {
      lamps.add(
          new Lamp(
              "lamp" + k,
              "lamp" + k + ".png",
              360.0 * k / lampCount,
              elevationDeg,
              distanceKnown ? OptionalDouble.of(distanceMm) : OptionalDouble.empty()));
    }
    return lamps;
  }

  CaptureMetadata metadata() {
    return new CaptureMetadata(
        toolpath.printer(),
        toolpath.coupon(),
        toolpath.slotXMm(),
        toolpath.slotYMm(),
        Instant.EPOCH,
        "cartesian",
        40,
        40,
        toolpath.nozzleMm(),
        Optional.empty(),
        claimedPxPerMm,
        false,
        transfer,
        darkFrame ? Optional.of("dark.png") : Optional.empty(),
        lamps());
  }

  /** Coupon mm to photograph pixel. */
  Homography pose() {
    double s = pxPerMm;
    double a = Math.toRadians(rotationDeg);
    double c = frameMm * pxPerMm / 2;
    double cx = toolpath.widthMm() / 2;
    double cy = toolpath.heightMm() / 2;
    // Perspective of a camera 100 mm above, tilted about the image's x axis.
    double p = Math.sin(Math.toRadians(tiltDeg)) / 100;
    Homography centre = Homography.affine(1, 0, shiftXMm - cx, 0, 1, shiftYMm - cy);
    Homography turned =
        Homography.affine(Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a), 0);
    Homography tilted = new Homography(new double[] {1, 0, 0, 0, 1, 0, 0.3 * p, p, 1});
    Homography photo = Homography.affine(s, 0, c, 0, -s, c);
    return photo.after(tilted).after(turned).after(centre);
  }

  FrameSource photograph() {
    Map<String, byte[]> files = new HashMap<>();
    List<Lamp> lamps = lamps();
    for (int k = 0; k < lampCount; k++) {
      files.put(lamps.get(k).file(), encode(expose(k), k));
    }
    if (darkFrame) {
      int side = (int) (frameMm * pxPerMm);
      float[] dark = new float[side * side];
      Arrays.fill(dark, (float) ambient);
      files.put("dark.png", encode(dark, 99));
    }
    return file -> {
      byte[] bytes = files.get(file);
      if (bytes == null) {
        throw new FileNotFoundException(file);
      }
      return bytes;
    };
  }

  float[] expose(int lampIndex) {
    int side = (int) (frameMm * pxPerMm);
    Homography toCoupon = pose().inverse();
    Lamp lamp = lamps().get(wiring[lampIndex]);
    double[] d = lamp.direction();
    double lx = d[0] * distanceMm + toolpath.widthMm() / 2;
    double ly = d[1] * distanceMm + toolpath.heightMm() / 2;
    double lz = d[2] * distanceMm;
    float[] out = new float[side * side];
    double gain = 0.9 * exposure * power[lampIndex];
    IntStream.range(0, side)
        .parallel()
        .forEach(
            row -> {
              for (int column = 0; column < side; column++) {
                double x = toCoupon.x(column, row);
                double y = toCoupon.y(column, row);
                out[row * side + column] = (float) (ambient + gain * light(x, y, lx, ly, lz));
              }
            });
    return out;
  }

  private double light(double x, double y, double lx, double ly, double lz) {
    double e = 0.5 / RELIEF_PX_PER_MM;
    double here = height(x, y);
    double sx = (height(x + e, y) - height(x - e, y)) / (2 * e);
    double sy = (height(x, y + e) - height(x, y - e)) / (2 * e);
    double albedo = here > 0.01 ? 0.6 : 0.25;
    double dx = lx - x;
    double dy = ly - y;
    double r = Math.sqrt(dx * dx + dy * dy + lz * lz);
    double n = Math.sqrt(1 + sx * sx + sy * sy);
    double cos = (-sx * dx - sy * dy + lz) / (n * r);
    if (cos <= 0) {
      return 0;
    }
    if (shadows) {
      double flat = Math.hypot(dx, dy);
      double rise = lz / flat;
      // Nearest samples in steps of a cell, and no farther than the highest bead can reach.
      double step = 1 / RELIEF_PX_PER_MM;
      double c = (x + RELIEF_MARGIN_MM) * RELIEF_PX_PER_MM;
      double r0 = (y + RELIEF_MARGIN_MM) * RELIEF_PX_PER_MM;
      for (int i = 1; here + i * step * rise < highest; i++) {
        int ci = (int) (c + i * dx / flat + 0.5);
        int ri = (int) (r0 + i * dy / flat + 0.5);
        if (ci < 0 || ri < 0 || ci >= size || ri >= size) {
          break;
        }
        if (z[ri * size + ci] > here + i * step * rise + 0.004) {
          return 0.02 * albedo;
        }
      }
    }
    double hx = dx / r;
    double hy = dy / r;
    double hz = lz / r + 1;
    double half = (-sx * hx - sy * hy + hz) / (n * Math.sqrt(hx * hx + hy * hy + hz * hz));
    double fall = distanceMm * distanceMm / (r * r);
    return fall * (albedo * cos + gloss * specular(half));
  }

  /** The 32nd power of the cosine to the half vector. */
  private static double specular(double half) {
    double p = Math.max(0, half);
    for (int i = 0; i < 5; i++) {
      p *= p;
    }
    return p;
  }

  double height(double x, double y) {
    double c = (x + RELIEF_MARGIN_MM) * RELIEF_PX_PER_MM;
    double r = (y + RELIEF_MARGIN_MM) * RELIEF_PX_PER_MM;
    int ci = (int) Math.floor(c);
    int ri = (int) Math.floor(r);
    if (ci < 0 || ri < 0 || ci >= size - 1 || ri >= size - 1) {
      return 0;
    }
    double fc = c - ci;
    double fr = r - ri;
    int i = ri * size + ci;
    return (z[i] * (1 - fc) + z[i + 1] * fc) * (1 - fr)
        + (z[i + size] * (1 - fc) + z[i + size + 1] * fc) * fr;
  }

  private byte[] encode(float[] light, int seed) {
    int side = (int) (frameMm * pxPerMm);
    SplittableRandom random = new SplittableRandom(seed);
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(side, side, CvType.CV_32F));
      m.put(0, 0, light);
      if (blurMm > 0) {
        Imgproc.GaussianBlur(m, m, new Size(0, 0), blurMm * pxPerMm);
      }
      m.get(0, 0, light);
      byte[] pixels = new byte[light.length];
      for (int i = 0; i < light.length; i++) {
        double v = light[i] + noise * (random.nextDouble() + random.nextDouble() - 1) * 2.4;
        v = Math.max(0, Math.min(1, v));
        if (transfer == Transfer.SRGB) {
          v = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
        }
        pixels[i] = (byte) Math.round(255 * v);
      }
      Mat eight = mats.keep(new Mat(side, side, CvType.CV_8U));
      eight.put(0, 0, pixels);
      MatOfByte bytes = mats.keep(new MatOfByte());
      Imgcodecs.imencode(".png", eight, bytes);
      return bytes.toArray();
    }
  }
}
