package dev.whorl.gcode.link;

/**
 * A line under way.
 *
 * @param number -1 for one that is sent past the queue, without a number
 * @param bytes its length on the wire
 * @param kind why it is sent
 */
record Line(int number, String command, int bytes, Kind kind) {

  enum Kind {
    /** Someone wants it done. */
    WANTED,
    /** The link asks for a sign of life; nobody waits for it. */
    POKE,
    /** The link asks where things stand, and goes on when it knows. */
    QUESTION
  }

  boolean numbered() {
    return number >= 0;
  }

  /** Whether its answer is the link's own affair. */
  boolean own() {
    return kind != Kind.WANTED;
  }

  boolean asksTemperature() {
    return Wire.isCode(command, "M105");
  }
}
