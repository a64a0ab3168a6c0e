package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The printer's face to a host: Marlin as OctoPrint, Pronterface or Cura expect it. Line numbers
 * and checksums end here; a command is acknowledged when the printer has acknowledged it; while
 * held, all that is sent is kept and nothing is acknowledged.
 *
 * <p>Has no thread and waits for nothing. One thread brings what the host sends ({@link #received},
 * {@link #tick}) and takes what it is told ({@link #output}); the link steps it as a {@link
 * HostFeed}; every method may be called from any thread. Calls nothing of the link.
 */
public final class HostPort implements HostFeed {

  /** What is kept of what a host sent ahead; then its pseudo-terminal fills and it waits. */
  public static final int MOST_KEPT_BYTES = 1 << 20;

  /** Marlin's own interval; OctoPrint gives up after three seconds without. */
  private static final Duration BUSY_EVERY = Duration.ofSeconds(2);

  /** A host that waits for each answer sends its next command within this. */
  private static final Duration LINGER = Duration.ofMillis(200);

  /** How often a host that talks to a printer that is not there is told so. */
  private static final Duration GONE_EVERY = Duration.ofSeconds(5);

  static final String BUSY = "echo:busy: paused for user";
  static final String HALTED = "Error:Printer halted. kill() called!";
  static final String GONE = "Error:The printer is not connected";

  /** What brings back a printer that stopped itself, where a command does. */
  private static final Set<String> RESETS = Set.of("M999", "FIRMWARE_RESTART", "RESTART");

  private enum Printer {
    LISTENS,
    STARTS,
    HALTED,
    GONE
  }

  private final TimeSource time;
  private final HostLines lines = new HostLines();
  private final HostQueue queue = new HostQueue(this::say);
  private final HostIntake intake = new HostIntake(queue, this::say);
  private final Audience audience = new Audience();
  private final HostOutput output = new HostOutput();
  private final HostActivity activity = new HostActivity();
  private final ModalState modal = new ModalState();
  private Printer printer = Printer.LISTENS;
  private @Nullable Temperatures temperatures;
  private boolean attended = true;
  private boolean held;
  private boolean writingToCard;
  private boolean startTold;
  private boolean resetAsked;
  private long busyNanos;
  private long goneNanos;
  private long usedNanos;

  /**
   * @param time what the intervals are measured by
   */
  public HostPort(TimeSource time) {
    this.time = time;
    this.usedNanos = time.nanos();
    this.busyNanos = usedNanos;
    this.goneNanos = usedNanos - GONE_EVERY.toNanos();
  }

  // ---- The host's side.

  /**
   * Takes what the host sent.
   *
   * @return M112, M108 and M410 among it, in order: to be written at once ({@link
   *     PrinterLink#urgent}), whatever else is under way; then {@link PrinterLink#wake}
   */
  public synchronized List<String> received(byte[] bytes, int count) {
    List<String> urgent = new ArrayList<>();
    intake.begin();
    lines.accept(bytes, count, line -> take(line, urgent));
    return urgent;
  }

  /** Whether more is taken; while not, the host's port should be left unread. */
  public synchronized boolean hasRoom() {
    return queue.waitingBytes() < MOST_KEPT_BYTES;
  }

  /**
   * To be called every half second or so: tells a host that is held that it is.
   *
   * @param latest the printer's readings known last; an M105 of a host that is held gets these
   */
  public synchronized void tick(@Nullable Temperatures latest) {
    if (latest != null) {
      temperatures = latest;
      activity.measured(latest);
    }
    long now = time.nanos();
    if (held && now - busyNanos >= BUSY_EVERY.toNanos()) {
      busyNanos = now;
      say(BUSY);
    }
  }

  /** What the host is to be told next, a few kilobytes at most; empty when there is nothing. */
  public synchronized byte[] output() {
    return output.next();
  }

  /** That many bytes of {@link #output} are written. */
  public synchronized void wrote(int count) {
    output.wrote(count);
  }

  /**
   * Whether any program has the port open. While none has, nothing is kept for it, and half a line
   * that the last one left is forgotten; its whole lines go on, and nobody else is told of their
   * `ok`.
   */
  public synchronized void attended(boolean attended) {
    if (this.attended && !attended) {
      lines.forget();
      output.clear();
      queue.hostLeft();
    }
    this.attended = attended;
  }

  private void take(String line, List<String> urgent) {
    startTold = false;
    HostLine parts = HostLine.of(line);
    String code = PrinterLink.urgentCode(parts.command()).orElse("");
    if (!code.isEmpty()) {
      // Also where nobody is known to listen: it may have been there all the time.
      urgent.add(code);
    }
    if (printer != Printer.LISTENS) {
      toNobody(parts.command());
      return;
    }
    if (code.equals("M112")) {
      drop();
    }
    String command = intake.take(parts);
    if (command.isEmpty() || code.equals("M112")) {
      return;
    }
    Temperatures known = temperatures;
    if (!code.isEmpty()) {
      queue.addAnswered("ok");
    } else if (held && known != null && queue.isEmpty() && GcodeWord.isCode(command, "M105")) {
      say(ShownReply.temperatures(known));
    } else {
      queue.add(command);
    }
  }

  private void toNobody(String command) {
    resetAsked |= printer == Printer.HALTED && RESETS.contains(GcodeWord.of(command).code());
    long now = time.nanos();
    if (printer == Printer.GONE && now - goneNanos >= GONE_EVERY.toNanos()) {
      goneNanos = now;
      say(GONE);
    }
  }

  private void say(String line) {
    if (attended) {
      output.say(line);
    }
  }

  private void drop() {
    queue.clear();
    writingToCard = false;
  }

  // ---- The link's side.

  @Override
  public synchronized @Nullable String peek() {
    return held || printer != Printer.LISTENS ? null : queue.offer();
  }

  @Override
  public synchronized void taken(int number) {
    usedNanos = time.nanos();
    String command = queue.taken(number);
    if (command != null) {
      activity.sent(command, modal, usedNanos);
      modal.sent(command);
      audience.sent(command);
      if (GcodeWord.isCode(command, "M28")) {
        writingToCard = true;
      } else if (GcodeWord.isCode(command, "M29")) {
        writingToCard = false;
      }
    }
  }

  @Override
  public synchronized void settled(int number, Reply.Ok ok) {
    usedNanos = time.nanos();
    if (ok.temperatures() != null) {
      temperatures = ok.temperatures();
      activity.measured(ok.temperatures());
    }
    queue.settled(number, ok, audience::acknowledgement);
    if (!queue.isAnyUnderWay()) {
      activity.settled(usedNanos);
    }
  }

  @Override
  public synchronized void heard(Reply reply) {
    usedNanos = time.nanos();
    note(reply);
    show(reply);
  }

  /** Takes a line that the printer said by itself: {@code LinkListener.unasked}. */
  public synchronized void unasked(Reply reply) {
    note(reply);
    if (!held || Audience.concernsAHeldHost(reply)) {
      show(reply);
    }
  }

  private void note(Reply reply) {
    activity.heard(reply, time.nanos());
    if (reply instanceof Reply.TemperatureReport report) {
      temperatures = report.temperatures();
    } else if (Audience.isStart(reply)) {
      startTold = false;
      restarted();
    }
  }

  private void show(Reply reply) {
    if (audience.concerns(reply, queue.isUnderWay("M105"))) {
      say(ShownReply.of(reply));
    }
  }

  @Override
  public synchronized boolean mayAsk() {
    return !writingToCard;
  }

  @Override
  public synchronized boolean over(long nowNanos) {
    return held || !writingToCard && nowNanos - usedNanos >= LINGER.toNanos();
  }

  // ---- The agent's side.

  /** Whether the printer should be given something: a reason to call {@link PrinterLink#relay}. */
  public synchronized boolean hasCommands() {
    return !held && printer == Printer.LISTENS && queue.isAnyWaiting();
  }

  /** What the firmware takes; to be said after each hello. */
  public synchronized void dialect(Dialect dialect) {
    intake.dialect(dialect);
    modal.dialect(dialect);
  }

  /**
   * Holds the host if it leaves the printer alone.
   *
   * @return why the printer is not free; empty when the host is held from now on
   */
  public synchronized Optional<String> holdIfIdle() {
    Optional<String> busy = busyWith();
    if (busy.isEmpty()) {
      hold(true);
    }
    return busy;
  }

  /** What the host does with the printer; empty when it leaves it alone. */
  public synchronized Optional<String> busyWith() {
    return queue.isEmpty()
        ? activity.busyWith(time.nanos())
        : Optional.of("the host has commands under way");
  }

  /** Holds the host, whatever it does, or lets it go on. */
  public synchronized void hold(boolean hold) {
    held = hold;
    busyNanos = time.nanos() - BUSY_EVERY.toNanos();
  }

  public synchronized boolean isHeld() {
    return held;
  }

  /** Whether the host pushed out filament, or may have, since this was asked last. */
  public synchronized boolean extruded() {
    return activity.extruded();
  }

  /** What has to be given back after a run. */
  public synchronized ModalState modal() {
    return modal.copy();
  }

  /**
   * The printer restarted, or what the host set cannot be given back: the host is told {@code
   * start}, and what it sent is forgotten. Does nothing when it was told and said nothing since.
   */
  public synchronized void restarted() {
    boolean told = startTold;
    drop();
    intake.restart();
    audience.restart();
    modal.restart();
    activity.restarted();
    printer = Printer.LISTENS;
    resetAsked = false;
    startTold = true;
    if (!told) {
      say("start");
    }
  }

  /**
   * The printer restarted and has yet to be greeted: what a host sends meanwhile is lost, as it is
   * on a printer that starts. {@link #restarted} comes next.
   */
  public synchronized void restarting() {
    drop();
    printer = Printer.STARTS;
  }

  /** The printer stopped itself or was stopped (M112) and answers nothing until it restarts. */
  public synchronized void halted() {
    if (printer != Printer.HALTED) {
      drop();
      printer = Printer.HALTED;
      if (!audience.knowsOfFault()) {
        say(HALTED);
      }
    }
  }

  /** Whether the host asked a halted printer to come back (M999, FIRMWARE_RESTART); asked once. */
  public synchronized boolean resetAsked() {
    boolean asked = resetAsked;
    resetAsked = false;
    return asked;
  }

  /** There is no printer at the other end; {@link #restarted} when there is one again. */
  public synchronized void gone() {
    if (printer != Printer.GONE) {
      drop();
      printer = Printer.GONE;
      goneNanos = time.nanos();
      say(GONE);
    }
  }
}
