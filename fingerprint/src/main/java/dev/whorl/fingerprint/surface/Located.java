package dev.whorl.fingerprint.surface;

import java.util.List;

/**
 * Where the coupon lies in the coarse image.
 *
 * @param couponToCoarse coupon mm to coarse pixel
 * @param markers recognised
 * @param markerResidualMm RMS distance of the markers' relief from the alignment
 * @param residualMm RMS distance of patches of relief from the alignment
 * @param tiles how many patches that is
 * @param match correlation of measured with expected slopes
 * @param detail relief kept at bead scale over relief kept at coarse scale
 * @param lampOffDeg largest disagreement of a lamp with its azimuth
 */
record Located(
    Homography couponToCoarse,
    List<MarkerReader.Read> markers,
    double markerResidualMm,
    double residualMm,
    int tiles,
    double match,
    double detail,
    double lampOffDeg) {}
