package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Surface;

/** Which parts of a surface see a lamp. */
final class CastShadow {

  /**
   * A lamp of some size blurs the edge of a short shadow: full shadow is this far below the
   * horizon.
   */
  private static final float SOFT_MM = 0.004f;

  private CastShadow() {}

  /**
   * Share of the lamp that each sample sees, 0 to 1. The horizon is carried from sample to sample
   * away from the lamp: what rises above it throws it anew, and it sinks by the lamp's slope.
   *
   * @param lampX lamp's machine x, mm, and so on
   */
  static float[] litShare(Surface surface, double lampX, double lampY, double lampZ) {
    double middleX = surface.xMm(surface.width() / 2);
    double middleY = surface.yMm(surface.height() / 2);
    boolean sweepX = Math.abs(lampX - middleX) >= Math.abs(lampY - middleY);
    float[] lit = new float[surface.heightMm().length];
    int lines = sweepX ? surface.width() : surface.height();
    int length = sweepX ? surface.height() : surface.width();
    boolean down = sweepX ? lampX > middleX : lampY > middleY;
    float[] before = new float[length]; // the higher of horizon and surface, one line lampwards
    float[] here = new float[length];
    java.util.Arrays.fill(before, -1e3f); // nothing rises beyond the edge
    double pitch = 1 / surface.pxPerMm();
    float[] heights = surface.heightMm();
    for (int n = 0; n < lines; n++) {
      int line = down ? lines - 1 - n : n;
      double ahead = Math.abs(sweepX ? lampX - surface.xMm(line) : lampY - surface.yMm(line));
      boolean under = ahead <= pitch; // the lamp itself: no step leads towards it
      double perAhead = under ? 0 : 1 / ahead;
      for (int k = 0; k < length; k++) {
        int i = sweepX ? k * surface.width() + line : line * surface.width() + k;
        float h = heights[i];
        // A step of one line towards the lamp, its side step and its rise.
        double side = (sweepX ? lampY - surface.yMm(k) : lampX - surface.xMm(k)) * perAhead;
        side = Math.max(-2, Math.min(2, side));
        double rise = under ? 1e3 : (lampZ - h) * perAhead * pitch;
        double at = Math.min(Math.max(k + side, 0), length - 1);
        int low = Math.min((int) at, length - 2);
        float t = (float) (at - low);
        float horizon = before[low] + t * (before[low + 1] - before[low]) - (float) rise;
        lit[i] = Math.max(0, Math.min(1, 1 - (horizon - h) / SOFT_MM));
        here[k] = Math.max(horizon, h);
      }
      float[] swap = before;
      before = here;
      here = swap;
    }
    return lit;
  }
}
