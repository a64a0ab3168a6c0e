package dev.whorl.sim.firmware;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** When moves are done: the planner's buffer as time empties it. */
final class MoveTimer {

  private final Deque<Move> queue = new ArrayDeque<>();
  private double headStartS;

  /** A move enters the buffer. */
  void add(Move move, double nowS) {
    if (queue.isEmpty()) {
      headStartS = nowS;
    }
    queue.addLast(move);
  }

  /** Takes out what is done by now. */
  void advance(double nowS) {
    while (!queue.isEmpty()) {
      double endS = headStartS + queue.getFirst().trapezoid().durationS();
      if (endS > nowS) {
        return;
      }
      headStartS = endS;
      queue.removeFirst();
    }
  }

  int size() {
    return queue.size();
  }

  /** Forgets all; returns the moves that had not begun. */
  List<Move> stop() {
    List<Move> notBegun = new ArrayList<>(queue);
    if (!notBegun.isEmpty()) {
      notBegun.remove(0);
    }
    queue.clear();
    return notBegun;
  }
}
