package dev.whorl.gcode.link;

/** Hears both sides of the line. Called on the link's threads: must return at once. */
public interface LinkListener {

  /** A listener that does nothing. */
  LinkListener NONE = reply -> {};

  /** Every line the printer said, in order, on the thread that reads. */
  void heard(Reply reply);

  /**
   * A line that no command of this link's own asked for, after {@link #heard}: reports, busy lines,
   * actions, a failure, anything said while no command is under way. Not what {@link
   * PrinterLink#relay} passes on.
   */
  default void unasked(Reply reply) {}

  /** A command about to be written, without number and checksum. */
  default void said(String command) {}

  /** The link ended by itself; comes once. */
  default void lost(LinkException reason) {}
}
