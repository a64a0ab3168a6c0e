package dev.whorl.gcode;

import java.util.List;

/**
 * How long a printer takes for a row of motions: trapezoids of speed with the acceleration and jerk
 * that the program sets, and the whole queue looked ahead, as Marlin's planner does (classic jerk).
 */
final class MotionEstimate {
  private static final double[] JERK_MM_S = {10, 10, 0.4, 5};

  private MotionEstimate() {}

  static double seconds(List<ToolMove> all) {
    List<ToolMove> moves = all.stream().filter(move -> pathMm(move) > 0).toList();
    int count = moves.size();
    // entry[i] is the speed at which move i begins; entry[count] is the stop at the end.
    double[] entry = new double[count + 1];
    for (int i = 1; i < count; i++) {
      entry[i] = junctionMmS(moves.get(i - 1), moves.get(i));
    }
    for (int i = count - 1; i >= 0; i--) {
      entry[i] = Math.min(entry[i], reachable(entry[i + 1], moves.get(i)));
    }
    for (int i = 0; i < count; i++) {
      entry[i + 1] = Math.min(entry[i + 1], reachable(entry[i], moves.get(i)));
    }
    double seconds = 0;
    for (int i = 0; i < count; i++) {
      seconds += seconds(moves.get(i), entry[i], entry[i + 1]);
    }
    return seconds;
  }

  private static double seconds(ToolMove move, double entry, double exit) {
    double length = pathMm(move);
    double mmS2 = move.accelerationMmS2();
    double peak =
        Math.min(move.speedMmS(), Math.sqrt((2 * mmS2 * length + entry * entry + exit * exit) / 2));
    double ramps = (2 * peak * peak - entry * entry - exit * exit) / (2 * mmS2);
    return (2 * peak - entry - exit) / mmS2 + (length - ramps) / peak;
  }

  /** The length that the speed is meant along: of the path, or of filament where there is none. */
  private static double pathMm(ToolMove move) {
    return move.lengthMm() > 0 ? move.lengthMm() : Math.abs(move.filamentMm());
  }

  private static double reachable(double fromMmS, ToolMove move) {
    return Math.sqrt(fromMmS * fromMmS + 2 * move.accelerationMmS2() * pathMm(move));
  }

  /** The greatest speed at which no axis steps by more than its jerk. */
  private static double junctionMmS(ToolMove before, ToolMove after) {
    double speed = Math.min(before.speedMmS(), after.speedMmS());
    double[] in = direction(before);
    double[] out = direction(after);
    double allowed = speed;
    for (int axis = 0; axis < JERK_MM_S.length; axis++) {
      double step = Math.abs(out[axis] - in[axis]);
      if (step * speed > JERK_MM_S[axis]) {
        allowed = Math.min(allowed, JERK_MM_S[axis] / step);
      }
    }
    return allowed;
  }

  private static double[] direction(ToolMove move) {
    double length = pathMm(move);
    return new double[] {
      (move.to().x() - move.from().x()) / length,
      (move.to().y() - move.from().y()) / length,
      (move.to().z() - move.from().z()) / length,
      move.filamentMm() / length
    };
  }
}
