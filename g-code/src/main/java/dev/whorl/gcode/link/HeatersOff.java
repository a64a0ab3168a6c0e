package dev.whorl.gcode.link;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the heaters off, at the end of a job and whenever else: at once, then with numbers, then
 * without, until it is read back. For the thread whose turn it is to talk.
 */
final class HeatersOff {

  private static final Logger log = LoggerFactory.getLogger(HeatersOff.class);

  /** How long the lines under way may take to end after an abort. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** After this the moves in the planner are given up, so that the heaters' turn comes. */
  private static final Duration BEFORE_QUICK_STOP = Duration.ofSeconds(1);

  private final Conversation talk;
  private final Acquaintance who;

  HeatersOff(Conversation talk, Acquaintance who) {
    this.talk = talk;
    this.who = who;
  }

  private String name() {
    return talk.line().name();
  }

  /**
   * After a job that ended early: they go off at once, past the queue; only then is that verified.
   * What cannot be done about it is the cause's suppressed exception.
   *
   * @param progress told that the job ends, as soon as the heaters were told to go off
   */
  void after(Throwable cause, StreamProgress progress) {
    boolean interrupted = Thread.interrupted() || cause instanceof InterruptedException;
    talk.setAbortable(false);
    LinkException failure = talk.failure();
    // A halted printer has its heaters off and listens no more; a lost one cannot be told.
    boolean deaf = failure instanceof PrinterHalted || failure instanceof LinkLost;
    boolean outOfControl = cause instanceof HeaterFault fault && fault.outOfControl();
    try {
      if (!deaf) {
        commandOff(outOfControl);
      }
    } catch (LinkException e) {
      log.error("{}: heaters may be on: {}", name(), e.getMessage());
      if (e != cause) {
        cause.addSuppressed(e);
      }
      deaf = true;
    }
    tell(cause, progress);
    try {
      if (deaf || outOfControl) {
        return;
      }
      if (failure instanceof PrinterReset) {
        who.greet();
      }
      if (trusted(cause)) {
        verified();
      } else {
        withoutNumbers();
      }
    } catch (PrinterHalted e) {
      log.warn("{}", e.getMessage());
    } catch (LinkException e) {
      log.error("{}: heaters may be on: {}", name(), e.getMessage());
      if (e != cause) {
        cause.addSuppressed(e);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      log.error("{}: heaters may be on: interrupted while switching them off", name());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the account of the lines holds: it ended for a reason beside it, or began anew. */
  private static boolean trusted(Throwable cause) {
    return !(cause instanceof LinkException)
        || cause instanceof StreamAborted
        || cause instanceof HeaterFault
        || cause instanceof CommandRefused
        || cause instanceof PrinterReset;
  }

  private void tell(Throwable cause, StreamProgress progress) {
    try {
      progress.ending(
          cause instanceof LinkException known
              ? known
              : new StreamAborted(name() + ": the program was broken off: " + cause));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void commandOff(boolean outOfControl) throws LinkException {
    if (outOfControl || who.isStoppedForGood()) {
      // Nothing may come before an emergency stop: an M108 would let the next command begin.
      talk.outOfBand("M112");
      return;
    }
    for (String command : List.of("M108", "M104 S0", "M140 S0")) {
      talk.outOfBand(command);
    }
  }

  /** Waits for what is under way; a heating command or slow moves must not hold that up. */
  private void drain() throws LinkException, InterruptedException {
    if (talk.settled()) {
      return;
    }
    talk.outOfBand("M108");
    Hello known = who.known();
    if (known != null && known.capabilities().parsesEmergencies()) {
      try {
        talk.talk(CommandSource.NOTHING, BEFORE_QUICK_STOP, "the commands under way");
        return;
      } catch (PrinterSilent e) {
        talk.outOfBand("M410");
      }
    }
    talk.talk(CommandSource.NOTHING, DRAIN, "the commands under way");
  }

  /** Ends what is under way, then reads back that the targets are 0. */
  void verified() throws LinkException, InterruptedException {
    try {
      drain();
      talk.exchange("M104 S0", Acquaintance.SHORT);
      talk.exchange("M140 S0", Acquaintance.SHORT);
      for (int i = 0; i < Acquaintance.ATTEMPTS; i++) {
        if (who.measure().targetsOff()) {
          talk.heat().confirmedOff();
          return;
        }
      }
    } catch (PrinterHalted | LinkLost | PrinterReset e) {
      throw e;
    } catch (LinkException e) {
      log.warn("{}: {}; switching the heaters off without line numbers", name(), e.getMessage());
    }
    withoutNumbers();
  }

  /** Without numbers, for a printer with which the count is lost. A new hello must follow. */
  private void withoutNumbers() throws LinkException, InterruptedException {
    who.forget();
    for (int i = 0; i < Acquaintance.ATTEMPTS; i++) {
      for (String command : List.of("M108", "M410", "M104 S0", "M140 S0")) {
        talk.outOfBand(command);
      }
      long asked = talk.nanos();
      talk.outOfBand("M105");
      boolean off =
          talk.await(
              () -> {
                Temperatures measured = talk.temperaturesSince(asked);
                return measured != null && measured.targetsOff();
              },
              Duration.ofSeconds(5));
      if (off) {
        talk.heat().confirmedOff();
        return;
      }
    }
    throw new PrinterSilent(
        name() + ": cannot confirm that the heaters are off: look at the printer, cut its power");
  }
}
