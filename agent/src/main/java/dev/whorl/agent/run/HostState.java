package dev.whorl.agent.run;

import java.util.Locale;

/** What the program on the other side of the pass-through does. */
public enum HostState {
  /** No program has the pass-through open, and the last one left nothing under way. */
  NOBODY,

  /** Nothing moves, nothing is heated, nothing is under way. */
  IDLE,

  /** It uses the printer, or did so within the last minute. */
  PRINTING,

  /** It waits: a coupon is under way, or lies on the bed. */
  HELD;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
