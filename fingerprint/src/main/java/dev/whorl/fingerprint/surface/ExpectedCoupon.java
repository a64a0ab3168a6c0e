package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program lays down, as far as the top face shows it; coupon coordinates, mm.
 *
 * @param widthMm coupon's extent along X
 * @param heightMm coupon's extent along Y
 * @param layerMm layer height
 * @param lines every extruded line in printing order
 * @param markers the relief markers
 */
public record ExpectedCoupon(
    double widthMm, double heightMm, double layerMm, List<Line> lines, List<MarkerPlace> markers) {

  public ExpectedCoupon {
    lines = List.copyOf(lines);
    markers = List.copyOf(markers);
  }

  /** Layers below the top face that still show in it: the one under the relief. */
  private static final int LAYERS_SEEN = 2;

  /**
   * What a toolpath lays down. Ironing strokes add no relief to speak of, the prime line lies off
   * the coupon; both are left out.
   */
  public static ExpectedCoupon of(Toolpath toolpath) {
    double h = toolpath.layerMm();
    double areaMm2 = toolpath.pitchMm() * h;
    double topMm =
        toolpath.features().stream()
            .filter(ExpectedCoupon::raisesRelief)
            .flatMap(f -> f.segments().stream())
            .mapToDouble(Segment::zMm)
            .max()
            .orElse(0);
    List<Line> lines = new ArrayList<>();
    List<MarkerPlace> markers = new ArrayList<>();
    for (Feature feature : toolpath.features()) {
      if (feature.kind() == FeatureKind.MARKER) {
        markers.add(place(feature));
      }
      if (!raisesRelief(feature)) {
        continue;
      }
      for (Segment s : feature.segments()) {
        if (s.zMm() > topMm - (LAYERS_SEEN - 0.5) * h) {
          lines.add(new Line(s.x0Mm(), s.y0Mm(), s.x1Mm(), s.y1Mm(), s.zMm(), areaMm2));
        }
      }
    }
    return new ExpectedCoupon(toolpath.widthMm(), toolpath.heightMm(), h, lines, markers);
  }

  private static boolean raisesRelief(Feature feature) {
    return feature.kind() != FeatureKind.STROKE && feature.kind() != FeatureKind.PRIME;
  }

  private static MarkerPlace place(Feature marker) {
    double cellMm = number(marker, "cell");
    return new MarkerPlace(
        (int) number(marker, "id"),
        number(marker, "x"),
        number(marker, "y"),
        cellMm * number(marker, "cells"));
  }

  private static double number(Feature feature, String key) {
    String value = feature.attribute(key);
    try {
      return Double.parseDouble(value == null ? "" : value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "program: marker " + feature.name() + " has no number for " + key, e);
    }
  }

  /**
   * One extruded line from (x0Mm, y0Mm) to (x1Mm, y1Mm).
   *
   * @param topMm height of the nozzle above the bed
   * @param areaMm2 cross-section of the plastic laid
   */
  public record Line(
      double x0Mm, double y0Mm, double x1Mm, double y1Mm, double topMm, double areaMm2) {}

  /**
   * One relief marker.
   *
   * @param id number in DICT_5X5_1000; its corner is id mod 4: 0 lower left, 1 lower right, 2 upper
   *     right, 3 upper left
   * @param xMm left edge
   * @param yMm lower edge
   * @param sideMm length of a side
   */
  public record MarkerPlace(int id, double xMm, double yMm, double sideMm) {
    /** Which corner of the coupon it belongs to. */
    public int corner() {
      return Math.floorMod(id, 4);
    }

    /** x, y of upper left, upper right, lower right, lower left. */
    double[] corners() {
      return new double[] {
        xMm, yMm + sideMm, xMm + sideMm, yMm + sideMm, xMm + sideMm, yMm, xMm, yMm
      };
    }
  }
}
