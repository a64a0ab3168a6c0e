package dev.whorl.gcode.link;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the printer at the end of a conversation: how it introduced itself, where it is,
 * how warm. For the thread whose turn it is to talk, but for {@link #known} and {@link #require}.
 */
final class Acquaintance {

  /** For commands that a printer answers as soon as its planner lets it. */
  static final Duration SHORT = Duration.ofSeconds(15);

  /** How often a question is asked whose answer may be damaged. */
  static final int ATTEMPTS = 3;

  /** The moves in a planner: 16 blocks, the longest of them across the bed at 10 mm/s. */
  private static final Duration MOVES = Duration.ofMinutes(10);

  private static final int REPORT_EVERY_S = 2;

  private final Conversation talk;
  private final List<Integer> bauds;
  private volatile @Nullable Hello hello;
  private volatile boolean stoppedForGood;

  /**
   * @param bauds to be tried, see {@link LinkSettings}
   */
  Acquaintance(Conversation talk, List<Integer> bauds) {
    this.talk = talk;
    this.bauds = bauds;
  }

  private String name() {
    return talk.line().name();
  }

  /** How the printer introduced itself; null before, and once the count of lines is lost. */
  @Nullable Hello known() {
    return hello;
  }

  /**
   * The same where it is needed.
   *
   * @throws LinkException why nothing can be said to the printer
   */
  Hello require() throws LinkException {
    LinkException failure = talk.failure();
    if (failure != null) {
      throw failure;
    }
    Hello known = hello;
    if (known == null) {
      throw new LinkException(name() + ": say hello to the printer first");
    }
    return known;
  }

  /** The count of lines is lost: a new hello must follow. */
  void forget() {
    hello = null;
  }

  /** An emergency stop is on its way: nothing may come before it until the next hello. */
  void stopForGood() {
    stoppedForGood = true;
  }

  boolean isStoppedForGood() {
    return stoppedForGood;
  }

  /** Makes the printer's acquaintance, for the first time or again. */
  Hello greet() throws LinkException, InterruptedException {
    hello = null;
    stoppedForGood = false;
    LinkException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      LinkException failure = talk.failure();
      if (failure instanceof PrinterHalted || failure instanceof LinkLost) {
        throw failure;
      }
      try {
        return acquaint();
      } catch (PrinterSilent e) {
        throw e;
      } catch (LinkException e) {
        // It started while it was spoken to, or noise damaged the first words.
        last = e;
      }
    }
    throw last == null ? new LinkException(name() + ": no hello") : last;
  }

  private Hello acquaint() throws LinkException, InterruptedException {
    Greeting greeting = new Greeting(talk);
    int baud = greeting.findBaud(bauds);
    boolean restarted = greeting.greet();
    Capabilities capabilities = Capabilities.UNKNOWN;
    for (int i = 0; i < ATTEMPTS && Dialect.of(capabilities) == Dialect.GENERIC; i++) {
      // Asked again where the name says nothing: a letter of it may be damaged.
      capabilities = Capabilities.of(talk.exchange("M115", SHORT));
    }
    Dialect dialect = Dialect.of(capabilities);
    talk.speak(dialect);
    for (String command : dialect.setUp()) {
      talk.exchange(command, SHORT);
    }
    if (capabilities.autoReportsTemperatures()) {
      talk.exchange("M155 S" + REPORT_EVERY_S, SHORT);
    }
    Hello known = new Hello(baud, restarted, capabilities, measure());
    hello = known;
    return known;
  }

  /** Where the printer says it is. */
  Position where() throws LinkException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      for (Reply reply : talk.exchange("M114", SHORT)) {
        if (reply instanceof Reply.PositionReport report) {
          return report.position();
        }
      }
    }
    throw new LinkException(name() + ": the printer does not say where it is (M114)");
  }

  /** Asks how warm it is. */
  Temperatures measure() throws LinkException, InterruptedException {
    long asked = talk.nanos();
    for (int i = 0; i < ATTEMPTS; i++) {
      talk.exchange("M105", SHORT);
      Temperatures measured = talk.temperaturesSince(asked);
      if (measured != null) {
        return measured;
      }
    }
    throw new LinkException(name() + ": the printer does not report temperatures (M105)");
  }

  /** M400, then an M105: its answer cannot be taken for another, so the moves are done. */
  void finish() throws LinkException, InterruptedException {
    talk.setAbortable(true);
    try {
      talk.exchange("M400", MOVES);
    } finally {
      talk.setAbortable(false);
    }
    talk.exchange("M105", SHORT);
  }
}
