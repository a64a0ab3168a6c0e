package dev.whorl.gcode.link;

/** What can go wrong on a line, and what follows from it. The same table is in docs/link.md. */
public enum Trouble {
  /** A line arrived damaged: {@code Resend: N}, {@code rs N}, {@code ... Last Line: N-1}. */
  DAMAGED_LINE(Consequence.SEND_AGAIN),
  /** The printer does not know a command that was never sent: a damaged line, not done. */
  DAMAGED_UNCHECKED(Consequence.SEND_AGAIN),
  /** Nothing is heard where an `ok` is due. */
  LOST_OK(Consequence.ASK),
  /** A reply is damaged beyond understanding. */
  DAMAGED_REPLY(Consequence.ASK),
  /** A request for a line that is done: a late copy, or a digit was damaged. */
  STALE_REQUEST(Consequence.IGNORE),
  /** An `ok` that answers nothing. */
  STRAY_OK(Consequence.IGNORE),
  /** The printer does not know a command, or does not do it now, and goes on. */
  WARNING(Consequence.IGNORE),
  /** Ten requests in a row for one line. */
  STORM(Consequence.ABORT),
  /** A request for a line so long done, or never sent, that the printer must have lost count. */
  LOST_COUNT(Consequence.ABORT),
  /** {@code //action:cancel}: a person ended it at the printer. */
  CANCELLED(Consequence.ABORT),
  /** Klipper's {@code !!}: a command was refused; what follows would be wrong. */
  REFUSED(Consequence.ABORT),
  /** Whether a line was done cannot be found out, and it must not be done twice. */
  UNDECIDABLE(Consequence.ABORT),
  /** No sign of life for too long. */
  SILENT(Consequence.ABORT),
  /** {@code start} and the like: what the printer was doing is lost. */
  RESTARTED(Consequence.GREET),
  /** {@code Error:...system stopped}, {@code kill() called}, {@code fatal:}, a shutdown. */
  HALTED(Consequence.RESET),
  /** The line is gone: unplugged, or it takes no bytes. */
  LOST_LINE(Consequence.REOPEN);

  /** What the link does. */
  public enum Consequence {
    /** The line goes out once more for each request. */
    SEND_AGAIN,
    /** An M105 with the next number: its answer, or a request instead of it, tells all. */
    ASK,
    /** Nothing, once it is known for what it is. */
    IGNORE,
    /** The stream ends, the heaters are switched off; the printer can be talked to. */
    ABORT,
    /** As {@link #ABORT}, but only after a new hello. */
    GREET,
    /** Every call says so until the printer is reset. */
    RESET,
    /** Every call says so until the line is opened anew. */
    REOPEN
  }

  private final Consequence consequence;

  Trouble(Consequence consequence) {
    this.consequence = consequence;
  }

  /** What the link does about it. */
  public Consequence consequence() {
    return consequence;
  }
}
