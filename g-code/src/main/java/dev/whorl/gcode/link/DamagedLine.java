package dev.whorl.gcode.link;

/**
 * Recognises a line of ours in what a firmware quotes as unknown: Marlin 2 does a line whose N was
 * damaged without looking at its checksum, finds no command in it and says so.
 */
final class DamagedLine {

  private DamagedLine() {}

  /** Whether the text is the numbered line with one or two characters changed, and not as sent. */
  static boolean is(String quoted, int number, String command) {
    String heard = body(quoted);
    String sent = "N" + number + " " + command;
    if (heard.isEmpty() || heard.equals(command) || command.startsWith(heard)) {
      return false;
    }
    if (heard.length() > 1 && heard.substring(1).equals(Integer.toString(number))) {
      // The code alone, made of a damaged N and the line's number.
      return true;
    }
    return alike(heard, sent) || heard.length() >= 4 && sent.endsWith(heard);
  }

  private static String body(String quoted) {
    int star = quoted.lastIndexOf('*');
    return (star < 0 ? quoted : quoted.substring(0, star)).strip();
  }

  private static boolean alike(String heard, String sent) {
    if (Math.abs(heard.length() - sent.length()) > 1) {
      return false;
    }
    // A damaged character in front may have been dropped: both are compared from their ends.
    int different = 0;
    for (int i = 1; i <= Math.min(heard.length(), sent.length()); i++) {
      different += heard.charAt(heard.length() - i) == sent.charAt(sent.length() - i) ? 0 : 1;
    }
    return different <= 2;
  }
}
