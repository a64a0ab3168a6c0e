package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the coupon in the coarse image by its whole relief, aligns it, and reads its markers.
 *
 * <p>When nothing matches, {@link #explain} takes the lamps for mirrored or for swapped in pairs
 * and repeats the search, only to name the fault.
 */
final class CouponSearch {
  /** The usual bench; beyond it every turn is tried. */
  private static final double USUAL_TURN_DEG = 14;

  /** A match this good needs no second opinion. */
  private static final double CLEAR_MATCH = 0.5;

  private final CoarseShading shading;
  private final CaptureMetadata metadata;
  private final ExpectedCoupon expected;
  private final ExpectedRelief relief;
  private final Refinement refinement;
  private final ReliefSearch search;
  private final double coarsePxPerMm;
  private Refinement.@Nullable Result best;

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
    refinement = new Refinement(relief, expected.widthMm(), expected.heightMm());
    search = new ReliefSearch(expected, coarsePxPerMm, shading.width, shading.height);
  }

  /**
   * Where the coupon is; empty when no coupon of this program is seen.
   *
   * @throws UnfitCapture when it is seen and cannot be measured
   */
  Optional<Located> locate() throws UnfitCapture {
    float[][] slopes = shading.slopes();
    Refinement.Result aligned = align(slopes, USUAL_TURN_DEG);
    if (aligned.match() < CLEAR_MATCH) {
      Refinement.Result turned = align(slopes, 180);
      aligned = turned.match() > aligned.match() ? turned : aligned;
    }
    best = aligned;
    if (!(aligned.match() >= QualityGate.MIN_MATCH)) {
      return Optional.empty();
    }
    QualityGate.inView(inView(aligned.couponToImage()));
    List<LampCheck.Direction> directions =
        LampCheck.directions(shading, metadata.lamps(), relief, aligned.couponToImage());
    QualityGate.directions(directions);
    QualityGate.sharp(aligned.detail());
    double lampOffDeg =
        directions.stream().mapToDouble(LampCheck.Direction::offDeg).max().orElse(0);
    List<MarkerReader.Read> markers =
        MarkerReader.read(expected, aligned.heightMap(relief), relief);
    return Optional.of(
        new Located(
            aligned.couponToImage(),
            markers,
            aligned.markerResidualMm(expected.markers()),
            aligned.residualMm(),
            aligned.tiles(),
            aligned.match(),
            aligned.detail(),
            lampOffDeg));
  }

  /**
   * Says why nothing was found: mixed-up lamps, a coupon out of view, or another relief.
   *
   * @return the last of these; the others are thrown
   */
  UnfitCapture refusal() throws UnfitCapture {
    explain();
    if (best != null) {
      QualityGate.inView(inView(best.couponToImage()));
    }
    return QualityGate.mismatch(best == null ? 0 : best.match());
  }

  private Refinement.Result align(float[][] slopes, double mostDeg) {
    Refinement.Result best = null;
    for (ReliefSearch.Candidate candidate :
        search.candidates(slopes[0], slopes[1], shading.width, shading.height, mostDeg)) {
      Refinement.Result result =
          refinement.refine(
              slopes[0], slopes[1], shading.width, shading.height, candidate.couponToCoarse());
      if (best == null || result.match() > best.match()) {
        best = result;
      }
      if (best.match() > CLEAR_MATCH) {
        break;
      }
    }
    if (best == null) {
      throw new IllegalStateException("a search always has a best candidate");
    }
    return best;
  }

  /** Nothing matched as the lamps are named: would it, were two of them swapped or all mirrored? */
  private void explain() throws UnfitCapture {
    double[][] q = shading.cotangents();
    for (int a = 0; a < q.length; a++) {
      for (int b = a + 1; b < q.length; b++) {
        double[][] swapped = q.clone();
        swapped[a] = q[b];
        swapped[b] = q[a];
        blame(swapped);
      }
    }
    for (double[] mirror : new double[][] {{-1, 1}, {1, -1}, {-1, -1}}) {
      double[][] mirrored = new double[q.length][];
      for (int k = 0; k < q.length; k++) {
        mirrored[k] = new double[] {mirror[0] * q[k][0], mirror[1] * q[k][1]};
      }
      blame(mirrored);
    }
  }

  private void blame(double[][] cotangents) throws UnfitCapture {
    float[][] slopes = shading.slopes(cotangents);
    List<ReliefSearch.Candidate> candidates =
        search.candidates(slopes[0], slopes[1], shading.width, shading.height, USUAL_TURN_DEG);
    Refinement.Result result =
        refinement.refine(
            slopes[0],
            slopes[1],
            shading.width,
            shading.height,
            candidates.get(0).couponToCoarse());
    if (result.match() >= CLEAR_MATCH) {
      QualityGate.directions(
          LampCheck.directions(shading, metadata.lamps(), relief, result.couponToImage()));
    }
  }

  /** Part of the coupon's area within the image, from a 21 x 21 grid. */
  private double inView(Homography toImage) {
    int in = 0;
    for (int i = 0; i < 21; i++) {
      for (int j = 0; j < 21; j++) {
        double x = toImage.x(expected.widthMm() * i / 20, expected.heightMm() * j / 20);
        double y = toImage.y(expected.widthMm() * i / 20, expected.heightMm() * j / 20);
        if (x >= 0 && y >= 0 && x <= shading.width - 1 && y <= shading.height - 1) {
          in++;
        }
      }
    }
    return in / 441.0;
  }
}
