package dev.whorl.sim.bed;

/** A seeded random field over a rectangle that varies slowly: kept on a coarse grid. */
public final class SmoothField {

  private final float[] grid;
  private final int width;
  private final int height;
  private final double minXMm;
  private final double minYMm;
  private final double cellsPerMm;

  /**
   * Zero mean, unit variance.
   *
   * @param box where it is wanted; outside it goes on with its edge's value
   * @param lengthMm standard deviation of the Gaussian that smooths it
   */
  public SmoothField(Bounds box, double lengthMm, long seed) {
    minXMm = box.minXMm();
    minYMm = box.minYMm();
    cellsPerMm = 2.5 / lengthMm;
    width = (int) Math.ceil((box.maxXMm() - minXMm) * cellsPerMm) + 2;
    height = (int) Math.ceil((box.maxYMm() - minYMm) * cellsPerMm) + 2;
    grid = Noise.smooth(width, height, 2.5, seed);
  }

  /** Bilinear between the grid's nodes. */
  public float at(double xMm, double yMm) {
    double x = Math.min(Math.max((xMm - minXMm) * cellsPerMm, 0), width - 1.001);
    double y = Math.min(Math.max((yMm - minYMm) * cellsPerMm, 0), height - 1.001);
    int i = (int) x;
    int j = (int) y;
    float fx = (float) (x - i);
    float fy = (float) (y - j);
    int at = j * width + i;
    return (1 - fy) * ((1 - fx) * grid[at] + fx * grid[at + 1])
        + fy * ((1 - fx) * grid[at + width] + fx * grid[at + width + 1]);
  }
}
