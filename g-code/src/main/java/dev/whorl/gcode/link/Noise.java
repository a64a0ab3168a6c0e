package dev.whorl.gcode.link;

/**
 * Notices that a line is noisy. Two things follow: after a reply that noise may have damaged the
 * link asks where things stand; and once the printer refused a line, lines go one by one until a
 * thousand went well. The second is for Marlin, which empties its buffer when it refuses a line: of
 * lines that are on the wire then, the tail arrives without its beginning, and Marlin does what has
 * no number without looking at the checksum.
 */
final class Noise {

  /** At one damaged line in a hundred this many in a row do not go well by chance. */
  static final int CLEAN_LINES = 1000;

  /** The words a reply begins with that matter to the account. */
  private static final String[] WORDS = {"ok", "Resend:", "Error:", "rs N", "T:"};

  private int cleanInARow = CLEAN_LINES;
  private boolean suspicious;

  /** Everything went well so far. */
  void restart() {
    cleanInARow = CLEAN_LINES;
    suspicious = false;
  }

  /** The printer refused a line. */
  void damaged() {
    cleanInARow = 0;
  }

  /** A line was acknowledged. */
  void clean() {
    if (cleanInARow < CLEAN_LINES) {
      cleanInARow++;
    }
  }

  /** Whether lines were refused lately. */
  boolean noisy() {
    return cleanInARow < CLEAN_LINES;
  }

  /** A reply may have been lost. */
  void suspect() {
    suspicious = true;
  }

  /** Whether a reply may have been lost since the last question was asked. */
  boolean suspicious() {
    return suspicious;
  }

  /** The question was asked. */
  void asked() {
    suspicious = false;
  }

  /**
   * Whether a text that means nothing may have been a reply that matters: an odd character, hardly
   * a word, or one letter away from the beginning of such a reply.
   */
  static boolean mayHaveBeenAReply(String text) {
    String line = text.strip();
    if (line.length() <= 4) {
      return true;
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c > '~') {
        return true;
      }
    }
    for (String word : WORDS) {
      if (oneLetterAway(line, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean oneLetterAway(String line, String word) {
    int different = 0;
    for (int i = 0; i < word.length(); i++) {
      if (i >= line.length() || line.charAt(i) != word.charAt(i)) {
        different++;
      }
    }
    return different <= 1;
  }
}
