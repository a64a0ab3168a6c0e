package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.NormalEquations;
import dev.whorl.fingerprint.trace.Place;
import dev.whorl.fingerprint.trace.Strip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the nozzle's flat ploughed across each stroke of the compass. */
public final class PloughReader {
  /** Spacing of a profile; the finest wave kept, 16 um, is about a pixel of the camera. */
  static final double STEP_MM = 0.010;

  /** A profile reaches this far to both sides: the flat of a 0.4 mm nozzle is about 1 mm wide. */
  static final double REACH_MM = 0.5;

  /** Sampled beyond the reach, so that the filter has something to stand on. */
  private static final double MARGIN_MM = 0.2;

  private static final double BIN_MM = 0.1;

  /** Where a stroke begins and ends it presses and lifts; that much is left out. */
  private static final double END_MM = 0.5;

  // A Gaussian of sigma passes half the amplitude at a wavelength of sigma / 0.187.
  private static final double SMOOTH_MM = 0.187 * 0.016;
  private static final double LEVEL_MM = 0.187 * 0.250;

  /** With fewer headings there is no telling the nozzle from the shape of a stroke. */
  private static final int LEAST_HEADINGS = 4;

  /** Slopes this many times the usual ones are walls, not marks. */
  private static final double STEEP = 2;

  private PloughReader() {}

  /** The nozzle's marks, null where too few strokes could be read. */
  public static @Nullable NozzleComponent read(
      SurfaceMaps maps, Toolpath toolpath, Place place, AxisErrors errors) {
    List<Halves> strokes = new ArrayList<>();
    for (Feature feature : toolpath.of(FeatureKind.STROKE)) {
      Segment stroke =
          feature.segments().stream().max(Comparator.comparing(Segment::lengthMm)).orElse(null);
      if (stroke != null && stroke.lengthMm() > 4 * END_MM) {
        Halves halves = halves(maps, place, errors, stroke);
        if (halves != null) {
          strokes.add(halves);
        }
      }
    }
    if (strokes.size() < LEAST_HEADINGS) {
      return null;
    }
    // The strokes' common shape is the bead's and the press's, not the nozzle's.
    int n = strokes.get(0).whole.length;
    double[] crown = new double[n];
    for (Halves halves : strokes) {
      for (int i = 0; i < n; i++) {
        crown[i] += halves.whole[i] / strokes.size();
      }
    }
    double[] taper = taper(strokes);
    List<Plough> ploughs = new ArrayList<>();
    for (Halves halves : strokes) {
      ploughs.add(plough(halves, crown, taper));
    }
    ploughs.sort(Comparator.comparing(Plough::headingDeg));
    return new NozzleComponent(1000 * STEP_MM, ploughs, List.of());
  }

  /**
   * Where the flat ends the groove's walls are many times steeper than any mark, whatever the
   * nozzle. Samples count the less the further all headings together stand above the usual there.
   */
  private static double[] taper(List<Halves> strokes) {
    int n = strokes.get(0).whole.length;
    double[] squares = new double[n];
    for (Halves halves : strokes) {
      for (int i = 0; i < n; i++) {
        squares[i] += halves.whole[i] * halves.whole[i] / strokes.size();
      }
    }
    double[] level = Smoothing.gaussian(squares, 0.030 / STEP_MM);
    double[] sorted = level.clone();
    Arrays.sort(sorted);
    double usual = sorted[n / 2];
    double[] taper = new double[n];
    for (int i = 0; i < n; i++) {
      double excess = usual > 0 ? level[i] / (STEEP * STEEP * usual) : 0;
      taper[i] = 1 / (1 + excess * excess);
    }
    return taper;
  }

  private static Plough plough(Halves halves, double[] crown, double[] taper) {
    int n = crown.length;
    double[] whole = withoutCrown(halves.whole, crown, taper);
    double[] first = withoutCrown(halves.first, crown, taper);
    double[] second = withoutCrown(halves.second, crown, taper);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    double noise = 0;
    for (int i = 0; i < n; i++) {
      xy += first[i] * second[i];
      xx += first[i] * first[i];
      yy += second[i] * second[i];
      noise += (first[i] - second[i]) * (first[i] - second[i]) / 4;
    }
    double r = xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    // Spearman-Brown raises the halves' correlation to the whole's; a negative one stays as it is.
    double reliability = r > 0 ? 2 * r / (1 + r) : r;
    return new Plough(halves.headingDeg, whole, reliability, Math.sqrt(noise / n));
  }

  /**
   * Takes away the crown as this heading shows it: by least squares, as steep, as far aside and as
   * wide as it may be here; and what is wall anyway.
   */
  private static double[] withoutCrown(double[] profile, double[] crown, double[] taper) {
    int n = crown.length;
    NormalEquations equations = new NormalEquations(3);
    int[] unknowns = {0, 1, 2};
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      double derivative = (crown[Math.min(n - 1, i + 1)] - crown[Math.max(0, i - 1)]) / 2;
      rows[i] = new double[] {crown[i], derivative, derivative * (i - n / 2)};
      equations.add(unknowns, rows[i], 3, profile[i], taper[i]);
    }
    NormalEquations.Solution solution = equations.solve();
    double[] out = profile.clone();
    for (int i = 0; i < n && solution != null; i++) {
      for (int k = 0; k < 3; k++) {
        out[i] -= rows[i][k] * solution.values()[k];
      }
      out[i] *= taper[i];
    }
    return out;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Halves(double headingDeg, double[] whole, double[] first, double[] second) {}

  private static @Nullable Halves halves(
      SurfaceMaps maps, Place place, AxisErrors errors, Segment stroke) {
    // The machine's own error moves the whole mark aside.
    double nx = -stroke.directionY();
    double ny = stroke.directionX();
    Place real =
        new Place() {
          @Override
          public double xMm(double xMm, double yMm) {
            return place.xMm(xMm, yMm) + 1e-3 * nx * errors.alongUm(xMm, yMm, nx, ny);
          }

          @Override
          public double yMm(double xMm, double yMm) {
            return place.yMm(xMm, yMm) + 1e-3 * ny * errors.alongUm(xMm, yMm, nx, ny);
          }
        };
    Strip strip =
        Strip.sample(
            maps,
            real,
            stroke,
            END_MM,
            stroke.lengthMm() - END_MM,
            BIN_MM,
            REACH_MM + MARGIN_MM + 2 / maps.pxPerMm());
    int bins = strip.sMm.length;
    double[] whole = profile(strip, 0, bins);
    double[] first = profile(strip, 0, bins / 2);
    double[] second = profile(strip, bins / 2, bins);
    return whole == null || first == null || second == null
        ? null
        : new Halves(stroke.headingDeg(), whole, first, second);
  }

  /** Median along the stroke, on the profile's grid, band-passed; null where it was not seen. */
  private static double @Nullable [] profile(Strip strip, int from, int to) {
    double[] median = new double[strip.size()];
    double[] column = new double[to - from];
    for (int j = 0; j < median.length; j++) {
      int n = 0;
      for (int b = from; b < to; b++) {
        if (strip.weight[b][j] > 0) {
          column[n++] = strip.slope[b][j];
        }
      }
      if (n < 0.5 * (to - from) || n < 3) {
        return null;
      }
      Arrays.sort(column, 0, n);
      median[j] = n % 2 == 1 ? column[n / 2] : (column[n / 2 - 1] + column[n / 2]) / 2;
    }
    int reach = (int) Math.round(REACH_MM / STEP_MM);
    int margin = (int) Math.round(MARGIN_MM / STEP_MM);
    double[] grid = new double[2 * (reach + margin) + 1];
    for (int i = 0; i < grid.length; i++) {
      double position = (i - reach - margin) * STEP_MM / strip.stepMm + strip.half;
      int k = Math.max(0, Math.min(median.length - 2, (int) Math.floor(position)));
      double f = position - k;
      grid[i] = median[k] * (1 - f) + median[k + 1] * f;
    }
    double[] fine = Smoothing.gaussian(grid, SMOOTH_MM / STEP_MM);
    double[] level = Smoothing.gaussian(grid, LEVEL_MM / STEP_MM);
    double[] band = new double[2 * reach + 1];
    for (int i = 0; i < band.length; i++) {
      band[i] = fine[i + margin] - level[i + margin];
    }
    return band;
  }
}
