package dev.whorl.gcode.link;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a command is written on the wire, in Latin-1: a byte for each character. */
final class Wire {

  /**
   * The longest command that is sent, in characters. Marlin's MAX_CMD_SIZE is 96 bytes with number,
   * checksum and the final null; a number of six digits takes 8, a checksum 4.
   */
  static final int LONGEST_COMMAND = 80;

  private Wire() {}

  /** {@code N5 G1 X1*87} and a line feed; the checksum is the XOR of all before the asterisk. */
  static byte[] numbered(int number, String command) {
    String body = "N" + number + " " + command;
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum ^= body.charAt(i);
    }
    return bytes(body + "*" + (sum & 0xff) + "\n");
  }

  /** The command and a line feed, without number or checksum. */
  static byte[] bare(String command) {
    return bytes(command + "\n");
  }

  /**
   * The command without comment and blanks around it; empty when nothing is left.
   *
   * @throws IllegalArgumentException when it cannot be sent: not ASCII, several lines, too long, or
   *     with a number or checksum of its own
   */
  static String clean(String line) {
    int comment = line.indexOf(';');
    String command = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (command.length() > LONGEST_COMMAND) {
      throw new IllegalArgumentException(
          "a command has %d characters, the printer takes %d: %s..."
              .formatted(command.length(), LONGEST_COMMAND, command.substring(0, 40)));
    }
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c < ' ' || c > '~' || c == '*') {
        throw new IllegalArgumentException(
            "a command holds the character %#x, which cannot be sent".formatted((int) c));
      }
    }
    if (isCode(command, "M110") || command.startsWith("N")) {
      throw new IllegalArgumentException("line numbers belong to the link: " + command);
    }
    return command;
  }

  /** Whether the command is this code, with or without parameters. */
  static boolean isCode(String command, String code) {
    return command.toUpperCase(Locale.ROOT).startsWith(code)
        && (command.length() == code.length()
            || !Character.isDigit(command.charAt(code.length()))
                && command.charAt(code.length()) != '.');
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
