package dev.whorl.sim.bed;

/**
 * Heights of plastic above the bed's face on a grid, row by row, row 0 at the smallest y.
 *
 * @param heightMm {@code width * height} values
 * @param width samples along machine x
 * @param height samples along machine y
 * @param pxPerMm samples per mm, both ways
 * @param minXMm machine x of column 0
 * @param minYMm machine y of row 0
 */
public record Surface(
    float[] heightMm, int width, int height, double pxPerMm, double minXMm, double minYMm) {

  /** Less than this is bare bed: no layer is so thin. */
  public static final float BARE_MM = 0.02f;

  /** A bare bed over a region. */
  public static Surface bare(Bounds region, double pxPerMm) {
    int width = (int) Math.round((region.maxXMm() - region.minXMm()) * pxPerMm) + 1;
    int height = (int) Math.round((region.maxYMm() - region.minYMm()) * pxPerMm) + 1;
    return new Surface(
        new float[Math.multiplyExact(width, height)],
        width,
        height,
        pxPerMm,
        region.minXMm(),
        region.minYMm());
  }

  /** Height of the sample nearest to a point, which must lie on the grid. */
  public float at(double xMm, double yMm) {
    int column = (int) Math.round((xMm - minXMm) * pxPerMm);
    int row = (int) Math.round((yMm - minYMm) * pxPerMm);
    if (column < 0 || row < 0 || column >= width || row >= height) {
      throw new IllegalArgumentException(xMm + ", " + yMm + " lies off the surface");
    }
    return heightMm[row * width + column];
  }

  /** Machine x of a column. */
  public double xMm(int column) {
    return minXMm + column / pxPerMm;
  }

  /** Machine y of a row. */
  public double yMm(int row) {
    return minYMm + row / pxPerMm;
  }
}
