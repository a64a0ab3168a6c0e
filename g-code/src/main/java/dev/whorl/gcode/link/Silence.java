package dev.whorl.gcode.link;

import java.time.Duration;

/**
 * How long the link waits for a printer that owes it an answer. Signs of progress are an `ok`, a
 * busy line, the report of a heating command that waits. Steps by the times it is given.
 */
final class Silence {

  /** A printer at work says so every 2 s (M113): later than that an `ok` may be lost. */
  static final Duration FIRST_POKE = Duration.ofMillis(2500);

  /** After a busy line: two are missing. */
  static final Duration FIRST_POKE_WHEN_BUSY = Duration.ofMillis(4200);

  /** On a line that is known to be noisy. A poke in vain does no harm. */
  static final Duration FIRST_POKE_WHEN_NOISY = Duration.ofMillis(250);

  /**
   * When to poke again, counted from the first poke. Of three within two seconds at least one gets
   * through, and its answer back, unless the line is beyond use.
   */
  private static final long[] AGAIN_MS = {0, 500, 1500, 8000, 20_000, 40_000};

  static final int MAX_POKES = AGAIN_MS.length;

  /** From this one on a poke goes out though the printer's buffer may be full. */
  private static final int URGENT_POKE = 1;

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

  /** Asks whether there is room for a poke, or for an urgent one. */
  @FunctionalInterface
  interface Room {
    boolean forPoke(boolean urgent);
  }

  /** Whether to poke the printer now; a yes counts as done. */
  boolean pokeDue(long nowNanos, boolean noisy, Room room) {
    if (pokes >= MAX_POKES) {
      return false;
    }
    Duration first = busy ? FIRST_POKE_WHEN_BUSY : noisy ? FIRST_POKE_WHEN_NOISY : FIRST_POKE;
    boolean due = quietNanos(nowNanos) >= first.toNanos() + AGAIN_MS[pokes] * 1_000_000;
    if (due && room.forPoke(pokes >= URGENT_POKE)) {
      pokes++;
      return true;
    }
    return false;
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
