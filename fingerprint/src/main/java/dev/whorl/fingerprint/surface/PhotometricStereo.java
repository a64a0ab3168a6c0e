package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Frames;
import dev.whorl.fingerprint.capture.Mats;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * Slopes and albedo per pixel from the full-size frames (Woodham 1980), near-field, in coupon axes.
 * Every frame is warped to the coupon strip by strip, so that no full-size copy is ever held.
 *
 * <p>A pixel whose lamps agree is solved with all of them; where they do not, the brightest (gloss)
 * or the darkest (shadow) goes, whichever explains more, while at least three remain.
 */
final class PhotometricStereo {
  /** Rows per strip: small enough to balance two cores, large enough for the warp. */
  private static final int STRIP_ROWS = 96;

  /**
   * Lamps agree when their RMS misfit is below this part of the light, or the frames' own noise.
   */
  private static final double AGREEMENT = 0.01;

  /** A lamp gives less than this part of what the others do: shadow, of no use. */
  private static final float SHADOW = 0.05f;

  /** 16-bit light from here on is taken for saturated; interpolation rounds a little. */
  private static final int FULL = 65_000;

  /** Lamp model is evaluated every so many columns and interpolated. */
  private static final int NODE_PX = 16;

  private final Frames frames;
  private final LampModel lamps;
  private final Homography couponToPhoto;
  private final double pxPerMm;
  private final int marginPx;
  private final int width;
  private final int height;

  private final float[] slopeX;
  private final float[] slopeY;
  private final float[] albedo;
  private final float[] confidence;
  private final AtomicLongArray saturated;

  PhotometricStereo(
      Frames frames,
      LampModel lamps,
      Homography couponToPhoto,
      double pxPerMm,
      int marginPx,
      int width,
      int height) {
    this.frames = frames;
    this.lamps = lamps;
    this.couponToPhoto = couponToPhoto;
    this.pxPerMm = pxPerMm;
    this.marginPx = marginPx;
    this.width = width;
    this.height = height;
    slopeX = new float[width * height];
    slopeY = new float[width * height];
    albedo = new float[width * height];
    confidence = new float[width * height];
    saturated = new AtomicLongArray(frames.size());
  }

  /** Solves every pixel, in parallel on the caller's pool. */
  SurfaceMaps solve() {
    int strips = (height + STRIP_ROWS - 1) / STRIP_ROWS;
    double noise = typicalMisfit(strips);
    double limit = Math.max(AGREEMENT, 2.5 * noise);
    IntStream.range(0, strips).parallel().forEach(s -> new Strip(s * STRIP_ROWS).solve(limit));
    levelAlbedo();
    return new SurfaceMaps(width, height, pxPerMm, marginPx, slopeX, slopeY, albedo, confidence);
  }

  /** Fraction of the map's pixels at full scale under one lamp. */
  double saturated(int lamp) {
    return saturated.get(lamp) / ((double) width * height);
  }

  private double typicalMisfit(int strips) {
    int middle = strips / 2;
    float[] misfits = new Strip(middle * STRIP_ROWS).misfits();
    Arrays.sort(misfits);
    return misfits.length == 0 ? 0 : misfits[misfits.length / 2];
  }

  private void levelAlbedo() {
    int step = Math.max(1, albedo.length / 100_000);
    float[] some = new float[albedo.length / step];
    int n = 0;
    for (int i = 0; i < some.length; i++) {
      if (confidence[i * step] > 0) {
        some[n++] = albedo[i * step];
      }
    }
    if (n == 0) {
      return;
    }
    Arrays.sort(some, 0, n);
    float median = some[n / 2] > 0 ? some[n / 2] : 1;
    IntStream.range(0, height)
        .parallel()
        .forEach(
            r -> {
              for (int i = r * width; i < (r + 1) * width; i++) {
                albedo[i] /= median;
              }
            });
  }

  /** A few rows of all lamps at once. */
  private final class Strip {
    private final int firstRow;
    private final int rows;
    private final int k = lamps.size();
    private final short[][] raw = new short[k][];
    private final float[] light = new float[k];
    private final float[] cx = new float[k];
    private final float[] cy = new float[k];
    private final boolean[] used = new boolean[k];
    private final long[] full = new long[k];
    private final float[] m = new float[3];
    private final float[][] inverse = new float[k][width];
    private int count;

    Strip(int firstRow) {
      this.firstRow = firstRow;
      this.rows = Math.min(STRIP_ROWS, height - firstRow);
      Homography grid =
          couponToPhoto.after(
              Homography.affine(
                  1 / pxPerMm,
                  0,
                  -marginPx / pxPerMm,
                  0,
                  1 / pxPerMm,
                  (firstRow - marginPx) / pxPerMm));
      for (int lamp = 0; lamp < k; lamp++) {
        try (Mats mats = new Mats()) {
          Mat out = mats.mat();
          Warp.into(frames.light(lamp), out, grid, width, rows, Imgproc.INTER_CUBIC);
          raw[lamp] = new short[width * rows];
          out.get(0, 0, raw[lamp]);
        }
      }
    }

    float[] misfits() {
      float[] misfits = new float[rows / 4 * (width / 4)];
      int n = 0;
      for (int r = 0; r < rows; r += 4) {
        prepareRow(r);
        for (int c = 0; c < width && n < misfits.length; c += 4) {
          if (gather(r, c) && count == k) {
            misfits[n++] = fit();
          }
        }
      }
      return Arrays.copyOf(misfits, n);
    }

    void solve(double limit) {
      for (int r = 0; r < rows; r++) {
        prepareRow(r);
        for (int c = 0; c < width; c++) {
          pixel(r, c, (float) limit);
        }
      }
      for (int lamp = 0; lamp < k; lamp++) {
        saturated.addAndGet(lamp, full[lamp]);
      }
    }

    private void prepareRow(int r) {
      double yMm = (firstRow + r - marginPx) / pxPerMm;
      for (int lamp = 0; lamp < k; lamp++) {
        cy[lamp] = (float) lamps.cotangentY(lamp, yMm);
        double left = 1 / lamps.expected(lamp, -marginPx / pxPerMm, yMm);
        for (int c0 = 0; c0 < width; c0 += NODE_PX) {
          double xMm = (c0 + NODE_PX - marginPx) / pxPerMm;
          double right = 1 / lamps.expected(lamp, xMm, yMm);
          float step = (float) ((right - left) / NODE_PX / 65535);
          float value = (float) (left / 65535);
          for (int c = c0; c < Math.min(width, c0 + NODE_PX); c++) {
            inverse[lamp][c] = value;
            value += step;
          }
          left = right;
        }
      }
    }

    /** Levelled light of the lamps that are of use; false when fewer than three are. */
    private boolean gather(int r, int c) {
      double xMm = (c - marginPx) / pxPerMm;
      count = 0;
      float brightest = 0;
      for (int lamp = 0; lamp < k; lamp++) {
        int value = raw[lamp][r * width + c] & 0xffff;
        light[lamp] = value * inverse[lamp][c];
        used[lamp] = value < FULL && value > 0;
        if (value >= FULL) {
          full[lamp]++;
        }
        if (used[lamp]) {
          brightest = Math.max(brightest, light[lamp]);
        }
      }
      for (int lamp = 0; lamp < k; lamp++) {
        if (used[lamp] && light[lamp] < SHADOW * brightest) {
          used[lamp] = false;
        }
        if (used[lamp]) {
          cx[lamp] = (float) lamps.cotangentX(lamp, xMm);
          count++;
        }
      }
      return count >= 3;
    }

    private void pixel(int r, int c, float limit) {
      if (!gather(r, c)) {
        return;
      }
      float misfit = fit();
      // Six lamps keep four, so that they can still disagree; fewer keep three.
      int least = k >= 6 ? 4 : 3;
      while (misfit > limit && count > least) {
        int brightest = -1;
        int darkest = -1;
        for (int lamp = 0; lamp < k; lamp++) {
          if (used[lamp]) {
            if (brightest < 0 || light[lamp] > light[brightest]) {
              brightest = lamp;
            }
            if (darkest < 0 || light[lamp] < light[darkest]) {
              darkest = lamp;
            }
          }
        }
        int drop;
        if (count == 4) {
          // Three always agree: only the values themselves can tell shadow from gloss.
          drop = light[darkest] < 0.25f * m[2] ? darkest : brightest;
          set(drop, false);
          fit();
          break;
        }
        set(brightest, false);
        float withoutBrightest = fit();
        set(brightest, true);
        set(darkest, false);
        float withoutDarkest = fit();
        if (withoutDarkest <= withoutBrightest) {
          misfit = withoutDarkest;
        } else {
          set(darkest, true);
          set(brightest, false);
          misfit = fit();
        }
      }
      int i = (firstRow + r) * width + c;
      if (!(m[2] > 1e-6f)) {
        return;
      }
      float sx = -m[0] / m[2];
      float sy = -m[1] / m[2];
      // Steeper than 79 degrees is no measurement.
      if (!(Math.abs(sx) < 5) || !(Math.abs(sy) < 5)) {
        return;
      }
      slopeX[i] = sx;
      slopeY[i] = sy;
      albedo[i] = (float) Math.sqrt(m[0] * m[0] + m[1] * m[1] + m[2] * m[2]);
      float t = misfit / Math.max(3 * limit, 1e-6f);
      confidence[i] = (float) count / k / (1 + t * t);
    }

    private void set(int lamp, boolean use) {
      if (used[lamp] != use) {
        used[lamp] = use;
        count += use ? 1 : -1;
      }
    }

    /** Least squares of light = cx mx + cy my + mz; the RMS misfit over the light's mean. */
    private float fit() {
      float sx = 0;
      float sy = 0;
      float sv = 0;
      for (int lamp = 0; lamp < k; lamp++) {
        if (used[lamp]) {
          sx += cx[lamp];
          sy += cy[lamp];
          sv += light[lamp];
        }
      }
      float n = count;
      float ax = sx / n;
      float ay = sy / n;
      float av = sv / n;
      float xx = 0;
      float xy = 0;
      float yy = 0;
      float xv = 0;
      float yv = 0;
      float vv = 0;
      for (int lamp = 0; lamp < k; lamp++) {
        if (used[lamp]) {
          float x = cx[lamp] - ax;
          float y = cy[lamp] - ay;
          float v = light[lamp] - av;
          xx += x * x;
          xy += x * y;
          yy += y * y;
          xv += x * v;
          yv += y * v;
          vv += v * v;
        }
      }
      float det = xx * yy - xy * xy;
      if (!(det > 1e-3f * (xx + yy) * (xx + yy) / 4)) {
        // The lamps left stand in one line: no slope across it.
        m[2] = 0;
        return Float.MAX_VALUE;
      }
      m[0] = (yy * xv - xy * yv) / det;
      m[1] = (xx * yv - xy * xv) / det;
      m[2] = av - ax * m[0] - ay * m[1];
      if (count == 3) {
        return 0;
      }
      float rest = Math.max(0, vv - m[0] * xv - m[1] * yv);
      return (float) Math.sqrt(rest / (n - 3)) / Math.max(av, 1e-9f);
    }
  }
}
