package dev.whorl.sim.firmware;

/** What befalls a firmware on purpose, as it works. */
public interface Mishaps {

  /** None. */
  Mishaps NONE = new Mishaps() {};

  /** A number for {@link #asksInstead}: the line is taken. */
  long TAKEN = -1;

  /**
   * A line has come in, in order and unharmed.
   *
   * @return {@link #TAKEN}, or the number of a line to ask for instead
   */
  default long asksInstead(long number) {
    return TAKEN;
  }

  /** A line has been taken: by its number, or the how-manieth where numbers do not count. */
  default void taken(long number) {}

  /** Whether something is about to happen, so that the firmware does nothing more before. */
  default boolean imminent() {
    return false;
  }

  /** How long each command takes more, in ms of a person's time. */
  default double slowMs() {
    return 0;
  }
}
