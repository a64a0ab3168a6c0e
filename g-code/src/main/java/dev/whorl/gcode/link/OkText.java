package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/** Reads an `ok` and what ADVANCED_OK or M105 add to it, character by character: it comes most. */
final class OkText {

  private OkText() {}

  /** The `ok` in a stripped line that begins with these two letters; null when it is none. */
  static Reply.@Nullable Ok read(String text, String line) {
    int length = line.length();
    if (length == 2) {
      return new Reply.Ok(text, -1, -1, -1, null, "");
    }
    char next = line.charAt(2);
    if (next != ' ' && next != '\t') {
      return null;
    }
    String payload = line.substring(3).strip();
    int named = -1;
    int planner = -1;
    int buffer = -1;
    int at = 0;
    while (at < payload.length()) {
      char key = payload.charAt(at);
      int end = at + 1;
      int value = 0;
      while (end < payload.length() && isDigit(payload.charAt(end)) && end - at <= 9) {
        value = value * 10 + (payload.charAt(end) - '0');
        end++;
      }
      boolean whole = end > at + 1 && (end == payload.length() || payload.charAt(end) == ' ');
      if (!whole || key != 'N' && key != 'P' && key != 'B') {
        // Not ADVANCED_OK, or a damaged one: temperatures or some other text.
        return new Reply.Ok(text, -1, -1, -1, TemperatureText.read(payload, 0), payload);
      }
      switch (key) {
        case 'N' -> named = value;
        case 'P' -> planner = value;
        default -> buffer = value;
      }
      at = end;
      while (at < payload.length() && payload.charAt(at) == ' ') {
        at++;
      }
    }
    return new Reply.Ok(text, named, planner, buffer, null, payload);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
