package dev.whorl.agent.run;

import dev.whorl.agent.run.Entry.HeatGone;
import dev.whorl.agent.run.Entry.PowerBack;
import dev.whorl.agent.run.Entry.PowerCut;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heat that the agent asked for, until it was seen gone. Where it cannot be, the relay cuts the
 * printer's power; without one the alarm is raised, and again for as long as it holds. What is not
 * seen gone stays in the journal, and the next step or the next start tries again. Heat that nobody
 * journalled is another's and is left alone.
 *
 * <p>For the conductor's thread, but for {@link #hurry}.
 */
final class HeatWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HeatWatch.class);

  /** How long a printer that is lost while hot is tried before its power is cut. */
  static final Duration UNREACHABLE_AFTER = Duration.ofSeconds(30);

  /** How often an alarm that still holds is raised again. */
  static final Duration ALARM_AGAIN_AFTER = Duration.ofMinutes(10);

  /**
   * How long a stop of the agent looks for the fall: it must be gone within five seconds, and
   * saying goodbye takes one. What is not seen by then is looked for at the next start.
   */
  static final Duration LOOK_WHEN_STOPPED = Duration.ofMillis(2500);

  /** The timer is for the thread that is held up; the one that is not comes before it. */
  private static final Duration TIMER_AFTER = Duration.ofMillis(500);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
  private static final Duration BETWEEN_TRIES_WHEN_STOPPED = Duration.ofMillis(500);

  private static final String CUT_SENTENCE =
      "; the relay cut the printer's power: look at the printer, then `whorl agent clear-bed` gives"
          + " it back";

  private final RunBook book;
  private final OpenPrinter printer;
  private final TimedRelay relay;
  private final Reporter reporter;
  private final InstantSource clock;
  private final TimeSource time;
  private final Pause pause;
  private final Cooling cooling;

  /** By when a stopping agent must have looked; null while it is not stopping. */
  private volatile @Nullable Long hurryNanos;

  /** Since when the printer does not answer while hot. */
  private @Nullable Long lostNanos;

  /** The alarm that was raised and still holds. */
  private @Nullable String alarmed;

  private long alarmedNanos;

  HeatWatch(RunBook book, OpenPrinter printer, Relay relay, Conductor.Parts parts) {
    this.book = book;
    this.printer = printer;
    this.relay = new TimedRelay(relay);
    this.reporter = parts.reporter();
    this.clock = parts.clock();
    this.time = parts.time();
    this.pause = parts.pause();
    this.cooling = new Cooling(time, pause);
  }

  /** The agent stops: from now on the heaters are switched off, but not waited for. */
  void hurry() {
    hurryNanos = time.nanos() + LOOK_WHEN_STOPPED.toNanos();
  }

  private boolean hurried() {
    Long by = hurryNanos;
    return by != null && time.nanos() - by >= 0;
  }

  /**
   * Cools a printer that answers, and notes that the heat is gone.
   *
   * @return false when the agent stops before that was seen
   * @throws RunFault when a heater does not go off; its power was cut, or the alarm raised
   * @throws LinkException when the printer does not answer; the heat stays in the journal
   */
  boolean coolDown()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    try {
      if (!cooling.coolDown(printer.open(), this::cooled, this::hurried)) {
        LOG.info("stopping before the heat was seen to go; the next start looks for it");
        return false;
      }
    } catch (HeaterStuck e) {
      throw new RunFault(stopHeater(String.valueOf(e.getMessage())));
    }
    book.write(new HeatGone(clock.instant()));
    alarmed = null;
    if (relay.isOff()) {
      // The timer was faster than the printer's answer.
      cutOrAlarm("hot-unreachable", "the printer was hot and did not answer in time");
    }
    return true;
  }

  /** The printer answers. */
  private void cooled(Temperatures now) {
    lostNanos = null;
    relay.disarm();
    book.temperatures(now);
    book.progress(
        0.5, String.format(Locale.ROOT, "nozzle %.0f C, bed %.0f C", now.nozzleC(), now.bedC()));
  }

  /**
   * Nobody gets out of here with heat on that could be switched off: tries for half a minute, then
   * cuts the power or raises the alarm.
   */
  void ensureCold() throws IOException, InterruptedException {
    PowerCut cut = book.state().cut();
    if (cut != null) {
      book.show(cut.why());
      return;
    }
    while (book.state().hot()) {
      try {
        coolDown();
        return;
      } catch (RunFault e) {
        // Told already.
        return;
      } catch (LinkException | HardwareException e) {
        printer.close();
        long since = lost();
        boolean stopping = hurryNanos != null;
        boolean enough = stopping ? hurried() : time.nanos() - since >= UNREACHABLE_AFTER.toNanos();
        if (enough) {
          cutOrAlarm(
              "hot-unreachable",
              "the printer may be hot and does not answer (" + e.getMessage() + ")");
          return;
        }
        pause.of(stopping ? BETWEEN_TRIES_WHEN_STOPPED : BETWEEN_TRIES);
      }
    }
  }

  /**
   * The printer was lost while hot: half a minute from now its power is cut, whatever this thread
   * is waiting for by then.
   *
   * @return since when it is lost
   */
  long lost() {
    Long since = lostNanos;
    if (since == null) {
      since = time.nanos();
      lostNanos = since;
      relay.arm(UNREACHABLE_AFTER.plus(TIMER_AFTER));
    }
    return since;
  }

  /** The printer's heater is out of hand, as its link found: the power goes, without a look. */
  String cutNow(String why) throws IOException {
    return cutOrAlarm("not-cooling", why);
  }

  /** M112 first: it works at once where it works; then the power, whether it did or not. */
  private String stopHeater(String why) throws IOException {
    PrinterSession open = printer.session();
    if (open != null) {
      try {
        open.emergencyStop();
      } catch (LinkException e) {
        LOG.error("{}", e.getMessage());
      }
      printer.close();
    }
    return cutOrAlarm("not-cooling", why);
  }

  private String cutOrAlarm(String kind, String why) throws IOException {
    if (!relay.present()) {
      String line = why + ": switch the printer's power off now";
      alarm(kind, line);
      return line;
    }
    try {
      relay.powerOff();
    } catch (HardwareException e) {
      String line =
          why + "; the relay does not cut the power (" + e.getMessage() + "): pull the plug now";
      alarm("relay-failed", line);
      return line;
    }
    String line = why + CUT_SENTENCE;
    LOG.error("{}", line);
    reporter.event("power-cut", line);
    alarmed = null;
    lostNanos = null;
    printer.close();
    book.write(new PowerCut(clock.instant(), line));
    book.forgetBed("the printer's power was cut");
    book.show(line);
    return line;
  }

  private void alarm(String kind, String what) {
    boolean again =
        !kind.equals(alarmed) || time.nanos() - alarmedNanos >= ALARM_AGAIN_AFTER.toNanos();
    if (again) {
      LOG.error("{}: {}", kind, what);
      reporter.event(kind, what);
      alarmed = kind;
      alarmedNanos = time.nanos();
    }
    book.show(what);
  }

  /** A person is at the printer: it gets its power back, and is seen to be cold once it is up. */
  void givePowerBack(String by) throws IOException, InterruptedException {
    if (book.state().cut() == null) {
      return;
    }
    try {
      relay.powerOn();
    } catch (HardwareException e) {
      alarm("relay-failed", "the relay does not give the power back: " + e.getMessage());
      return;
    }
    LOG.info("the printer has its power back, asked for by {}", by);
    book.write(new PowerBack(clock.instant(), by));
    reporter.event("power-back", "asked for by " + by);
    ensureCold();
  }

  /**
   * When nothing can be written down any more, because the disk is full or this program is broken:
   * the heaters go off, or the power does, even if nobody can say so. Never fails.
   */
  void lastResort() {
    if (!book.state().hot() || book.state().cut() != null) {
      return;
    }
    try {
      printer.open().heatersOff();
    } catch (LinkException
        | HardwareException
        | InterruptedException
        | RuntimeException
        | Error e) {
      LOG.error("heaters may be on: {}", e.getMessage());
      cutUnwritten();
    } finally {
      printer.close();
    }
  }

  private void cutUnwritten() {
    if (relay.present()) {
      try {
        relay.powerOff();
        LOG.error("the relay cut the printer's power");
      } catch (HardwareException | RuntimeException e) {
        LOG.error("{}", e.getMessage());
      }
    }
  }

  void close() {
    relay.close();
  }
}
