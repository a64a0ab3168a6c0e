package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/**
 * A line of which it is not known whether the printer did it, for firmware that drops a damaged
 * line without a word and does a line twice that comes twice. It has gone on to a later line, so
 * this one was done or dropped. Three things can tell, in this order: the position before and after
 * differ (M114 tells); something unintelligible was heard where its `ok` was due (then it was done,
 * for such a printer never speaks unasked); doing it twice is the same as doing it once.
 */
final class Doubt {

  /** What to do about it. */
  enum Step {
    DONE,
    SEND_AGAIN,
    ASK,
    /** It cannot be found out, and doing it twice would do harm. */
    GIVE_UP
  }

  /** Answers lost or damaged in a row, at one in fifty, do not get this far. */
  private static final int MAX_QUESTIONS = 5;

  private final MotionLedger ledger = new MotionLedger();
  private @Nullable Line line;
  private int unintelligible;

  /** Heard before the first poke went out: nothing but this line can have been answered. */
  private boolean answeredFirst;

  private int pokes;
  private int questions;
  private MotionLedger.@Nullable Verdict verdict;

  void restart() {
    ledger.forget();
    close();
  }

  MotionLedger ledger() {
    return ledger;
  }

  /** A new line is sent; everything before it is done. */
  void sent(String command) {
    close();
    ledger.sent(command);
  }

  /** Something unintelligible was heard while the line was under way. */
  void heardNoise() {
    if (line == null) {
      unintelligible++;
      answeredFirst |= pokes == 0;
    }
  }

  /** The printer was poked while the line was under way. */
  void poked() {
    if (line == null) {
      pokes++;
    }
  }

  /** The printer answered to a later line than this. */
  void begin(Line line) {
    this.line = line;
    questions = 0;
    verdict = null;
  }

  boolean open() {
    return line != null;
  }

  /** The printer says where it is. */
  void located(Position position) {
    if (line != null) {
      verdict = ledger.judge(position);
    }
  }

  /** Whether something unintelligible was heard since the line went out. */
  boolean noiseHeard() {
    return line == null && unintelligible > 0;
  }

  /** What to do next; asked when no question is under way. */
  Step step() {
    if (verdict == MotionLedger.Verdict.DONE) {
      return Step.DONE;
    }
    if (verdict == MotionLedger.Verdict.NOT_DONE) {
      return Step.SEND_AGAIN;
    }
    if (ledger.tells() && questions < MAX_QUESTIONS) {
      questions++;
      verdict = null;
      return Step.ASK;
    }
    if (verdict == MotionLedger.Verdict.NEITHER) {
      // Five times a position that fits nothing: the printer is not where this program thinks.
      return Step.GIVE_UP;
    }
    // Each poke but the one that was answered can account for one unintelligible line.
    if (answeredFirst || unintelligible > 0 && unintelligible >= pokes) {
      return Step.DONE;
    }
    return ledger.harmlessTwice() ? Step.SEND_AGAIN : Step.GIVE_UP;
  }

  /** The doubt is resolved; returns the line it was about. */
  Line end() {
    Line resolved = line;
    if (resolved == null) {
      throw new IllegalStateException("no line is in doubt");
    }
    close();
    return resolved;
  }

  private void close() {
    line = null;
    unintelligible = 0;
    answeredFirst = false;
    pokes = 0;
    questions = 0;
    verdict = null;
  }
}
