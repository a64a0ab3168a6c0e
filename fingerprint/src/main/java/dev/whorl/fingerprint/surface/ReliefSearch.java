package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * Where in the photograph the coupon's relief may lie: the expected slopes, turned and scaled in
 * steps, correlated with the measured ones by Fourier transform. Both carry slopes along machine
 * axes, whatever the photograph's turn, so that a relief that merely looks like one lit from
 * elsewhere does not match.
 */
final class ReliefSearch {
  /** Enough for regions of relief; single beads are smoothed away. */
  private static final double PX_PER_MM = 2.5;

  private static final double SIGMA_MM = 0.55;

  /** Half a step is 0.5 mm at a coupon's corner, within the alignment's reach. */
  private static final double TURN_STEP_DEG = 2;

  private static final double[] SCALES = {0.84, 0.88, 0.92, 0.96, 1, 1.04, 1.08, 1.12, 1.16};

  /** Steeper than this is a wall or an edge of something on the bed; it must not outweigh. */
  private static final float STEEPEST = 0.5f;

  private final double coarsePxPerMm;
  private final double shrink;
  private final int width;
  private final int height;
  private final int fftWidth;
  private final int fftHeight;
  private final ExpectedRelief relief;
  private final double widthMm;
  private final double heightMm;

  /**
   * @param coarsePxPerMm pixels of the measured slopes per mm, as claimed
   */
  ReliefSearch(ExpectedCoupon coupon, double coarsePxPerMm, int coarseWidth, int coarseHeight) {
    this.coarsePxPerMm = coarsePxPerMm;
    shrink = Math.min(1, PX_PER_MM / coarsePxPerMm);
    width = Math.max(1, (int) (coarseWidth * shrink));
    height = Math.max(1, (int) (coarseHeight * shrink));
    widthMm = coupon.widthMm();
    heightMm = coupon.heightMm();
    // Room for a coupon that is turned by 45 degrees.
    int least = (int) Math.ceil(1.5 * SCALES[SCALES.length - 1] * widthMm * PX_PER_MM);
    fftWidth = Core.getOptimalDFTSize(Math.max(width, least));
    fftHeight = Core.getOptimalDFTSize(Math.max(height, least));
    relief = ExpectedRelief.of(coupon, 4 * PX_PER_MM, 1);
  }

  /** A place to start aligning from, better ones with a higher score. */
  record Candidate(Homography couponToCoarse, double score) {}

  /**
   * @param sx slope along machine X per coarse pixel
   * @param sy slope along machine Y
   * @param mostDeg turns are tried from -mostDeg to mostDeg
   * @return the best few, best first
   */
  List<Candidate> candidates(float[] sx, float[] sy, int w, int h, double mostDeg) {
    int turns = (int) Math.floor(mostDeg / TURN_STEP_DEG);
    try (Mats mats = new Mats()) {
      Mat spectrumX = spectrum(sx, w, h, mats);
      Mat spectrumY = spectrum(sy, w, h, mats);
      double sigmaPx = SIGMA_MM * relief.pxPerMm;
      float[] mx = Blur.gaussian(relief.slopeX, relief.width, relief.height, sigmaPx);
      float[] my = Blur.gaussian(relief.slopeY, relief.width, relief.height, sigmaPx);
      List<Candidate> all = new ArrayList<>();
      List<List<Candidate>> each =
          IntStream.range(0, (2 * turns + 1) * SCALES.length)
              .parallel()
              .mapToObj(
                  i -> {
                    double deg = (i / SCALES.length - turns) * TURN_STEP_DEG;
                    double scale = SCALES[i % SCALES.length];
                    return correlate(spectrumX, spectrumY, mx, my, deg, scale);
                  })
              .toList();
      each.forEach(all::addAll);
      all.sort(Comparator.comparingDouble(Candidate::score).reversed());
      return distinct(all);
    }
  }

  private Mat spectrum(float[] slope, int w, int h, Mats mats) {
    float[] clipped = new float[slope.length];
    for (int i = 0; i < slope.length; i++) {
      clipped[i] = Math.max(-STEEPEST, Math.min(STEEPEST, slope[i]));
    }
    float[] smooth = Blur.gaussian(clipped, w, h, SIGMA_MM * coarsePxPerMm);
    Homography toCoarse = smallToCoarse();
    float[] small = Warp.floats(smooth, w, h, toCoarse, width, height);
    Mat padded = mats.keep(Mat.zeros(fftHeight, fftWidth, CvType.CV_32F));
    try (Mats inner = new Mats()) {
      Mat roi = inner.keep(padded.submat(0, height, 0, width));
      roi.put(0, 0, small);
    }
    Mat spectrum = mats.mat();
    Core.dft(padded, spectrum);
    return spectrum;
  }

  private Homography smallToCoarse() {
    double f = 1 / shrink;
    return Homography.affine(f, 0, 0.5 * f - 0.5, 0, f, 0.5 * f - 0.5);
  }

  private List<Candidate> correlate(
      Mat spectrumX, Mat spectrumY, float[] mx, float[] my, double deg, double scale) {
    double s = scale * coarsePxPerMm * shrink;
    double cos = Math.cos(Math.toRadians(deg)) * s;
    double sin = Math.sin(Math.toRadians(deg)) * s;
    // The coupon's centre goes to the middle of the array; rows of a photograph point down.
    double cx = fftWidth / 2;
    double cy = fftHeight / 2;
    Homography couponToArray =
        Homography.affine(
            cos,
            -sin,
            cx - cos * widthMm / 2 + sin * heightMm / 2,
            -sin,
            -cos,
            cy + sin * widthMm / 2 + cos * heightMm / 2);
    double step = 1 / relief.pxPerMm;
    double offset = -relief.marginPx * step;
    Homography gridToArray =
        couponToArray.after(Homography.affine(step, 0, offset, 0, step, offset));
    Homography arrayToGrid = gridToArray.inverse();
    try (Mats mats = new Mats()) {
      Mat sum = mats.mat();
      Mat one = mats.mat();
      double energy = transform(mx, arrayToGrid, sum);
      Core.mulSpectrums(spectrumX, sum, sum, 0, true);
      energy += transform(my, arrayToGrid, one);
      Core.mulSpectrums(spectrumY, one, one, 0, true);
      Core.add(sum, one, sum);
      Core.dft(sum, sum, Core.DFT_INVERSE | Core.DFT_SCALE | Core.DFT_REAL_OUTPUT);
      List<Candidate> peaks = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Core.MinMaxLocResult peak = Core.minMaxLoc(sum);
        double dx = peak.maxLoc.x > fftWidth / 2 ? peak.maxLoc.x - fftWidth : peak.maxLoc.x;
        double dy = peak.maxLoc.y > fftHeight / 2 ? peak.maxLoc.y - fftHeight : peak.maxLoc.y;
        Homography shift = Homography.affine(1, 0, dx, 0, 1, dy);
        peaks.add(
            new Candidate(
                smallToCoarse().after(shift).after(couponToArray),
                peak.maxVal / Math.sqrt(energy + 1e-12)));
        int around = (int) (2 * PX_PER_MM);
        Imgproc.circle(sum, peak.maxLoc, around, new Scalar(0), -1);
      }
      return peaks;
    }
  }

  private double transform(float[] model, Homography arrayToGrid, Mat spectrum) {
    try (Mats mats = new Mats()) {
      Mat in = mats.keep(new Mat(relief.height, relief.width, CvType.CV_32F));
      in.put(0, 0, model);
      Mat out = mats.mat();
      Warp.into(in, out, arrayToGrid, fftWidth, fftHeight, Imgproc.INTER_LINEAR);
      double norm = Core.norm(out, Core.NORM_L2);
      Core.dft(out, spectrum);
      return norm * norm;
    }
  }

  /** Neighbouring steps of one place count once. */
  private List<Candidate> distinct(List<Candidate> sorted) {
    List<Candidate> kept = new ArrayList<>();
    for (Candidate c : sorted) {
      boolean fresh =
          kept.stream().noneMatch(k -> farthest(k.couponToCoarse(), c.couponToCoarse()) < 1.5);
      if (fresh) {
        kept.add(c);
      }
      if (kept.size() == 6) {
        break;
      }
    }
    return kept;
  }

  /** Largest distance of the coupon's corners under both maps, mm. */
  private double farthest(Homography a, Homography b) {
    double farthest = 0;
    for (int i = 0; i < 4; i++) {
      double x = (i & 1) * widthMm;
      double y = (i >> 1) * heightMm;
      farthest = Math.max(farthest, Math.hypot(a.x(x, y) - b.x(x, y), a.y(x, y) - b.y(x, y)));
    }
    return farthest / coarsePxPerMm;
  }
}
