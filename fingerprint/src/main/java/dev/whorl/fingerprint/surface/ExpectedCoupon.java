package dev.whorl.fingerprint.surface;

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
