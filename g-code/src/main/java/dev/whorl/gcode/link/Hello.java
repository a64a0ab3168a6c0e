package dev.whorl.gcode.link;

/**
 * How a printer introduced itself.
 *
 * @param baud the speed at which it answered
 * @param restarted whether it was heard starting up: opening the port resets most boards
 */
public record Hello(
    int baud, boolean restarted, Capabilities capabilities, Temperatures temperatures) {

  /** How this firmware's conversation differs from another's. */
  public Dialect dialect() {
    return Dialect.of(capabilities);
  }
}
