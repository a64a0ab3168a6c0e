package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.PrinterSilent;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.StreamAborted;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.hardware.HardwareException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the printer's port open all the time: opens it, greets the printer, lets the host's
 * commands through, and does so again after every loss, reset and halt. Lends the link to a run.
 *
 * <p>One thread, {@code whorl-port}, does all of it; it is the one that greets, relays and closes.
 * Whoever borrows the link talks on a thread of their own while this one waits.
 */
final class PortKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PortKeeper.class);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  /** How long a borrower waits before a host's wait for heat is ended (M108). */
  private static final Duration POLITE = Duration.ofSeconds(2);

  /** And before anything else of the host is given up: probing a bed takes minutes. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Greeting takes half a minute at most, ten where the printer says that it is busy. */
  private static final Duration LONGEST_LOAN_WAIT = Duration.ofMinutes(11);

  /** How long the host's last command and the farewell may take. */
  private static final Duration CLOSE_POLITELY = Duration.ofSeconds(2);

  private static final Duration CLOSE = Duration.ofSeconds(20);
  private static final int LOOK_MS = 250;

  /** How often a printer that nobody talks to is looked at. */
  private static final int LOOK_AFTER_MS = 5000;

  /**
   * Opens the port: whatever is at its name now, wherever that pointed before.
   *
   * <p>The first words, if there are any, are a line to say before anything else.
   */
  @FunctionalInterface
  interface Opener {
    PrinterLink open(LinkListener listener, String firstWords) throws HardwareException;
  }

  /** Hears what becomes of the printer. On the keeper's thread where not said otherwise. */
  interface Face {
    /** The printer is there and was greeted; it may know nothing of what was said before. */
    void up(PrinterLink link, Hello hello);

    /** The printer is away, or stopped for good, until the next {@link #up}. */
    void down(LinkException reason);

    /** The link is free: what has to be said before the host's next command. */
    void free(PrinterLink link) throws LinkException;

    /** Whether the host has commands for the printer. */
    boolean hasCommands();

    /** Those commands. */
    HostFeed feed();

    /** Any line; on the link's thread. */
    void heard(Reply reply);

    /** A line that no command asked for; on the link's thread. */
    void unasked(Reply reply);
  }

  /** The link in a borrower's hands. */
  record Loan(PrinterLink link, Hello hello) {}

  private final Opener opener;
  private final Face face;
  private final Thread thread = new Thread(this::keep, "whorl-port");

  // Written under this monitor. The link's own lock is taken inside it, never the other way round:
  // what the link calls reads volatile fields only.
  private @Nullable Loan printer;
  private @Nullable PrinterLink open;
  private @Nullable Exception problem;
  private int failures;
  private volatile boolean wanted;
  private boolean lent;
  private boolean relaying;
  private boolean started;
  private boolean news;
  private @Nullable LinkException lost;
  private boolean resetWished;
  private String resetWords = "";
  private volatile boolean closed;

  /** The problem told last; the keeper's thread alone. */
  private @Nullable String told;

  PortKeeper(Opener opener, Face face) {
    this.opener = opener;
    this.face = face;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What the printer reported last, null while it is away. Never waits. */
  @Nullable Temperatures temperatures() {
    Loan up = printer();
    return up == null ? null : up.link().lastTemperatures();
  }

  /** Whether the printer is there and was greeted. */
  boolean isUp() {
    return printer() != null;
  }

  private synchronized @Nullable Loan printer() {
    return printer;
  }

  /**
   * The host wants a printer that stopped for good to be reset. From any thread, never waits.
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

  /** The host has commands. From any thread but the link's, never waits. */
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
      urgent(up, code);
    }
  }

  // ---- Lending; on the borrower's thread.

  /**
   * Takes the link from the host until {@link #giveBack}. A command of the host that is under way
   * gets a moment, then its wait for heat is ended, then it is given up.
   *
   * @throws LinkException when the printer does not answer
   * @throws HardwareException when the port cannot be opened
   */
  Loan borrow() throws LinkException, HardwareException, InterruptedException {
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
    boolean granted = false;
    boolean ended = false;
    boolean givenUp = false;
    try {
      while (true) {
        long waited = System.nanoTime() - began;
        boolean busy;
        synchronized (this) {
          Loan up = printer;
          if (lent && up != null) {
            granted = true;
            return up;
          }
          if (closed || waited > LONGEST_LOAN_WAIT.toNanos()) {
            throw new LinkException(
                closed ? "the port is being closed" : "the printer is busy with a host's command");
          }
          if (up == null && failures > before) {
            throwProblem();
          }
          busy = relaying;
          if (busy && !givenUp && waited > PATIENT.toNanos()) {
            givenUp = true;
            thread.interrupt();
          }
          if (!busy || ended || waited <= POLITE.toNanos()) {
            wait(LOOK_MS);
            continue;
          }
        }
        ended = true;
        urgent("M108");
      }
    } finally {
      if (!granted) {
        giveBack();
      }
    }
  }

  /** Ends a loan; harmless where there is none. */
  synchronized void giveBack() {
    wanted = false;
    lent = false;
    notifyAll();
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

  private static void urgent(PrinterLink link, String code) {
    try {
      link.urgent(code);
    } catch (LinkException e) {
      LOG.warn("{} did not get through: {}", code, e.getMessage());
    }
  }

  // ---- Keeping; on the keeper's thread.

  private void keep() {
    Duration retry = FIRST_RETRY;
    while (!closed) {
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
      pause(retry);
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
    }
    closeLink();
  }

  private void connect() throws LinkException, HardwareException {
    String firstWords;
    synchronized (this) {
      firstWords = resetWords;
      resetWords = "";
      lost = null;
      started = false;
      resetWished = false;
    }
    PrinterLink opened = opener.open(new Ears(), firstWords);
    boolean greeted = false;
    try {
      synchronized (this) {
        open = opened;
      }
      Hello hello = opened.hello();
      greeted = true;
      appear(opened, hello);
    } finally {
      if (!greeted) {
        synchronized (this) {
          open = null;
        }
        close(opened);
      }
    }
  }

  private void appear(PrinterLink link, Hello hello) {
    synchronized (this) {
      printer = new Loan(link, hello);
      started = false;
      problem = null;
    }
    if (told != null) {
      LOG.info("{}: the printer is there again", link.name());
      told = null;
    }
    face.up(link, hello);
  }

  /** Relays and lends until the port must be opened again, or is to be closed. */
  private void serve() throws LinkException, InterruptedException {
    for (Loan up = printer(); up != null && !closed; up = printer()) {
      try {
        if (wanted) {
          // A failure that came meanwhile is dealt with here, not by the borrower.
          up.link().temperatures();
          lend(up.link());
        } else if (face.hasCommands()) {
          face.free(up.link());
          relay(up.link());
        } else {
          face.free(up.link());
          lookAfter(up.link());
          awaitWork();
        }
      } catch (StreamAborted e) {
        LOG.warn("a host's command was given up: somebody else must have the printer");
        appear(up.link(), up.hello());
      } catch (LinkLost e) {
        throw e;
      } catch (PrinterHalted e) {
        awaitReset(e);
        appear(up.link(), up.link().hello());
      } catch (PrinterReset e) {
        say(e);
        face.down(e);
        appear(up.link(), up.link().hello());
      } catch (LinkException e) {
        // The count of lines is lost, or the printer fell silent: one more try on this line.
        say(e);
        face.down(e);
        appear(up.link(), up.link().hello());
      }
    }
  }

  private void relay(PrinterLink link) throws LinkException {
    synchronized (this) {
      relaying = true;
    }
    try {
      link.relay(new Gate(face.feed()));
    } finally {
      synchronized (this) {
        relaying = false;
        // Whoever interrupted meant the relay, which is over.
        Thread.interrupted();
        notifyAll();
      }
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

  private synchronized void awaitWork() throws InterruptedException {
    long until = System.nanoTime() + LOOK_AFTER_MS * 1_000_000L;
    long left = LOOK_AFTER_MS;
    while (left > 0 && !news && !wanted && !closed) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    news = false;
  }

  private synchronized void lend(PrinterLink link) throws InterruptedException, PrinterReset {
    lent = wanted;
    notifyAll();
    while (lent && !closed) {
      wait(LOOK_MS);
    }
    if (started) {
      // The borrower may have greeted it to switch its heaters off.
      throw new PrinterReset(link.name() + ": the printer restarted");
    }
  }

  /**
   * A printer that stopped for good comes back only by a reset: by hand, or by opening the port
   * anew, which somebody must want.
   */
  private void awaitReset(PrinterHalted halted) throws LinkException, InterruptedException {
    say(halted);
    face.down(halted);
    synchronized (this) {
      resetWished = false;
      while (!started) {
        if (lost != null) {
          throw lost;
        }
        if (closed || wanted || resetWished) {
          throw halted;
        }
        wait(LOOK_MS);
      }
    }
  }

  private void drop(Exception why) {
    closeLink();
    if (closed) {
      return;
    }
    LinkException reason =
        why instanceof LinkException e ? e : new LinkException(String.valueOf(why.getMessage()));
    say(reason);
    face.down(reason);
    synchronized (this) {
      problem = why;
      failures++;
      notifyAll();
    }
  }

  private void say(LinkException why) {
    String line = String.valueOf(why.getMessage());
    if (!line.equals(told)) {
      LOG.warn("{}; trying until the printer is back", line);
      told = line;
    }
  }

  private synchronized void pause(Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    try {
      // Whoever wants to borrow does not wait for the next try.
      for (long left = longest.toMillis(); left > 0 && !closed && !wanted && !resetWished; ) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted", e);
    }
  }

  private void closeLink() {
    Loan up;
    synchronized (this) {
      up = printer;
      printer = null;
      open = null;
      lent = false;
    }
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
    synchronized (this) {
      closed = true;
    }
    wake();
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

  /** Hears what the printer says beside the commands. */
  private final class Ears implements LinkListener {
    @Override
    public void heard(Reply reply) {
      face.heard(reply);
      if (reply instanceof Reply.Started || reply instanceof Reply.Fatal) {
        synchronized (PortKeeper.this) {
          started = reply instanceof Reply.Started;
          news = true;
          PortKeeper.this.notifyAll();
        }
      }
    }

    @Override
    public void unasked(Reply reply) {
      face.unasked(reply);
    }

    @Override
    public void lost(LinkException reason) {
      synchronized (PortKeeper.this) {
        lost = reason;
        news = true;
        PortKeeper.this.notifyAll();
      }
    }
  }

  /** The host's feed, shut while somebody wants the link. */
  private final class Gate implements HostFeed {
    private final HostFeed feed;

    Gate(HostFeed feed) {
      this.feed = feed;
    }

    private boolean shut() {
      return wanted || closed;
    }

    @Override
    public @Nullable String peek() {
      return shut() ? null : feed.peek();
    }

    @Override
    public void taken(int number) {
      feed.taken(number);
    }

    @Override
    public void settled(int number, Reply.Ok ok) {
      feed.settled(number, ok);
    }

    @Override
    public void heard(Reply reply) {
      feed.heard(reply);
    }

    @Override
    public boolean mayAsk() {
      return feed.mayAsk();
    }

    @Override
    public boolean over(long nowNanos) {
      return shut() || feed.over(nowNanos);
    }
  }
}
