package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/**
 * What the printer asked for again and how often: tells a request from a copy of one, a damaged
 * digit, a wire beyond repair and a printer that lost count. A request is said twice, as {@code
 * ...Last Line: 11} and {@code Resend: 12}, and noise may damage either.
 */
final class Requests {

  /** Asked this often in a row for one line, the wire is beyond repair. */
  static final int MAX_IN_A_ROW = 10;

  /** Requests for lines that cannot be sent again, before the count is given up as lost. */
  static final int MAX_STRANGE = 3;

  /**
   * How far behind the last acknowledged line a request is still believed. Further back, the
   * printer lost count (a reset): sending the beginning of the job again would move it blindly.
   */
  static final int BELIEVABLE_LAG = 8;

  /** One of the two ways of asking, with how often the same was said in a row. */
  private static final class Way {
    private int line = -1;
    private int inARow;

    void said(int asked) {
      inARow = asked == line ? inARow + 1 : 1;
      line = asked;
    }

    void forget() {
      line = -1;
      inARow = 0;
    }
  }

  private final Way resend = new Way();
  private final Way refused = new Way();
  private int allowed = MAX_IN_A_ROW;
  private int pendingResend = -1;
  private int pendingRefused = -1;
  private boolean answered;
  private int strangeInARow;

  void restart() {
    progress(Integer.MAX_VALUE);
    take();
    strangeInARow = 0;
  }

  /**
   * Books a request.
   *
   * @param underWay how many lines are on their way: each of them may be answered with a copy, and
   *     a firmware that says everything twice with two
   * @return why the stream cannot go on; null when it can
   */
  @Nullable LinkException asked(int line, boolean byRefusal, int underWay, Account account) {
    Way way = byRefusal ? refused : resend;
    if (way.line != line && !pending()) {
      allowed = Math.max(MAX_IN_A_ROW, 2 * underWay + 2);
    }
    way.said(line);
    if (byRefusal) {
      pendingRefused = line;
    } else {
      pendingResend = line;
    }
    if (way.inARow >= allowed) {
      return new LinkException(
          "the printer asked %d times for line %d: the line is too noisy; check the cable and the"
                  .formatted(way.inARow, line)
              + " baud rate");
    }
    if (account.believable(line)) {
      return null;
    }
    boolean agreed = pendingResend == pendingRefused;
    boolean longAgo = line < account.oldest() && !account.oneDigitFromBelievable(line);
    return agreed || longAgo ? account.lostCount(line) : null;
  }

  /** An `ok` that stands for no line came with the request. */
  void answered() {
    answered = true;
  }

  /** Whether the request is complete: its `ok` was heard. */
  boolean complete() {
    return answered;
  }

  /** Whether there is one that was not yet answered. */
  boolean pending() {
    return pendingResend >= 0 || pendingRefused >= 0;
  }

  /** Takes the pending request: the line it is for. */
  int take(Account account) {
    int first = pendingResend < 0 ? pendingRefused : pendingResend;
    int second = pendingRefused < 0 ? pendingResend : pendingRefused;
    take();
    // Where the two differ the printer refuses the higher if it is wrong; the lower it might
    // swallow without a word.
    if (account.possible(first) && account.possible(second)) {
      return Math.max(first, second);
    }
    return account.possible(first) ? first : second;
  }

  private void take() {
    pendingResend = -1;
    pendingRefused = -1;
    answered = false;
  }

  /** One more request that cannot be followed; whether it is one too many. */
  boolean strange() {
    return ++strangeInARow >= MAX_STRANGE;
  }

  /** Whether the last request could not be followed either. */
  boolean wasStrange() {
    return strangeInARow > 0;
  }

  /** Everything up to this line is done for certain. */
  void progress(int acknowledged) {
    strangeInARow = 0;
    if (acknowledged >= resend.line) {
      resend.forget();
    }
    if (acknowledged >= refused.line) {
      refused.forget();
    }
  }

  /** What is sent and what is done. */
  record Account(int acknowledged, int next, int oldest) {

    /** Whether the line is not yet known to be done. */
    boolean possible(int line) {
      return line > acknowledged && line <= next;
    }

    /** Whether the line can be sent again, though it counts as done. */
    boolean believable(int line) {
      return line >= Math.max(oldest, acknowledged - BELIEVABLE_LAG + 1) && line <= next;
    }

    /** Whether a damaged digit can have made this of a number that can be believed. */
    boolean oneDigitFromBelievable(int line) {
      String said = Integer.toString(line);
      for (int n = Math.max(1, acknowledged - BELIEVABLE_LAG + 1); n <= next; n++) {
        String meant = Integer.toString(n);
        int different = 0;
        for (int i = 0; i < said.length() && said.length() == meant.length(); i++) {
          different += said.charAt(i) == meant.charAt(i) ? 0 : 1;
        }
        // A leading digit that became a zero is not said: 101 of 001 is 1.
        boolean shorter = said.length() < meant.length() && meant.endsWith(said);
        if (shorter
            ? meant.length() - said.length() == 1
            : said.length() == meant.length() && different <= 1) {
          return true;
        }
      }
      return false;
    }

    LinkException lostCount(int line) {
      return new LinkException(
          "the printer asks for line %d, but %d lines are sent and %d done: it lost count (a"
                  .formatted(line, next - 1, acknowledged)
              + " reset?); the job cannot go on");
    }
  }
}
