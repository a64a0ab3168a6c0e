package dev.whorl.gcode.link;

import java.time.Duration;

/**
 * How long the link waits for a printer that owes it an answer. Signs of progress are an `ok`, a
 * busy line, the report of a heating command that waits. Steps by the times it is given.
 */
final class Silence {

  /** Marlin says busy every 2 s (M113): two missed and one more second mean a lost `ok`. */
  static final Duration FIRST_POKE = Duration.ofSeconds(5);

  /** Each poke doubles the wait for the next: 5, 10, 20 s. */
  static final int MAX_POKES = 3;

  /** A printer that said busy or reports by itself is not silent this long while it lives. */
  static final Duration TALKATIVE_LIMIT = Duration.ofSeconds(60);

  /** A printer that never says busy may be silent for a whole mesh probing (G29). */
  static final Duration MUTE_LIMIT = Duration.ofMinutes(15);

  /** The longest single command, busy or not: waiting for a person included. */
  static final Duration COMMAND_LIMIT = Duration.ofMinutes(30);

  private long beganNanos;
  private long progressNanos;
  private long heardNanos;
  private int pokes;
  private boolean busy;
  private boolean reports;

  /** The link begins to wait. */
  void begin(long nowNanos) {
    settled(nowNanos);
    heardNanos = nowNanos;
  }

  /** An answer settled something. */
  void settled(long nowNanos) {
    beganNanos = nowNanos;
    progressNanos = nowNanos;
    pokes = 0;
    busy = false;
  }

  /** Any line at all. */
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** The command at work says so. */
  void working(long nowNanos) {
    progressNanos = nowNanos;
    pokes = 0;
    busy = true;
  }

  /** The printer reports temperatures unasked. */
  void reporting() {
    reports = true;
  }

  /** Nanoseconds since the last sign of progress. */
  long quietNanos(long nowNanos) {
    return nowNanos - progressNanos;
  }

  /** Whether to poke the printer now; a yes counts as done. */
  boolean pokeDue(long nowNanos) {
    if (pokes >= MAX_POKES || quietNanos(nowNanos) < (FIRST_POKE.toNanos() << pokes)) {
      return false;
    }
    pokes++;
    return true;
  }

  /**
   * @throws PrinterSilent when waiting longer is no use
   */
  void check(long nowNanos) throws PrinterSilent {
    if (busy && nowNanos - progressNanos > TALKATIVE_LIMIT.toNanos()) {
      throw new PrinterSilent(
          "the printer was busy and fell silent for %d s: look at it, then restart it"
              .formatted(TALKATIVE_LIMIT.toSeconds()));
    }
    if (reports && nowNanos - heardNanos > TALKATIVE_LIMIT.toNanos()) {
      throw new PrinterSilent(
          "the printer fell silent for %d s: check its power and the cable"
              .formatted(TALKATIVE_LIMIT.toSeconds()));
    }
    if (nowNanos - progressNanos > MUTE_LIMIT.toNanos()
        || nowNanos - beganNanos > COMMAND_LIMIT.toNanos()) {
      throw new PrinterSilent(
          "the printer has not finished a command for %d min: look at it, then restart it"
              .formatted((nowNanos - beganNanos) / 60_000_000_000L));
    }
  }
}
