package dev.whorl.agent.run;

import java.util.Locale;

/** What is known of one slot on the bed. */
public enum SlotState {
  /** A person (or the button) cleared it within the last 24 hours and nothing was printed since. */
  CLEAR,

  /** A coupon of ours lies on it. */
  OCCUPIED,

  /** Nobody knows: never told, told too long ago, or the printer was used by someone else. */
  UNKNOWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SlotState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
