package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.hardware.HardwareException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the keeper of the port and everybody else know of each other: whether the printer is there,
 * who wants it, who has it, what was heard. All waits are here, and all of them are bounded.
 *
 * <p>The link's own lock is never taken inside this monitor, and what the link calls under its lock
 * takes nothing of this but volatile fields.
 */
final class PortDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PortDesk.class);

  /** How long a borrower waits before a host's wait for heat is ended (M108). */
  private static final Duration POLITE = Duration.ofSeconds(2);

  /** And before anything else of the host is given up: probing a bed takes minutes. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Greeting takes half a minute at most, ten where the printer says that it is busy. */
  private static final Duration LONGEST_LOAN_WAIT = Duration.ofMinutes(11);

  /** How often a printer that nobody talks to is looked at. */
  private static final Duration LOOK_AFTER = Duration.ofSeconds(5);

  private static final int LOOK_MS = 250;

  /** The thread that relays; interrupted to give the host up. */
  private final Thread keeper;

  private @Nullable GreetedPrinter printer;
  private @Nullable PrinterLink open;
  private @Nullable Exception problem;
  private int failures;
  private volatile boolean wanted;
  private volatile boolean closed;
  private boolean lent;
  private boolean relaying;
  private boolean halted;
  private boolean started;
  private boolean news;
  private @Nullable LinkException lost;
  private boolean resetWished;
  private String resetWords = "";

  PortDesk(Thread keeper) {
    this.keeper = keeper;
  }

  // ---- For anybody, never waits.

  synchronized @Nullable GreetedPrinter printer() {
    return printer;
  }

  /** What the printer reported last, null while it is away or has stopped for good. */
  @Nullable Temperatures temperatures() {
    GreetedPrinter up;
    synchronized (this) {
      up = halted ? null : printer;
    }
    return up == null ? null : up.link().lastTemperatures();
  }

  /** Whether the host has to let go of the link. Takes no lock. */
  boolean shut() {
    return wanted || closed;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * The host wants a printer that stopped for good to be reset.
   *
   * @param words the firmware's command for it; empty where opening the port is all that is wished
   */
  synchronized void wishReset(String words) {
    resetWished = true;
    if (!words.isEmpty()) {
      resetWords = words;
    }
    notifyAll();
  }

  /** There is something to do. Not for the link's thread. */
  void wake() {
    PrinterLink up;
    synchronized (this) {
      news = true;
      notifyAll();
      up = relaying ? open : null;
    }
    if (up != null) {
      up.wake();
    }
  }

  /** Writes M112, M108 or M410 at once, whatever is under way and whoever has the link. */
  void urgent(String code) {
    PrinterLink up;
    synchronized (this) {
      up = open;
    }
    if (up != null) {
      try {
        up.urgent(code);
      } catch (LinkException e) {
        LOG.warn("{} did not get through: {}", code, e.getMessage());
      }
    }
  }

  void close() {
    closed = true;
    wake();
  }

  // ---- For the borrower.

  /**
   * Takes the link from the host until {@link #giveBack}. A command of the host that is under way
   * gets a moment, then its wait for heat is ended, then it is given up.
   *
   * @throws LinkException when the printer does not answer
   * @throws HardwareException when the port cannot be opened
   */
  GreetedPrinter borrow() throws LinkException, HardwareException, InterruptedException {
    long began = System.nanoTime();
    int before;
    synchronized (this) {
      if (wanted) {
        throw new LinkException("the printer is lent already");
      }
      wanted = true;
      before = failures;
    }
    wake();
    GreetedPrinter granted = null;
    boolean waitEnded = false;
    try {
      while (granted == null) {
        long waited = System.nanoTime() - began;
        if (!waitEnded && waited > POLITE.toNanos() && isRelaying()) {
          waitEnded = true;
          urgent("M108");
        }
        granted = look(before, waited);
      }
      return granted;
    } finally {
      if (granted == null) {
        giveBack();
      }
    }
  }

  private synchronized @Nullable GreetedPrinter look(int before, long waitedNanos)
      throws LinkException, HardwareException, InterruptedException {
    if (lent && printer != null) {
      return printer;
    }
    if (closed || waitedNanos > LONGEST_LOAN_WAIT.toNanos()) {
      throw new LinkException(
          closed ? "the port is being closed" : "the printer is busy with a host's command");
    }
    if (printer == null && failures > before) {
      throwProblem();
    }
    if (relaying && waitedNanos > PATIENT.toNanos()) {
      keeper.interrupt();
    }
    wait(LOOK_MS);
    return lent ? printer : null;
  }

  private synchronized boolean isRelaying() {
    return relaying;
  }

  private void throwProblem() throws LinkException, HardwareException {
    Exception why = problem;
    if (why instanceof LinkException e) {
      throw e;
    } else if (why instanceof HardwareException e) {
      throw e;
    }
    throw new LinkException("the printer is away");
  }

  /** Ends a loan; harmless where there is none. */
  synchronized void giveBack() {
    wanted = false;
    lent = false;
    notifyAll();
  }

  // ---- For the keeper.

  /**
   * A port is about to be opened: what was heard over another one is forgotten.
   *
   * @return what to say first, empty for nothing
   */
  synchronized String opening() {
    String words = resetWords;
    resetWords = "";
    resetWished = false;
    lost = null;
    started = false;
    return words;
  }

  /** A port is open, null for none, and the printer not greeted yet. */
  synchronized void opened(@Nullable PrinterLink link) {
    open = link;
    printer = null;
  }

  synchronized void greeted(PrinterLink link, Hello hello) {
    printer = new GreetedPrinter(link, hello);
    problem = null;
    started = false;
    halted = false;
  }

  /** The port could not be opened, or its printer not be greeted: whoever waits hears of it. */
  synchronized void failed(Exception why) {
    problem = why;
    failures++;
    notifyAll();
  }

  /** No printer is there any more; the one that was. */
  synchronized @Nullable GreetedPrinter gone() {
    GreetedPrinter was = printer;
    printer = null;
    open = null;
    lent = false;
    halted = false;
    return was;
  }

  synchronized void relaying(boolean now) {
    relaying = now;
    if (!now) {
      // Whoever interrupted meant the relay, which is over.
      Thread.interrupted();
      notifyAll();
    }
  }

  /**
   * Leaves the link to whoever wants it, until it is given back.
   *
   * @throws PrinterReset when the printer restarted meanwhile: the borrower may have greeted it to
   *     switch its heaters off, and the host still has to be told
   */
  synchronized void lend() throws InterruptedException, PrinterReset {
    lent = wanted;
    notifyAll();
    while (lent && !closed) {
      wait(LOOK_MS);
    }
    if (started) {
      throw new PrinterReset("the printer restarted");
    }
  }

  /** Waits for something to do, a few seconds at most. */
  synchronized void awaitWork() throws InterruptedException {
    long until = System.nanoTime() + LOOK_AFTER.toNanos();
    for (long left = LOOK_AFTER.toMillis(); left > 0 && !news && !shut(); ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    news = false;
  }

  /** Waits before the next try to open the port; whoever wants the printer does not wait. */
  synchronized void pause(Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    try {
      for (long left = longest.toMillis(); left > 0 && !shut() && !resetWished; ) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted", e);
    }
  }

  /**
   * Waits until a printer that stopped for good is heard to start.
   *
   * @throws PrinterHalted when the port is to be opened anew instead, which resets most boards:
   *     somebody wants the printer, or the host its reset
   * @throws LinkException when the line is lost
   */
  synchronized void awaitReset(PrinterHalted why) throws LinkException, InterruptedException {
    halted = true;
    resetWished = false;
    while (!started) {
      if (lost != null) {
        throw lost;
      }
      if (shut() || resetWished) {
        throw why;
      }
      wait(LOOK_MS);
    }
  }

  /** Hears what the printer says beside the commands, and tells the face. */
  LinkListener ears(PortFace face) {
    return new LinkListener() {
      @Override
      public void heard(Reply reply) {
        face.heard(reply);
        if (reply instanceof Reply.Started || reply instanceof Reply.Fatal) {
          synchronized (PortDesk.this) {
            started = reply instanceof Reply.Started;
            news = true;
            PortDesk.this.notifyAll();
          }
        }
      }

      @Override
      public void unasked(Reply reply) {
        face.unasked(reply);
      }

      @Override
      public void lost(LinkException reason) {
        synchronized (PortDesk.this) {
          lost = reason;
          news = true;
          PortDesk.this.notifyAll();
        }
      }
    };
  }
}
