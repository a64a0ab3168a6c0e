package dev.whorl.fingerprint.surface;

import java.util.List;

/**
 * Where the coupon lies in the photograph.
 *
 * @param imageToCoupon row-major 3x3 homography: photograph pixel (x right, y down, centres on
 *     integers) to coupon mm (x right, y up)
 * @param markers the fiducials read
 * @param residualPx RMS distance in photograph pixels between what was matched and where the
 *     homography puts it
 * @param pxPerMm photograph pixels per coupon millimetre at the coupon's centre, geometric mean of
 *     both directions
 * @param rotationDeg how far the coupon is turned counter-clockwise in the photograph
 * @param affine what is left of scale and skew
 */
public record Registration(
    double[] imageToCoupon,
    List<Marker> markers,
    double residualPx,
    double pxPerMm,
    double rotationDeg,
    AffineResidue affine) {

  /**
   * One fiducial as read.
   *
   * @param id its number in DICT_5X5_1000
   * @param corner 0 lower left, 1 lower right, 2 upper right, 3 upper left
   * @param cornersPx where the registration has its corners, photograph pixels: x, y of upper left,
   *     upper right, lower right, lower left as the coupon sees it
   */
  public record Marker(int id, int corner, double[] cornersPx) {}

  /**
   * Scale and skew at the coupon's centre relative to the capture's own {@code px_per_mm}. They say
   * something about the printer only where the camera is metric; a homography swallows them
   * otherwise.
   *
   * @param scaleX printed over intended length along X, minus 1
   * @param scaleY the same along Y
   * @param skewRad how far the angle between printed X and Y falls short of a right one
   * @param standardError of each of the three
   * @param metric whether the capture called its px_per_mm calibrated
   */
  public record AffineResidue(
      double scaleX, double scaleY, double skewRad, double standardError, boolean metric) {}

  /** Coupon mm (x, y) of a photograph pixel. */
  public double[] toCoupon(double xPx, double yPx) {
    double[] h = imageToCoupon;
    double w = h[6] * xPx + h[7] * yPx + h[8];
    return new double[] {
      (h[0] * xPx + h[1] * yPx + h[2]) / w, (h[3] * xPx + h[4] * yPx + h[5]) / w
    };
  }
}
