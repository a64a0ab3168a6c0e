package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.util.List;

/**
 * Finds the coupon in the coarse image: markers first, then the whole relief.
 *
 * <p>Heights follow from slopes only once the photograph's turn is known, and the photograph's turn
 * only from heights. A turn of up to 50 degrees still integrates to a readable relief, so quarter
 * turns are tried in order; mirrored lamps after them, only to name the fault.
 */
final class CouponSearch {
  private static final double[][] TURNS = {
    {1, 0, 0, 1}, {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0}, {-1, 0, 0, 1}, {1, 0, 0, -1}
  };

  private final CoarseShading shading;
  private final CaptureMetadata metadata;
  private final ExpectedCoupon expected;
  private final ExpectedRelief relief;
  private final double coarsePxPerMm;

  CouponSearch(
      CoarseShading shading,
      CaptureMetadata metadata,
      ExpectedCoupon expected,
      ExpectedRelief relief) {
    this.shading = shading;
    this.metadata = metadata;
    this.expected = expected;
    this.relief = relief;
    coarsePxPerMm = metadata.pxPerMm() / Math.sqrt(shading.factorX * shading.factorY);
  }

  /**
   * @throws UnfitCapture when no coupon of this program is seen, or lamps are mixed up
   */
  Located locate() throws UnfitCapture {
    MarkerSearch search = new MarkerSearch(expected, coarsePxPerMm, shading.width, shading.height);
    List<MarkerSearch.Found> markers = List.of();
    for (double[] turn : TURNS) {
      List<MarkerSearch.Found> found = search.find(shading.slopes(turn));
      if (found.size() > markers.size()) {
        markers = found;
      }
      if (markers.size() >= 3) {
        break;
      }
    }
    if (markers.isEmpty()) {
      throw new UnfitCapture(
          "coupon",
          "0 of 4 relief markers recognised",
          "at least 1",
          "check that the coupon is in view and in focus and that px_per_mm is right");
    }
    Homography start = MarkerSearch.fit(markers);
    List<LampCheck.Direction> directions =
        LampCheck.directions(shading, metadata.lamps(), relief, start);
    float[][] slopes = shading.slopes(TURNS[0]);
    Refinement refinement = new Refinement(relief, expected.widthMm(), expected.heightMm());
    Refinement.Result aligned =
        refinement.refine(slopes[0], slopes[1], shading.width, shading.height, start, 1);
    if (aligned.correlation() < QualityGate.MIN_MATCH) {
      QualityGate.directions(directions);
    }
    QualityGate.match(aligned.correlation());
    directions = LampCheck.directions(shading, metadata.lamps(), relief, aligned.couponToImage());
    QualityGate.directions(directions);
    double lampOffDeg =
        directions.stream().mapToDouble(LampCheck.Direction::offDeg).max().orElse(0);
    return new Located(
        aligned.couponToImage(),
        markers,
        markerResidualMm(markers, aligned.couponToImage()),
        aligned.residualMm(),
        aligned.tiles(),
        aligned.correlation(),
        aligned.detail(),
        lampOffDeg);
  }

  private double markerResidualMm(List<MarkerSearch.Found> markers, Homography couponToCoarse) {
    double sum = 0;
    for (MarkerSearch.Found marker : markers) {
      double px = MarkerSearch.error(couponToCoarse, marker.place().corners(), marker.corners());
      sum += px * px;
    }
    return Math.sqrt(sum / markers.size()) / coarsePxPerMm;
  }
}
