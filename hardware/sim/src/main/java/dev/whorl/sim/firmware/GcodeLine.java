package dev.whorl.sim.firmware;

import java.util.Locale;

/**
 * One command as a firmware's parser sees it: a letter, a number, and letters with values after it.
 *
 * @param text as received, line number and checksum cut off
 * @param letter of the code, upper case; {@code '?'} when there is none
 * @param number of the code
 * @param numberPrefix {@code N12} when the line was numbered, else empty
 * @param acknowledged whether somebody waits for an acknowledgement
 */
record GcodeLine(String text, char letter, int number, String numberPrefix, boolean acknowledged) {

  /** Parses what came between line breaks, comments already cut off. */
  static GcodeLine of(String line) {
    String rest = line.strip();
    String prefix = "";
    if (rest.startsWith("N") && rest.length() > 1 && isNumeric(rest.charAt(1))) {
      int end = 1;
      while (end < rest.length() && isNumeric(rest.charAt(end))) {
        end++;
      }
      prefix = rest.substring(0, end);
      rest = rest.substring(end).strip();
    }
    int star = rest.lastIndexOf('*');
    if (star >= 0) {
      rest = rest.substring(0, star).strip();
    }
    char letter = rest.isEmpty() ? '?' : Character.toUpperCase(rest.charAt(0));
    int digits = 1;
    while (digits < rest.length() && digits < 9 && Character.isDigit(rest.charAt(digits))) {
      digits++;
    }
    if (letter < 'A' || letter > 'Z' || digits == 1) {
      return new GcodeLine(rest, '?', -1, prefix, true);
    }
    return new GcodeLine(rest, letter, Integer.parseInt(rest.substring(1, digits)), prefix, true);
  }

  private static boolean isNumeric(char c) {
    return Character.isDigit(c) || c == '-';
  }

  /** The same from a card, where nobody waits for an acknowledgement. */
  GcodeLine fromCard() {
    return new GcodeLine(text, letter, number, numberPrefix, false);
  }

  /** Letter and number, for instance {@code M105}; the first word of what has none. */
  String code() {
    if (letter != '?') {
      return letter + Integer.toString(number);
    }
    int end = 0;
    while (end < text.length() && text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /** The value of {@code NAME=1.5}; {@code otherwise} when it is missing or no number. */
  double named(String name, double otherwise) {
    for (String word : text.split("\\s+", -1)) {
      if (word.toUpperCase(Locale.ROOT).startsWith(name + "=")) {
        try {
          double value = Double.parseDouble(word.substring(name.length() + 1));
          return Double.isFinite(value) ? value : otherwise;
        } catch (NumberFormatException e) {
          return otherwise;
        }
      }
    }
    return otherwise;
  }

  /** Whether a parameter is there, with or without a value. */
  boolean has(char parameter) {
    return find(parameter) >= 0;
  }

  /** Whether a parameter has a value. */
  boolean hasValue(char parameter) {
    int at = find(parameter);
    return at >= 0 && numberEnd(at + 1) > at + 1;
  }

  /** A parameter's value; {@code otherwise} when it is missing, 0 when it has no value. */
  double value(char parameter, double otherwise) {
    int at = find(parameter);
    if (at < 0) {
      return otherwise;
    }
    int end = numberEnd(at + 1);
    if (end == at + 1) {
      return 0;
    }
    try {
      double value = Double.parseDouble(text.substring(at + 1, end));
      return Double.isFinite(value) ? value : 0;
    } catch (NumberFormatException e) {
      return 0; // strtof in Marlin makes 0 of rubbish, too
    }
  }

  private int find(char parameter) {
    for (int i = 1; i < text.length(); i++) {
      if (Character.toUpperCase(text.charAt(i)) == parameter) {
        return i;
      }
    }
    return -1;
  }

  private int numberEnd(int start) {
    int end = start;
    while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }
}
