package dev.whorl.fingerprint.surface;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the relief markers in coarse slopes and keeps those that agree with one another on
 * where the coupon lies.
 */
final class MarkerSearch {
  /** A photograph's scale may be off by a tenth, perspective adds; beyond this it is no marker. */
  private static final double SCALE_RANGE = 1.3;

  /** A marker's own corners must fit a square this well, as a part of its side. */
  private static final double SQUARE = 0.12;

  /** Where one marker, 6 mm long, may see another, 28 mm away. */
  private static final double AGREEMENT_MM = 2.5;

  private final ExpectedCoupon expected;
  private final double pxPerMm;
  private final int width;
  private final int height;

  /**
   * @param pxPerMm of the coarse image, as claimed
   */
  MarkerSearch(ExpectedCoupon expected, double pxPerMm, int width, int height) {
    this.expected = expected;
    this.pxPerMm = pxPerMm;
    this.width = width;
    this.height = height;
  }

  /** A marker and where the consensus has its corners, coarse pixels. */
  record Found(int id, ExpectedCoupon.MarkerPlace place, double[] corners) {}

  /**
   * @param slopes along the image's columns and, upwards, along its rows
   * @return one per corner at most; empty when nothing was recognised
   */
  List<Found> find(float[][] slopes) {
    if (expected.markers().isEmpty()) {
      return List.of();
    }
    float[] column = new float[slopes[0].length];
    float[] row = new float[column.length];
    MarkerFinder finder = new MarkerFinder(expected.markers().get(0).sideMm() * pxPerMm);
    List<MarkerFinder.Sighting> sightings = new ArrayList<>();
    List<Found> best = List.of();
    for (float steepest : new float[] {0.7f, 0.25f}) {
      for (int i = 0; i < column.length; i++) {
        column[i] = Math.max(-steepest, Math.min(steepest, slopes[0][i]));
        row[i] = -Math.max(-steepest, Math.min(steepest, slopes[1][i]));
      }
      for (double waveMm : new double[] {10, 5, 20}) {
        float[] z = HeightIntegral.of(column, row, width, height, waveMm * pxPerMm);
        for (double sigmaMm : new double[] {0.12, 0.25, 0.4}) {
          sightings.addAll(finder.find(z, width, height, sigmaMm * pxPerMm, 3));
          best = consensus(sightings);
          if (best.size() == 4) {
            return best;
          }
        }
      }
    }
    return best;
  }

  private List<Found> consensus(List<MarkerFinder.Sighting> sightings) {
    List<Found> best = List.of();
    double bestScore = 0;
    for (MarkerFinder.Sighting seed : sightings) {
      ExpectedCoupon.MarkerPlace place = place(seed.id());
      if (place == null) {
        continue;
      }
      Homography toImage = Homography.fit(place.corners(), seed.corners(), false);
      double scale = Math.sqrt(Math.abs(determinant(toImage))) / pxPerMm;
      double error = error(toImage, place.corners(), seed.corners()) / pxPerMm;
      if (scale > SCALE_RANGE || scale < 1 / SCALE_RANGE || error > SQUARE * place.sideMm()) {
        continue;
      }
      List<Found> found = agreeing(sightings, toImage);
      double score = 0;
      for (Found f : found) {
        score += 1 + (f.id() == f.place().id() ? 0.2 : 0);
      }
      if (score > bestScore) {
        bestScore = score;
        best = found;
      }
    }
    return best;
  }

  private List<Found> agreeing(List<MarkerFinder.Sighting> sightings, Homography toImage) {
    List<Found> found = new ArrayList<>();
    for (ExpectedCoupon.MarkerPlace place : expected.markers()) {
      double[] predicted = place.corners();
      for (int j = 0; j < 4; j++) {
        double x = predicted[2 * j];
        double y = predicted[2 * j + 1];
        predicted[2 * j] = toImage.x(x, y);
        predicted[2 * j + 1] = toImage.y(x, y);
      }
      MarkerFinder.Sighting nearest = null;
      double nearestMm = AGREEMENT_MM;
      for (MarkerFinder.Sighting s : sightings) {
        if (Math.floorMod(s.id(), 4) == place.corner()) {
          double mm = rms(predicted, s.corners()) / pxPerMm - (s.id() == place.id() ? 0.5 : 0);
          if (mm < nearestMm) {
            nearest = s;
            nearestMm = mm;
          }
        }
      }
      if (nearest != null) {
        found.add(new Found(nearest.id(), place, averaged(nearest, sightings)));
      }
    }
    return found;
  }

  /** The mean of all sightings of one marker: each has its own smoothing and threshold. */
  private double[] averaged(MarkerFinder.Sighting one, List<MarkerFinder.Sighting> sightings) {
    double[] mean = new double[8];
    int n = 0;
    for (MarkerFinder.Sighting s : sightings) {
      if (s.id() == one.id() && rms(s.corners(), one.corners()) < 0.5 * pxPerMm) {
        for (int j = 0; j < 8; j++) {
          mean[j] += s.corners()[j];
        }
        n++;
      }
    }
    for (int j = 0; j < 8; j++) {
      mean[j] /= n;
    }
    return mean;
  }

  private ExpectedCoupon.@Nullable MarkerPlace place(int id) {
    for (ExpectedCoupon.MarkerPlace place : expected.markers()) {
      if (place.corner() == Math.floorMod(id, 4)) {
        return place;
      }
    }
    return null;
  }

  private static double determinant(Homography affine) {
    double[] h = affine.h();
    return h[0] * h[4] - h[1] * h[3];
  }

  /** RMS distance of mapped points from where they should be. */
  static double error(Homography map, double[] from, double[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i += 2) {
      double dx = map.x(from[i], from[i + 1]) - to[i];
      double dy = map.y(from[i], from[i + 1]) - to[i + 1];
      sum += dx * dx + dy * dy;
    }
    return Math.sqrt(sum / (from.length / 2));
  }

  private static double rms(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / (a.length / 2));
  }

  /** Coupon mm to coarse pixel; at least one marker. */
  static Homography fit(List<Found> markers) {
    double[] from = new double[8 * markers.size()];
    double[] to = new double[8 * markers.size()];
    for (int i = 0; i < markers.size(); i++) {
      System.arraycopy(markers.get(i).place().corners(), 0, from, 8 * i, 8);
      System.arraycopy(markers.get(i).corners(), 0, to, 8 * i, 8);
    }
    return Homography.fit(from, to, markers.size() >= 3);
  }
}
