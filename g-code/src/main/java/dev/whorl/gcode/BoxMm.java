package dev.whorl.gcode;

/** A rectangle on the bed, in machine coordinates, mm. */
public record BoxMm(double x0, double y0, double x1, double y1) {
  /** True if the two share more than an edge. */
  public boolean overlaps(BoxMm other) {
    return x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1;
  }

  /** The same rectangle, moved outward on all sides. */
  public BoxMm grownBy(double mm) {
    return new BoxMm(x0 - mm, y0 - mm, x1 + mm, y1 + mm);
  }

  /** True if the other lies in this, edges allowed. */
  public boolean contains(BoxMm other) {
    return x0 <= other.x0 && y0 <= other.y0 && other.x1 <= x1 && other.y1 <= y1;
  }

  /** True if the straight way from (ax, ay) to (bx, by) goes through the inside. */
  public boolean isCrossedBy(double ax, double ay, double bx, double by) {
    double[] from = {ax, ay};
    double[] way = {bx - ax, by - ay};
    double[] low = {x0, y0};
    double[] high = {x1, y1};
    double enter = 0;
    double leave = 1;
    for (int axis = 0; axis < 2; axis++) {
      if (way[axis] == 0) {
        if (from[axis] <= low[axis] || from[axis] >= high[axis]) {
          return false;
        }
        continue;
      }
      double t0 = (low[axis] - from[axis]) / way[axis];
      double t1 = (high[axis] - from[axis]) / way[axis];
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
    }
    // A way of no length is a point: inside if nothing excluded it above.
    return way[0] == 0 && way[1] == 0 || enter < leave;
  }
}
