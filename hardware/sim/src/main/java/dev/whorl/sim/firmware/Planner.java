package dev.whorl.sim.firmware;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Marlin's lookahead. A move is handed out with its speeds settled as soon as {@value #LOOKAHEAD}
 * later ones are known, or when motion must come to a stop. So what the machine does depends on the
 * lines alone and not on when they come: a host that is slow makes pauses in time, not marks.
 */
public final class Planner {

  /** BLOCK_BUFFER_SIZE of 16 holds 15 moves. */
  static final int LOOKAHEAD = 15;

  /** Marlin's MINIMUM_PLANNER_SPEED. */
  private static final double MIN_SPEED_MM_S = 0.05;

  private final Limits limits;
  private final Consumer<Move> motion;
  private final Deque<Move> pending = new ArrayDeque<>();
  private final double[] position = new double[4];
  private double[] previousSpeed = new double[4];
  private double previousNominalMmS;

  Planner(Limits limits, Consumer<Move> motion) {
    this.limits = limits;
    this.motion = motion;
  }

  /** Where an axis will be when all is done, in the machine's own coordinates. */
  double position(int axis) {
    return position[axis];
  }

  /** Says where the machine is, after homing; motion must have ended. */
  void moveOrigin(int axis, double mm) {
    position[axis] = mm;
  }

  /** Moves whose speeds may still change. */
  List<Move> pending() {
    return List.copyOf(pending);
  }

  /**
   * Adds a straight move.
   *
   * @param to end of each axis
   * @param speedMmS the speed asked for
   * @return the move, or null when it is too short to be one
   */
  @Nullable Move add(double[] to, double speedMmS) {
    double[] delta = new double[4];
    for (int axis = 0; axis < 4; axis++) {
      delta[axis] = to[axis] - position[axis];
    }
    double lengthMm = Math.sqrt(delta[0] * delta[0] + delta[1] * delta[1] + delta[2] * delta[2]);
    boolean travels = lengthMm >= 1e-6;
    if (!travels) {
      delta[0] = 0;
      delta[1] = 0;
      delta[2] = 0;
      lengthMm = Math.abs(delta[3]);
      if (lengthMm < 1e-6) {
        return null;
      }
    }
    boolean prints = travels && delta[3] != 0;
    double minMmS = delta[3] != 0 ? limits.minPrintMmS : limits.minTravelMmS;
    double nominal = Math.max(Math.max(speedMmS, minMmS), MIN_SPEED_MM_S);
    double accel =
        !travels
            ? limits.retractAccelMmS2
            : prints ? limits.printAccelMmS2 : limits.travelAccelMmS2;
    double[] unit = new double[4];
    for (int axis = 0; axis < 4; axis++) {
      unit[axis] = delta[axis] / lengthMm;
      double share = Math.abs(unit[axis]);
      if (share > 0) {
        nominal = Math.min(nominal, limits.maxSpeedMmS[axis] / share);
        accel = Math.min(accel, limits.maxAccelMmS2[axis] / share);
      }
    }
    double[] speed = new double[4];
    for (int axis = 0; axis < 4; axis++) {
      speed[axis] = unit[axis] * nominal;
    }
    double entry =
        pending.isEmpty() && previousNominalMmS == 0
            ? standingMmS(speed, nominal, accel, lengthMm)
            : cornerMmS(speed, unit, nominal, accel, lengthMm);
    Move move = new Move(position.clone(), unit, lengthMm, nominal, accel, entry);
    for (int axis = 0; axis < 4; axis++) {
      position[axis] = move.to(axis);
    }
    previousSpeed = speed;
    previousNominalMmS = nominal;
    pending.addLast(move);
    replan();
    if (pending.size() > LOOKAHEAD) {
      handOut();
    }
    return move;
  }

  /** Lets motion come to a stop after the last move known, and hands all out. */
  void finish() {
    while (!pending.isEmpty()) {
      handOut();
    }
    previousNominalMmS = 0;
  }

  /**
   * Stops at once: what has not begun is forgotten.
   *
   * @param begun the moves that have begun or are done, oldest first
   */
  void abandon(List<Move> notBegun) {
    List<Move> kept = new ArrayList<>(pending);
    kept.removeAll(notBegun);
    if (!notBegun.isEmpty()) {
      Move first = notBegun.get(0);
      for (int axis = 0; axis < 4; axis++) {
        position[axis] = first.from(axis);
      }
    }
    pending.clear();
    pending.addAll(kept);
    finish();
  }

  private void handOut() {
    motion.accept(pending.removeFirst());
  }

  /** Speed from or to which it may jump when standing. */
  private double standingMmS(double[] speed, double nominal, double accel, double lengthMm) {
    double safe = MIN_SPEED_MM_S;
    if (!limits.junctionDeviation) {
      safe = nominal;
      for (int axis = 0; axis < 4; axis++) {
        double own = Math.abs(speed[axis]);
        if (own > limits.jerkMmS[axis]) {
          safe = Math.min(safe, nominal * limits.jerkMmS[axis] / own);
        }
      }
    }
    return Math.min(safe, Math.sqrt(2 * accel * lengthMm + MIN_SPEED_MM_S * MIN_SPEED_MM_S));
  }

  private double cornerMmS(
      double[] speed, double[] unit, double nominal, double accel, double lengthMm) {
    double fastest = Math.min(nominal, previousNominalMmS);
    double corner =
        limits.junctionDeviation
            ? byDeviation(unit, accel, fastest)
            : byJerk(speed, nominal, fastest);
    return Math.max(corner, Math.min(fastest, standingMmS(speed, nominal, accel, lengthMm)));
  }

  /** Planner::buffer_steps, the part for HAS_CLASSIC_JERK. */
  private double byJerk(double[] speed, double nominal, double fastest) {
    double factor = 1;
    double out = fastest / previousNominalMmS;
    double in = fastest / nominal;
    for (int axis = 0; axis < 4; axis++) {
      double exit = previousSpeed[axis] * out * factor;
      double entry = speed[axis] * in * factor;
      double jump =
          exit > entry
              ? (entry > 0 || exit < 0 ? exit - entry : Math.max(exit, -entry))
              : (entry < 0 || exit > 0 ? entry - exit : Math.max(-exit, entry));
      if (jump > limits.jerkMmS[axis]) {
        factor *= limits.jerkMmS[axis] / jump;
      }
    }
    return fastest * factor;
  }

  /** Planner::buffer_steps, the part for HAS_JUNCTION_DEVIATION. */
  private double byDeviation(double[] unit, double accel, double fastest) {
    double cos = 0;
    double previousLength = 0;
    double length = 0;
    for (int axis = 0; axis < 4; axis++) {
      double before = previousSpeed[axis] / previousNominalMmS;
      cos -= before * unit[axis];
      previousLength += before * before;
      length += unit[axis] * unit[axis];
    }
    cos /= Math.sqrt(previousLength * length);
    if (cos > 0.999999) {
      return MIN_SPEED_MM_S;
    }
    double sinHalf = Math.sqrt(0.5 * (1 - Math.max(cos, -0.999999)));
    return Math.min(
        fastest, Math.sqrt(accel * limits.deviationMm(accel) * sinHalf / (1 - sinHalf)));
  }

  private void replan() {
    List<Move> moves = new ArrayList<>(pending);
    int last = moves.size() - 1;
    double exit = 0;
    for (int i = last; i >= 0; i--) {
      Move move = moves.get(i);
      move.exitMmS = i == last ? stopMmS(move) : exit;
      if (i > 0) {
        move.entryMmS = Math.min(move.maxEntryMmS, reachable(move.exitMmS, move));
      }
      exit = move.entryMmS;
    }
    Move first = moves.get(0);
    if (last == 0 && first.entryMmS == 0) {
      first.entryMmS = first.maxEntryMmS;
    }
    for (int i = 0; i < last; i++) {
      Move move = moves.get(i);
      Move next = moves.get(i + 1);
      next.entryMmS = Math.min(next.entryMmS, reachable(move.entryMmS, move));
      move.exitMmS = next.entryMmS;
    }
    Move end = moves.get(last);
    end.exitMmS = Math.min(end.exitMmS, reachable(end.entryMmS, end));
  }

  private double stopMmS(Move move) {
    double[] speed = new double[4];
    for (int axis = 0; axis < 4; axis++) {
      speed[axis] = move.unit(axis) * move.nominalMmS();
    }
    return standingMmS(speed, move.nominalMmS(), move.accelMmS2(), move.lengthMm());
  }

  private static double reachable(double fromMmS, Move move) {
    return Math.min(
        move.nominalMmS(), Math.sqrt(fromMmS * fromMmS + 2 * move.accelMmS2() * move.lengthMm()));
  }
}
