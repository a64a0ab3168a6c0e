package dev.whorl.sim.firmware;

/**
 * An emergency parser: sees every byte as it arrives, past all queues, and reports M108, M112, M410
 * and M999 at the end of their line.
 */
final class EmergencyParser {

  /** What was ordered. */
  enum Order {
    NONE,
    BREAK_WAIT,
    KILL,
    QUICK_STOP,
    RESTART
  }

  private final StringBuilder line = new StringBuilder();

  /** Takes one byte. */
  Order take(byte b) {
    char c = (char) (b & 0xff);
    if (c != '\n' && c != '\r') {
      // Longer than any line number and order: the rest of such a line cannot be one.
      if (line.length() < 64) {
        line.append(c);
      }
      return Order.NONE;
    }
    GcodeLine command = GcodeLine.of(line.toString());
    line.setLength(0);
    return switch (command.code()) {
      case "M108" -> Order.BREAK_WAIT;
      case "M112" -> Order.KILL;
      case "M410" -> Order.QUICK_STOP;
      case "M999" -> Order.RESTART;
      default -> Order.NONE;
    };
  }
}
