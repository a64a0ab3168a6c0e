package dev.whorl.gcode.host;

import java.util.function.Consumer;

/**
 * Cuts a host's bytes into lines as Marlin does: Latin-1, a line ends at CR or LF, a comment runs
 * from a semicolon to the end of its line, empty lines are nothing. A line longer than {@link
 * #LONGEST} keeps its beginning only and says so by its length.
 */
final class HostLines {

  /** Klipper takes lines of up to 4096 bytes; one more tells that there were more. */
  static final int LONGEST = 4096;

  private final StringBuilder line = new StringBuilder(128);
  private boolean comment;

  /** Drops the line under way. */
  void forget() {
    line.setLength(0);
    comment = false;
  }

  /** Takes the first {@code count} bytes; whole lines go to the sink at once. */
  void accept(byte[] bytes, int count, Consumer<String> sink) {
    for (int i = 0; i < count; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '\n' || c == '\r') {
        String text = line.toString().strip();
        forget();
        if (!text.isEmpty()) {
          sink.accept(text);
        }
      } else if (c == ';') {
        comment = true;
      } else if (!comment && line.length() <= LONGEST && !(line.length() == 0 && c <= ' ')) {
        line.append(c);
      }
    }
  }
}
