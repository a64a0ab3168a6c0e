package dev.whorl.gcode.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host's line, taken apart.
 *
 * @param numbered whether it begins with a line number
 * @param number that number; printcore begins with {@code N-1 M110}
 * @param checksum what kind of checksum it has
 * @param command what is left of it for the printer
 */
record HostLine(boolean numbered, long number, Checksum checksum, String command) {

  enum Checksum {
    NONE,
    GOOD,
    BAD
  }

  // A byte of a UTF-8 letter can look like the end of a line, which a dot would not match.
  private static final Pattern NUMBERED =
      Pattern.compile("[Nn]\\s*(-?\\d{1,15})(?!\\d)(.*)", Pattern.DOTALL);
  private static final Pattern SUM = Pattern.compile("\\s*(\\d{1,3})(?!\\d).*", Pattern.DOTALL);

  static HostLine of(String line) {
    Matcher numbered = NUMBERED.matcher(line);
    boolean hasNumber = numbered.matches();
    String rest = hasNumber ? numbered.group(2) : line;
    Checksum checksum = Checksum.NONE;
    int star = line.lastIndexOf('*');
    if (hasNumber && star >= 0) {
      Matcher given = SUM.matcher(line.substring(star + 1));
      boolean good = given.matches() && Integer.parseInt(given.group(1)) == sum(line, star);
      checksum = good ? Checksum.GOOD : Checksum.BAD;
      rest = line.substring(Math.min(line.length() - rest.length(), star), star);
    }
    // As Marlin's parser has it: whatever follows an asterisk is no part of a command.
    int cut = rest.indexOf('*');
    String command = (cut < 0 ? rest : rest.substring(0, cut)).strip();
    long number = hasNumber ? Long.parseLong(numbered.group(1)) : 0;
    return new HostLine(hasNumber, number, checksum, command);
  }

  private static int sum(String line, int end) {
    int sum = 0;
    for (int i = 0; i < end; i++) {
      sum ^= line.charAt(i);
    }
    return sum & 0xff;
  }
}
