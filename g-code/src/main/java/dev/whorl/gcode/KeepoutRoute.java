package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shortest way for the nozzle around the rectangles it must keep out of. */
final class KeepoutRoute {
  /** Kept from a rectangle's edge, so that rounding never puts the nozzle inside. */
  private static final double CLEARANCE_MM = 1;

  private KeepoutRoute() {}

  /**
   * @return the points after the first, in machine coordinates; the last is the target. If there is
   *     no way, the straight one, which the program's check will then refuse.
   */
  static List<double[]> around(
      CouponProfile profile, double fromX, double fromY, double toX, double toY) {
    List<BoxMm> keepouts = keepouts(profile);
    List<double[]> nodes = new ArrayList<>();
    nodes.add(new double[] {fromX, fromY});
    nodes.add(new double[] {toX, toY});
    for (BoxMm keepout : keepouts) {
      BoxMm around = keepout.grownBy(CLEARANCE_MM);
      for (double x : new double[] {around.x0(), around.x1()}) {
        for (double y : new double[] {around.y0(), around.y1()}) {
          if (x >= 0 && y >= 0 && x <= profile.printableMm(0) && y <= profile.printableMm(1)) {
            nodes.add(new double[] {x, y});
          }
        }
      }
    }
    int[] next = nextTowardsTarget(nodes, keepouts);
    List<double[]> way = new ArrayList<>();
    for (int node = next[0]; node >= 0; node = next[node]) {
      way.add(nodes.get(node));
    }
    return way.isEmpty() ? List.of(nodes.get(1)) : way;
  }

  static List<BoxMm> keepouts(CouponProfile profile) {
    return profile.keepoutMm().stream()
        .map(r -> new BoxMm(r.get(0), r.get(1), r.get(2), r.get(3)))
        .toList();
  }

  static boolean isFree(List<BoxMm> keepouts, double x0, double y0, double x1, double y1) {
    return keepouts.stream().noneMatch(keepout -> keepout.isCrossedBy(x0, y0, x1, y1));
  }

  /** Dijkstra from the target, node 1; -1 where there is nothing to go on to. */
  private static int[] nextTowardsTarget(List<double[]> nodes, List<BoxMm> keepouts) {
    int count = nodes.size();
    double[] distance = new double[count];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    distance[1] = 0;
    int[] next = new int[count];
    Arrays.fill(next, -1);
    boolean[] done = new boolean[count];
    for (int round = 0; round < count; round++) {
      int best = -1;
      for (int i = 0; i < count; i++) {
        if (!done[i]
            && Double.isFinite(distance[i])
            && (best < 0 || distance[i] < distance[best])) {
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      done[best] = true;
      double[] to = nodes.get(best);
      for (int i = 0; i < count; i++) {
        double[] from = nodes.get(i);
        double length = distance[best] + Math.hypot(to[0] - from[0], to[1] - from[1]);
        if (!done[i] && length < distance[i] && isFree(keepouts, from[0], from[1], to[0], to[1])) {
          distance[i] = length;
          next[i] = best;
        }
      }
    }
    return next;
  }
}
