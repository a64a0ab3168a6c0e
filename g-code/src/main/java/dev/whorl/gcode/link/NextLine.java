package dev.whorl.gcode.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which line goes out next: the answer to a request, a repair, what resolves a doubt, a question, a
 * new command, a poke. Steps by the times it is given; the lock of its owner guards it.
 */
final class NextLine {

  /** Copies of a resend request for lines in flight arrive within this; 120 bytes take 21 ms. */
  private static final Duration RESEND_QUIET = Duration.ofMillis(50);

  /** A printer that keeps asking gets its answer in the end. */
  private static final Duration RESEND_LATEST = Duration.ofMillis(500);

  /** Answers to pokes come in a row; this long after the last one no more is coming. */
  private static final Duration POKES_QUIET = Duration.ofMillis(200);

  /** Lines of one reply come within this; 20 bytes take 2 ms at 115200 baud. */
  private static final Duration REPLY_QUIET = Duration.ofMillis(5);

  private final String name;
  private final SendWindow window;
  private final Silence silence;
  private boolean resendNoted;
  private long resendFirstNanos;
  private long resendLastNanos;

  /**
   * @param name the wire's, for messages
   */
  NextLine(String name, SendWindow window, Silence silence) {
    this.name = name;
    this.window = window;
    this.silence = silence;
  }

  /** Numbers begin anew. */
  void restart() {
    resendNoted = false;
  }

  /** The printer asked for a line again. */
  void requested(long now) {
    if (!resendNoted) {
      resendNoted = true;
      resendFirstNanos = now;
    }
    resendLastNanos = now;
  }

  /**
   * How long to wait for news, in ms: less than the longest where a short silence is to be noticed.
   *
   * @param quietNanos since the printer said anything
   */
  long waitMs(int longestMs, long now, long quietNanos) {
    long due = longestMs * 1_000_000L;
    if (window.questionDue()) {
      due = Math.min(due, REPLY_QUIET.toNanos() - quietNanos);
    }
    if (window.resendPending()) {
      due = Math.min(due, RESEND_QUIET.toNanos() - (now - resendLastNanos));
    }
    return Math.max(1, due / 1_000_000L + 1);
  }

  /**
   * The next line; null when it is time to wait.
   *
   * @param quietNanos since the printer said anything
   * @throws LinkException when it cannot go on
   */
  SendWindow.@Nullable Outgoing of(CommandSource source, long now, long quietNanos)
      throws LinkException {
    if (window.resendPending()) {
      boolean quiet = now - resendLastNanos >= RESEND_QUIET.toNanos();
      if (!quiet && !window.resendComplete() && now - resendFirstNanos < RESEND_LATEST.toNanos()) {
        return null;
      }
      resendNoted = false;
      window.beginRepair();
      silence.settled(now);
    }
    SendWindow.Outgoing repair = window.repair();
    if (repair == null && window.doubt().open() && !window.asks()) {
      repair = resolveDoubt(source, now);
    }
    if (repair != null) {
      return repair;
    }
    if (window.onlyPokes() && silence.quietNanos(now) >= POKES_QUIET.toNanos()) {
      window.forgetPokes();
    }
    if (window.questionDue()
        && window.hasRoomForPoke(false)
        && (window.hasRoomFor("M105") || quietNanos >= REPLY_QUIET.toNanos())) {
      return window.poke();
    }
    boolean settled = window.settled();
    String command = source.peek(settled, now);
    if (command != null && window.hasRoomFor(command)) {
      if (settled) {
        silence.begin(now);
      }
      source.taken(window.nextNumber());
      return window.add(command);
    }
    if (!settled
        && !window.onlyPokes()
        && silence.pokeDue(now, window.noise().noisy(), window::hasRoomForPoke)) {
      return window.poke();
    }
    return null;
  }

  private SendWindow.@Nullable Outgoing resolveDoubt(CommandSource source, long now)
      throws LinkException {
    switch (window.doubt().step()) {
      case DONE -> {
        window.doubtfulIsDone();
        silence.settled(now);
        source.settled(window.acknowledged(), new Reply.Ok("ok", -1, -1, -1, null, ""));
        return null;
      }
      case SEND_AGAIN -> {
        silence.begin(now);
        return window.repeatDoubtful();
      }
      case ASK -> {
        silence.begin(now);
        return window.ask("M114");
      }
      default ->
          throw new LinkException(
              "%s: whether the printer did '%s' cannot be found out, and it must not be done twice"
                  .formatted(name, window.doubt().end().command()));
    }
  }
}
