package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/** The last lines sent, by number, for a printer that wants one again. */
final class History {

  /** More than can be under way, with room for an account that drifted. */
  static final int LINES = 64;

  private final String[] commands = new String[LINES];
  private final Line.Kind[] kinds = new Line.Kind[LINES];
  private int first = 1;
  private int next = 1;

  void restart() {
    first = 1;
    next = 1;
  }

  /** Keeps the next line. */
  void add(String command, Line.Kind kind) {
    commands[next % LINES] = command;
    kinds[next % LINES] = kind;
    next++;
    first = Math.max(first, next - LINES);
  }

  /** The command under this number; null when it is too old or was never sent. */
  @Nullable String at(int number) {
    return number >= first && number < next ? commands[number % LINES] : null;
  }

  /** Why the line under this number was sent. */
  Line.Kind kindOf(int number) {
    return at(number) == null ? Line.Kind.QUESTION : kinds[number % LINES];
  }

  /** The oldest number kept. */
  int oldest() {
    return first;
  }
}
