package dev.whorl.gcode.link;

import java.nio.charset.StandardCharsets;

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
    int sum = sum(number, command);
    byte[] line = new byte[length(number, command, sum)];
    line[0] = 'N';
    int at = digits(number, line, 1);
    line[at++] = ' ';
    for (int i = 0; i < command.length(); i++) {
      line[at++] = (byte) command.charAt(i);
    }
    line[at++] = '*';
    at = digits(sum, line, at);
    line[at] = '\n';
    return line;
  }

  /** The bytes that {@link #numbered} makes. */
  static int numberedLength(int number, String command) {
    return length(number, command, sum(number, command));
  }

  private static int length(int number, String command, int sum) {
    return command.length() + digitCount(number) + digitCount(sum) + 4;
  }

  private static int sum(int number, String command) {
    int sum = 'N' ^ ' ';
    int rest = number;
    do {
      sum ^= '0' + rest % 10;
      rest /= 10;
    } while (rest > 0);
    for (int i = 0; i < command.length(); i++) {
      sum ^= command.charAt(i);
    }
    return sum & 0xff;
  }

  private static int digitCount(int number) {
    int count = 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      count++;
    }
    return count;
  }

  private static int digits(int number, byte[] line, int at) {
    int end = at + digitCount(number);
    int rest = number;
    for (int i = end - 1; i >= at; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  /** The command and a line feed, without number or checksum. */
  static byte[] bare(String command) {
    return bytes(command + "\n");
  }

  /** The bytes after a line feed, which ends whatever half a line the printer may hold. */
  static byte[] afterLineFeed(byte[] bytes) {
    byte[] whole = new byte[bytes.length + 1];
    whole[0] = '\n';
    System.arraycopy(bytes, 0, whole, 1, bytes.length);
    return whole;
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
    return command.regionMatches(true, 0, code, 0, code.length())
        && (command.length() == code.length()
            || !Character.isDigit(command.charAt(code.length()))
                && command.charAt(code.length()) != '.');
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
