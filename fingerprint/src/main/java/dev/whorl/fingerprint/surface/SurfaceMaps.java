package dev.whorl.fingerprint.surface;

/**
 * The coupon's top face as measured, one float per pixel, in the coupon's own frame.
 *
 * <p>All maps are row-major, {@code index = row * widthPx + column}. <b>Row 0 is the coupon's lower
 * edge</b>: columns grow with coupon x, rows with coupon y, so that a finite difference along rows
 * is d/dy. Pixel centres sit on integers: column {@code marginPx}, row {@code marginPx} is the
 * coupon's lower left corner (0, 0) mm exactly. A pixel that could not be measured (outside the
 * photograph, or in shadow of too many lamps) has confidence 0 and slopes 0.
 *
 * @param widthPx columns
 * @param heightPx rows
 * @param pxPerMm pixels per millimetre of coupon, both directions
 * @param marginPx pixels around the coupon on every side
 * @param slopeX dz/dx, dimensionless, coupon +X
 * @param slopeY dz/dy, dimensionless, coupon +Y
 * @param albedo diffuse reflectance, relative: 1 is the coupon's median
 * @param confidence 0..1: how well the lamps agree on the pixel; 0 is not measured
 */
public record SurfaceMaps(
    int widthPx,
    int heightPx,
    double pxPerMm,
    int marginPx,
    float[] slopeX,
    float[] slopeY,
    float[] albedo,
    float[] confidence) {

  /** Checks that every map has one value per pixel. */
  public SurfaceMaps {
    int n = widthPx * heightPx;
    if (slopeX.length != n || slopeY.length != n || albedo.length != n || confidence.length != n) {
      throw new IllegalArgumentException("a map does not have " + widthPx + "x" + heightPx);
    }
  }

  /** The column, with its fraction, of coupon abscissa {@code xMm}. */
  public double columnOf(double xMm) {
    return xMm * pxPerMm + marginPx;
  }

  /** The row, with its fraction, of coupon ordinate {@code yMm}. */
  public double rowOf(double yMm) {
    return yMm * pxPerMm + marginPx;
  }

  /** The coupon abscissa in mm of a column. */
  public double xMmOf(double column) {
    return (column - marginPx) / pxPerMm;
  }

  /** The coupon ordinate in mm of a row. */
  public double yMmOf(double row) {
    return (row - marginPx) / pxPerMm;
  }

  /** Whether the point lies inside the maps, one pixel from their rim. */
  public boolean contains(double xMm, double yMm) {
    double column = columnOf(xMm);
    double row = rowOf(yMm);
    return column >= 1 && row >= 1 && column < widthPx - 2 && row < heightPx - 2;
  }

  /** Bilinear value of one of this surface's maps at a coupon point; NaN outside. */
  public double sample(float[] map, double xMm, double yMm) {
    double column = columnOf(xMm);
    double row = rowOf(yMm);
    int c = (int) Math.floor(column);
    int r = (int) Math.floor(row);
    if (c < 0 || r < 0 || c + 1 >= widthPx || r + 1 >= heightPx) {
      return Double.NaN;
    }
    double fc = column - c;
    double fr = row - r;
    int i = r * widthPx + c;
    double low = map[i] * (1 - fc) + map[i + 1] * fc;
    double high = map[i + widthPx] * (1 - fc) + map[i + widthPx + 1] * fc;
    return low * (1 - fr) + high * fr;
  }
}
