package dev.whorl.sim.firmware;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a firmware makes of a line that has come in.
 *
 * @param kind taken, ignored without a word, or refused
 * @param number the line's number, or {@link #NO_NUMBER}
 * @param error what it says when it refuses
 */
record Verdict(Kind kind, long number, @Nullable String error) {

  enum Kind {
    TAKEN,
    IGNORED,
    REFUSED
  }

  static final long NO_NUMBER = Long.MIN_VALUE;

  private static final Verdict PLAIN = new Verdict(Kind.TAKEN, NO_NUMBER, null);
  private static final Verdict NOTHING = new Verdict(Kind.IGNORED, NO_NUMBER, null);

  static Verdict plain() {
    return PLAIN;
  }

  static Verdict numbered(long number) {
    return new Verdict(Kind.TAKEN, number, null);
  }

  static Verdict ignored() {
    return NOTHING;
  }

  static Verdict refused(String error) {
    return new Verdict(Kind.REFUSED, NO_NUMBER, error);
  }

  /** As strtol: what digits there are, 0 if none. */
  static long leadingNumber(String text, int from) {
    int end = from;
    if (end < text.length() && text.charAt(end) == '-') {
      end++;
    }
    while (end < text.length() && end - from < 18 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    String digits = text.substring(from, end);
    return digits.isEmpty() || digits.equals("-") ? 0 : Long.parseLong(digits);
  }

  /** Whether the number after the star is that of all bytes before it. */
  static boolean sumFits(String line, int star) {
    int sum = 0;
    for (byte b : line.substring(0, star).getBytes(StandardCharsets.ISO_8859_1)) {
      sum ^= b & 0xff;
    }
    return leadingNumber(line, star + 1) == sum;
  }
}
