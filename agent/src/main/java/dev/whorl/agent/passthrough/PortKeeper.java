package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.PrinterSilent;
import dev.whorl.gcode.link.StreamAborted;
import dev.whorl.hardware.HardwareException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the printer's port open all the time: opens it, greets the printer, lets the host's
 * commands through, and does so again after every loss, reset and halt. Lends the link to a run.
 *
 * <p>One thread, {@code whorl-port}, does all of it. Whoever borrows the link at the {@link
 * PortDesk} talks on a thread of their own while this one waits.
 */
final class PortKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PortKeeper.class);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  /** A cable pulled out is one thing, whatever is found missing while it is tried. */
  private static final Duration ONE_LINE_WITHIN = Duration.ofMinutes(1);

  /** How long the host's last command and the farewell may take. */
  private static final Duration CLOSE_POLITELY = Duration.ofSeconds(2);

  private static final Duration CLOSE = Duration.ofSeconds(20);

  /**
   * Opens the port: whatever is at its name now, wherever that pointed before.
   *
   * <p>The first words, if there are any, are a line to say before anything else.
   */
  @FunctionalInterface
  interface Opener {
    PrinterLink open(LinkListener listener, String firstWords) throws HardwareException;
  }

  private final Opener opener;
  private final PortFace face;
  private final Thread thread = new Thread(this::keep, "whorl-port");
  private final PortDesk desk = new PortDesk(thread);

  /** The problem told last; the keeper's thread alone. */
  private @Nullable String told;

  private long toldNanos;

  PortKeeper(Opener opener, PortFace face) {
    this.opener = opener;
    this.face = face;
    thread.setDaemon(true);
  }

  PortDesk desk() {
    return desk;
  }

  void start() {
    thread.start();
  }

  private void keep() {
    Duration retry = FIRST_RETRY;
    while (!desk.isClosed()) {
      try {
        connect();
        retry = FIRST_RETRY;
        serve();
      } catch (LinkException | HardwareException e) {
        drop(e);
      } catch (InterruptedException e) {
        LOG.debug("interrupted", e);
      } catch (RuntimeException e) {
        LOG.error("the printer's port", e);
        drop(new LinkException("the printer's port: " + e));
      }
      desk.pause(retry);
      Duration twice = retry.multipliedBy(2);
      retry = twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
    }
    closeLink();
  }

  private void connect() throws LinkException, HardwareException {
    PrinterLink link = opener.open(desk.ears(face), desk.opening());
    desk.opened(link);
    boolean greeted = false;
    try {
      Hello hello = link.hello();
      greeted = true;
      appear(link, hello);
    } finally {
      if (!greeted) {
        desk.opened(null);
        close(link);
      }
    }
  }

  private void appear(PrinterLink link, Hello hello) {
    desk.greeted(link, hello);
    if (told != null) {
      LOG.info("{}: the printer is there again", link.name());
      told = null;
    }
    face.up(link, hello);
  }

  /** Relays and lends until the port must be opened again, or is to be closed. */
  private void serve() throws LinkException, InterruptedException {
    for (GreetedPrinter up = desk.printer(); up != null && !desk.isClosed(); up = desk.printer()) {
      PrinterLink link = up.link();
      try {
        work(link);
      } catch (StreamAborted e) {
        if (!desk.isClosed()) {
          LOG.warn("a host's command was given up: somebody else must have the printer");
          appear(link, up.hello());
        }
      } catch (LinkLost e) {
        throw e;
      } catch (PrinterHalted e) {
        say(e);
        face.down(e);
        desk.awaitReset(e);
        appear(link, link.hello());
      } catch (LinkException e) {
        // It restarted, or the count of lines is lost, or it fell silent: once more on this line.
        say(e);
        face.down(e);
        appear(link, link.hello());
      }
    }
  }

  /** One loan, or what the host has to say, or a look at the printer. */
  private void work(PrinterLink link) throws LinkException, InterruptedException {
    if (desk.shut()) {
      // A failure that came meanwhile is dealt with here, not by the borrower.
      link.temperatures();
      desk.lend();
      return;
    }
    face.free(link);
    if (face.hasCommands()) {
      desk.relaying(true);
      try {
        link.relay(new GatedFeed(face.feed(), desk::shut));
      } finally {
        desk.relaying(false);
      }
    } else {
      lookAfter(link);
      desk.awaitWork();
    }
  }

  /** Hears of a failure, and asks for temperatures where none come by themselves. */
  private void lookAfter(PrinterLink link) throws LinkException {
    try {
      if (face.feed().mayAsk()) {
        link.temperatures();
      }
    } catch (PrinterSilent e) {
      // It may be printing from its card, or wait for a person: nobody needs it now.
      LOG.debug("{}", e.getMessage());
    }
  }

  private void drop(Exception why) {
    closeLink();
    if (desk.isClosed()) {
      return;
    }
    LinkException reason =
        why instanceof LinkException e ? e : new LinkException(String.valueOf(why.getMessage()));
    say(reason);
    face.down(reason);
    desk.failed(why);
  }

  private void say(LinkException why) {
    String line = String.valueOf(why.getMessage());
    boolean sameOutage = told != null && System.nanoTime() - toldNanos < ONE_LINE_WITHIN.toNanos();
    if (!line.equals(told) && !sameOutage) {
      LOG.warn("{}; trying until the printer is back", line);
      told = line;
      toldNanos = System.nanoTime();
    }
  }

  private void closeLink() {
    GreetedPrinter up = desk.gone();
    if (up != null) {
      close(up.link());
    }
  }

  private static void close(PrinterLink link) {
    try {
      link.close();
    } catch (LinkException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Closes the port; heat that a host set stays on. */
  @Override
  public void close() {
    desk.close();
    boolean interrupted = false;
    try {
      thread.join(CLOSE_POLITELY.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(CLOSE.toMillis());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
