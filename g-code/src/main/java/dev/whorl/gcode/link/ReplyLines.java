package dev.whorl.gcode.link;

import java.util.function.Consumer;

/**
 * Cuts what arrives into lines. Bytes are Latin-1; null bytes are dropped; a line ends at CR or LF;
 * empty lines are skipped. A line longer than {@link #LONGEST} keeps its beginning only, so that
 * noise without an end costs no memory.
 */
final class ReplyLines {

  /** The longest reply known is the first line of M115, under 500 characters. */
  static final int LONGEST = 1024;

  private final StringBuilder line = new StringBuilder(128);
  private final Consumer<String> sink;

  ReplyLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /** Drops the line under way. */
  void forget() {
    line.setLength(0);
  }

  /** Takes the first {@code count} bytes; whole lines go to the sink at once. */
  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '\n' || c == '\r') {
        if (line.length() > 0) {
          String text = line.toString();
          line.setLength(0);
          sink.accept(text);
        }
      } else if (c != 0 && line.length() < LONGEST) {
        line.append(c);
      }
    }
  }
}
