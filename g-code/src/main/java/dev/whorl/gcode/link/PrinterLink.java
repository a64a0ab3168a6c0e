package dev.whorl.gcode.link;

import dev.whorl.gcode.SerialLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A printer at the end of a serial line. Safe from any thread; one command or stream is under way
 * at a time, others wait for their turn. {@link #abort} and {@link #emergencyStop} wait for nobody.
 *
 * <p>Whatever way a stream ends other than well, the heaters are switched off and read back before
 * the exception arrives; {@link #close} does the same for heat that this link asked for. A failure
 * to do so is the exception's {@link Throwable#getSuppressed() suppressed} one. They are told to go
 * off at once, before {@link StreamProgress#ending}. A heater that is out of control ends in M112
 * instead, see {@link HeaterFault}.
 *
 * <p>All methods end within a bound. An interrupt is a {@link StreamAborted} and stays set.
 */
public final class PrinterLink implements AutoCloseable {

  /** A stream that ends switches the heaters off itself, in the worst case without numbers. */
  private static final Duration COOL_TURN = Duration.ofSeconds(90);

  /** Readings older than this are asked for again. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration ASK_WITHOUT_REPORTS = Duration.ofSeconds(2);
  private static final Duration ASK_WITH_REPORTS = Duration.ofSeconds(10);

  /** A mesh of a hundred lines at 115200 baud takes a second. */
  private static final Duration MESH = Duration.ofSeconds(10);

  /** Longest stream: many times the eight minutes of a coupon. */
  private static final Duration STREAM = Duration.ofHours(6);

  /** No limit of ours: a host may wait for a person over a weekend. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  /** What printers with an emergency parser act on as it arrives. */
  private static final List<String> URGENT = List.of("M108", "M112", "M410");

  private final Conversation talk;
  private final Acquaintance who;
  private final HeatersOff heaters;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicBoolean closed = new AtomicBoolean();

  private PrinterLink(Conversation talk, LinkSettings settings) {
    this.talk = talk;
    this.who = new Acquaintance(talk, settings.bauds());
    this.heaters = new HeatersOff(talk, who);
  }

  /** Takes over an open line and starts the thread that reads it; says nothing yet. */
  public static PrinterLink open(
      SerialLine line, LinkSettings settings, LinkListener listener, TimeSource time) {
    Conversation talk = new Conversation(line, listener, time);
    talk.start();
    return new PrinterLink(talk, settings);
  }

  /** The line's name. */
  public String name() {
    return talk.line().name();
  }

  /**
   * Makes the printer's acquaintance: speed, line numbers, capabilities, temperatures. Needed once
   * after {@link #open} and again after {@link PrinterReset}. Takes 3 s to about half a minute; up
   * to 10 min for a printer that says it is busy.
   */
  public Hello hello() throws LinkException {
    return inTurn(Acquaintance.SHORT, who::greet);
  }

  /**
   * Sends one command and waits until it is done.
   *
   * @param command without number, checksum and comment
   * @return what the printer said meanwhile, without reports that come by themselves; what follows
   *     {@code ok} is the last line where there is any
   * @throws PrinterSilent when it takes longer; the command may then still be at work
   */
  public List<String> send(String command, Duration timeout) throws LinkException {
    String clean = Wire.clean(command);
    if (clean.isEmpty()) {
      return List.of();
    }
    return inTurn(
        timeout,
        () -> {
          Hello known = who.require();
          talk.setAbortable(true);
          try {
            List<String> said = new ArrayList<>();
            for (String spelled : known.dialect().spell(clean)) {
              said.addAll(texts(talk.exchange(spelled, timeout)));
            }
            return List.copyOf(said);
          } finally {
            talk.setAbortable(false);
          }
        });
  }

  /**
   * The bed as it was last probed.
   *
   * @return empty where the printer has no such thing, or does not say it
   */
  public Optional<BedMesh> bedMesh() throws LinkException {
    String question = who.require().dialect().meshQuestion();
    if (question.isEmpty()) {
      return Optional.empty();
    }
    try {
      return BedMesh.of(send(question, MESH));
    } catch (CommandRefused e) {
      return Optional.empty();
    }
  }

  /**
   * Sends a program and waits until the printer has acknowledged all of it, which is before the
   * last moves end: see {@link #finishMoves}. Comments and blank lines are left out.
   *
   * @throws IllegalArgumentException before anything is sent, when a line cannot be
   * @throws StreamAborted after {@link #abort}, an interrupt or a cancel at the printer
   */
  public void stream(List<String> lines, StreamProgress progress) throws LinkException {
    List<String> commands = new ArrayList<>(lines.size());
    for (String line : lines) {
      String clean = Wire.clean(line);
      if (!clean.isEmpty()) {
        commands.add(clean);
      }
    }
    inTurn(
        Acquaintance.SHORT,
        () -> {
          Hello known = who.require();
          Duration askEvery =
              known.capabilities().autoReportsTemperatures()
                  ? ASK_WITH_REPORTS
                  : ASK_WITHOUT_REPORTS;
          JobGuard guard =
              new JobGuard(name(), known.capabilities().autoReportsTemperatures(), talk.nanos());
          List<String> spelled = new ArrayList<>(commands.size());
          for (String command : commands) {
            spelled.addAll(known.dialect().spell(command));
          }
          talk.setAbortable(true);
          talk.setGuard(guard);
          try {
            if (known.dialect().dropsSilently()) {
              talk.startAt(who.where());
            }
            talk.talk(
                new ManyCommands(spelled, progress, guard, askEvery.toNanos(), talk.nanos()),
                STREAM,
                "the program");
          } catch (LinkException | InterruptedException | RuntimeException | Error e) {
            talk.setGuard(null);
            heaters.after(e, progress);
            throw e;
          } finally {
            talk.setGuard(null);
            talk.setAbortable(false);
          }
          return commands.size();
        });
  }

  /**
   * Ends the stream or the command under way: no new line goes out, waiting for heat ends (M108),
   * what is already in the printer is done, and the thread that waits gets {@link StreamAborted}.
   * Returns at once. Does nothing when nothing is under way.
   */
  public void abort() {
    talk.requestAbort(name() + ": aborted");
  }

  /**
   * Sends another program's commands for as long as it has any: see {@link HostFeed}. They share
   * the window and the numbers with the link's own, may take as long as they like, and what they
   * heat is not this link's: no failure switches it off. Whoever has a new command calls {@link
   * #wake}.
   *
   * @throws StreamAborted after an interrupt or {@link #close}; {@link #abort} does not end it
   */
  public void relay(HostFeed feed) throws LinkException {
    inTurn(
        Acquaintance.SHORT,
        () -> {
          who.require();
          talk.talk(new RelayedCommands(feed, talk), FOR_EVER, "the host's commands");
          return true;
        });
  }

  /** Makes {@link #relay} look at its feed at once. From any thread, never waits. */
  public void wake() {
    talk.wake();
  }

  /** Which of M108, M410 and M112 this command is, for {@link #urgent}; empty when it is none. */
  public static Optional<String> urgentCode(String command) {
    return URGENT.stream().filter(code -> Wire.isCode(command, code)).findFirst();
  }

  /**
   * Writes M108, M410 or M112 at once, past every queue, and waits for no answer. From any thread.
   *
   * @throws IllegalArgumentException when it is another command
   */
  public void urgent(String code) throws LinkException {
    if (!URGENT.contains(code)) {
      throw new IllegalArgumentException(code + " has to wait its turn");
    }
    talk.outOfBand(code);
  }

  /** The temperatures, at most 5 s old. */
  public Temperatures temperatures() throws LinkException {
    who.require();
    Temperatures recent = talk.temperaturesSince(talk.nanos() - FRESH.toNanos());
    if (recent != null) {
      return recent;
    }
    return inTurn(Acquaintance.SHORT, who::measure);
  }

  /** The temperatures heard last, however old; null before the first. Never waits. */
  public @Nullable Temperatures lastTemperatures() {
    return talk.temperaturesSince(Long.MIN_VALUE / 2);
  }

  /** Waits until every move is done (M400). */
  public void finishMoves() throws LinkException {
    inTurn(
        Acquaintance.SHORT,
        () -> {
          who.require();
          who.finish();
          return true;
        });
  }

  /** Waits until every move is done, then asks where the nozzle is (M114). */
  public Position position() throws LinkException {
    return inTurn(
        Acquaintance.SHORT,
        () -> {
          who.require();
          who.finish();
          return who.where();
        });
  }

  /**
   * Switches all heaters off and reads their targets back; ends a stream under way first.
   *
   * @throws LinkException when that cannot be confirmed: the heaters may be on
   */
  public void heatersOff() throws LinkException {
    abort();
    // The heaters matter more than whoever wants this thread to end.
    boolean interrupted = Thread.interrupted();
    try {
      inTurn(
          COOL_TURN,
          () -> {
            if (who.known() == null || talk.failure() instanceof PrinterReset) {
              talk.outOfBand("M108");
              who.greet();
            }
            heaters.verified();
            return true;
          });
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Stops the printer at once and for good (M112), ahead of every queue. It then needs a reset.
   *
   * <p>In this order: no further line of a program goes out; what is stuck on its way is thrown
   * away; M112 is sent; where it does not leave, the line is closed. That takes 3 s at most, and
   * the printer's confirmation 7 s. Cutting the power is the caller's part, after all of that.
   *
   * @throws LinkException when the printer does not confirm: cut its power
   */
  public void emergencyStop() throws LinkException {
    try {
      who.stopForGood();
      talk.requestAbort(name() + ": emergency stop");
      talk.outOfBand("M112");
      if (!halted(Duration.ofSeconds(2))) {
        // A printer without emergency parser reads M112 only when its queue moves on.
        talk.outOfBand("M108");
        talk.outOfBand("M410");
        talk.outOfBand("M112");
        if (!halted(Duration.ofSeconds(3))) {
          throw new PrinterSilent(
              name() + ": the printer does not confirm the emergency stop: cut its power");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamAborted(name() + ": interrupted before the emergency stop was confirmed");
    }
  }

  private boolean halted(Duration limit) throws InterruptedException {
    return talk.awaitFailure(limit) instanceof PrinterHalted;
  }

  /**
   * Switches off the heat that this link asked for, and closes the line.
   *
   * @throws LinkException when the heaters may still be on; the line is closed all the same
   */
  @Override
  public void close() throws LinkException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    abort();
    try {
      if (talk.heat().mayBeOn() && !(talk.failure() instanceof PrinterHalted)) {
        heatersOff();
      }
      Hello known = who.known();
      if (known != null
          && known.capabilities().autoReportsTemperatures()
          && talk.failure() == null) {
        inTurn(Acquaintance.SHORT, () -> talk.exchange("M155 S0", Acquaintance.SHORT));
      }
    } finally {
      talk.line().close();
    }
  }

  // ---- Inside a turn.

  private static List<String> texts(List<Reply> replies) {
    List<String> texts = new ArrayList<>();
    for (Reply reply : replies) {
      String text = reply instanceof Reply.Ok ok ? ok.payload() : reply.text();
      if (!text.isBlank()) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  private interface Body<T> {
    T run() throws LinkException, InterruptedException;
  }

  private <T> T inTurn(Duration wait, Body<T> body) throws LinkException {
    try {
      if (!turn.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LinkException(
            "%s: the printer is busy with another command for more than %d s"
                .formatted(name(), wait.toSeconds()));
      }
      try {
        return body.run();
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      StreamAborted aborted = new StreamAborted(name() + ": interrupted");
      for (Throwable suppressed : e.getSuppressed()) {
        aborted.addSuppressed(suppressed);
      }
      throw aborted;
    }
  }
}
