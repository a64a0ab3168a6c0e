package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.Claim;
import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.FrameSource;
import dev.whorl.fingerprint.capture.Frames;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a capture to a surface: decode, find the coupon by its relief, align it with its program,
 * then measure every pixel in the coupon's own frame. Works on the caller's thread and the common
 * pool; holds two bytes per photograph pixel and lamp, and sixteen per pixel of the result.
 */
public final class SurfaceReader {
  /** More resolution than this only costs: a plough mark is 10 um and optics blur more. */
  private static final double MAX_PX_PER_MM = 80;

  private static final double MARGIN_MM = 0.5;
  private static final double RELIEF_MARGIN_MM = 1;

  /**
   * Where the scale is a guess, it is also looked for at these multiples: the search covers 16 %
   * each way, so together they reach from 0.44 to 2.2 without a gap.
   */
  private static final double[] OTHER_SCALES = {0.72, 1.38, 0.52, 1.9};

  private SurfaceReader() {}

  /**
   * Reads the coupon's top face.
   *
   * @param toolpath the program the coupon was printed with
   * @throws UnfitCapture when the quality gate refuses; the message is one line
   */
  public static Surface read(CaptureMetadata metadata, FrameSource source, Toolpath toolpath)
      throws UnfitCapture {
    return read(metadata, source, ExpectedCoupon.of(toolpath), toolpath.markers());
  }

  private static Surface read(
      CaptureMetadata claimed,
      FrameSource source,
      ExpectedCoupon expected,
      Toolpath.Markers programmed)
      throws UnfitCapture {
    QualityGate.lampsSpan(claimed.lamps());
    try (Frames frames = Frames.load(claimed, source)) {
      QualityGate.light(claimed, frames);
      Found found = find(frames, claimed, expected);
      CaptureMetadata metadata = found.metadata();
      CoarseShading shading = found.shading();
      Located located = found.located();
      Homography toPhoto = shading.fromPhotograph().inverse().after(located.couponToCoarse());
      Registration registration = registration(located, toPhoto, metadata, expected);

      LampModel lamps =
          levelled(
              shading, located.couponToCoarse(), metadata, expected.widthMm(), expected.heightMm());
      double pxPerMm = Math.min(MAX_PX_PER_MM, registration.pxPerMm());
      int margin = (int) Math.round(MARGIN_MM * pxPerMm);
      int width = (int) Math.ceil(expected.widthMm() * pxPerMm) + 1 + 2 * margin;
      int height = (int) Math.ceil(expected.heightMm() * pxPerMm) + 1 + 2 * margin;
      PhotometricStereo stereo =
          new PhotometricStereo(frames, lamps, toPhoto, pxPerMm, margin, width, height);
      SurfaceMaps maps = stereo.solve();
      double[] saturated = new double[frames.size()];
      double mostSaturated = 0;
      for (int k = 0; k < saturated.length; k++) {
        saturated[k] = stereo.saturated(k);
        mostSaturated = Math.max(mostSaturated, saturated[k]);
      }
      QualityGate.saturation(metadata.lamps(), saturated);
      double[] means = new double[frames.size()];
      for (int k = 0; k < means.length; k++) {
        means[k] = frames.meanLight(k);
      }
      SurfaceQuality quality =
          new SurfaceQuality(
              frames.size(),
              frames.ambientAssumed(),
              frames.darkLight() / Math.max(1e-9, QualityGate.median(means)),
              mostSaturated,
              located.markers().size(),
              1000 * located.markerResidualMm(),
              1000 * located.residualMm(),
              located.match(),
              located.detail(),
              located.lampOffDeg());
      return new Surface(maps, registration, quality, claim(located, programmed));
    }
  }

  /** A coupon that was found, and the scale at which it was looked for. */
  private record Found(CaptureMetadata metadata, CoarseShading shading, Located located) {}

  /** Looks at the claimed scale; where that was only a guess, also at scales far from it. */
  private static Found find(Frames frames, CaptureMetadata claimed, ExpectedCoupon expected)
      throws UnfitCapture {
    ExpectedRelief relief = ExpectedRelief.of(expected, CoarseShading.PX_PER_MM, RELIEF_MARGIN_MM);
    CoarseShading shading = CoarseShading.of(frames, claimed);
    QualityGate.distinct(claimed.lamps(), shading.contrast);
    CouponSearch search = new CouponSearch(shading, claimed, expected, relief);
    Optional<Located> located = search.locate();
    if (located.isPresent()) {
      return new Found(claimed, shading, located.get());
    }
    for (double scale : claimed.metric() ? new double[0] : OTHER_SCALES) {
      CaptureMetadata guess = claimed.withPxPerMm(scale * claimed.pxPerMm());
      CoarseShading other = CoarseShading.of(frames, guess);
      try {
        located = new CouponSearch(other, guess, expected, relief).locate();
      } catch (UnfitCapture e) {
        continue; // a chance likeness far from the claimed scale
      }
      if (located.isPresent()) {
        return new Found(guess, other, located.get());
      }
    }
    throw search.refusal();
  }

  /** Lamps levelled on the coupon's own flatness, from the coarse frames. */
  static LampModel levelled(
      CoarseShading shading,
      Homography couponToCoarse,
      CaptureMetadata metadata,
      double widthMm,
      double heightMm) {
    double stepMm = 0.5;
    double sigmaPx = 0.6 * stepMm * metadata.pxPerMm() / shading.factorX;
    int width = (int) Math.floor(widthMm / stepMm) - 1;
    int height = (int) Math.floor(heightMm / stepMm) - 1;
    LampModel.Grid grid =
        new LampModel.Grid(
            width,
            height,
            stepMm,
            stepMm,
            stepMm,
            widthMm / 2,
            heightMm / 2,
            widthMm / 2,
            heightMm / 2);
    Homography toCoarse =
        couponToCoarse.after(Homography.affine(stepMm, 0, stepMm, 0, stepMm, stepMm));
    float[][] light = new float[shading.light.length][];
    for (int k = 0; k < light.length; k++) {
      float[] smooth = Blur.gaussian(shading.light[k], shading.width, shading.height, sigmaPx);
      light[k] = Warp.floats(smooth, shading.width, shading.height, toCoarse, width, height);
    }
    return LampModel.fit(metadata.lamps(), light, grid);
  }

  private static Registration registration(
      Located located, Homography toPhoto, CaptureMetadata metadata, ExpectedCoupon expected) {
    List<Registration.Marker> markers = new ArrayList<>();
    for (MarkerReader.Read marker : located.markers()) {
      double[] corners = marker.place().corners();
      for (int k = 0; k < 8; k += 2) {
        double x = corners[k];
        double y = corners[k + 1];
        corners[k] = toPhoto.x(x, y);
        corners[k + 1] = toPhoto.y(x, y);
      }
      markers.add(new Registration.Marker(marker.id(), marker.place().corner(), corners));
    }
    double[] j = toPhoto.jacobian(expected.widthMm() / 2, expected.heightMm() / 2);
    double alongX = Math.hypot(j[0], j[2]);
    double alongY = Math.hypot(j[1], j[3]);
    double pxPerMm = Math.sqrt(Math.abs(j[0] * j[3] - j[1] * j[2]));
    double skewRad = Math.asin((j[0] * j[1] + j[2] * j[3]) / (alongX * alongY));
    // Patches' residuals averaged over the coupon's spread.
    double spreadMm = expected.widthMm() / Math.sqrt(12);
    double standardError =
        located.residualMm() / spreadMm / Math.sqrt(Math.max(1, located.tiles()));
    return new Registration(
        toPhoto.inverse().h(),
        markers,
        located.residualMm() * pxPerMm,
        pxPerMm,
        Math.toDegrees(Math.atan2(-j[2], j[0])),
        new Registration.AffineResidue(
            alongX / metadata.pxPerMm() - 1,
            alongY / metadata.pxPerMm() - 1,
            skewRad,
            standardError,
            metadata.metric()));
  }

  /** The markers' own check digit guards the reading; without all four there is no claim. */
  private static Claim claim(Located located, Toolpath.Markers programmed) {
    int[] digits = {-1, -1, -1, -1};
    boolean allAgree = true;
    for (MarkerReader.Read found : located.markers()) {
      digits[found.place().corner()] = Math.floorDiv(found.id(), 4);
      allAgree &= found.id() == found.place().id();
    }
    for (int digit : digits) {
      if (digit < 0) {
        return new Claim(null, null, located.markers().isEmpty() || allAgree ? null : false);
      }
    }
    int shortId = (digits[1] * 250 + digits[2]) * 250 + digits[3];
    int check = Math.floorMod(digits[0] - digits[1] - digits[2] - digits[3], 250);
    // 31 times the version, modulo 250: 31 * 121 = 1 (mod 250).
    int version = Math.floorMod(check * 121, 250);
    boolean agrees = shortId == programmed.shortId() && version == programmed.version();
    return new Claim(shortId, version, agrees);
  }
}
