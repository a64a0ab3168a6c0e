package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
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
  private final LineNumbers numbers = new LineNumbers();
  private final HostOutput output = new HostOutput();
  private final HostActivity activity = new HostActivity();
  private final ModalState modal = new ModalState();
  private final ArrayDeque<HostCommand> waiting = new ArrayDeque<>();
  private final ArrayDeque<HostCommand> underWay = new ArrayDeque<>();
  private @Nullable HostCommand offered;
  private int waitingBytes;
  private int host;
  private int longest = PrinterCommand.longest(Dialect.GENERIC);
  private Printer printer = Printer.LISTENS;
  private @Nullable Temperatures temperatures;
  private boolean attended = true;
  private boolean held;
  private boolean rubbishNoted;
  private boolean refusing;
  private boolean reportsAskedFor;
  private boolean writingToCard;
  private boolean emergencyParserNoted;
  private boolean faultShown;
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
    // What follows a refused line was sent before the host knew: Marlin throws it away, too.
    refusing = false;
    lines.accept(bytes, count, line -> take(line, urgent));
    advance();
    return urgent;
  }

  /** Whether more is taken; while not, the host's port should be left unread. */
  public synchronized boolean hasRoom() {
    return waitingBytes < MOST_KEPT_BYTES;
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
    advance();
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
      host++;
    }
    this.attended = attended;
  }

  private void take(String line, List<String> urgent) {
    startTold = false;
    HostLine parts = HostLine.of(line);
    String code = PrinterCommand.urgent(parts.command());
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
    switch (numbers.judge(parts)) {
      case TAKEN -> accept(parts.command(), code);
      case SWALLOWED -> {}
      case RENUMBERED -> {
        refusing = false;
        enqueue(HostCommand.answered(host, "ok"));
      }
      case CHECKSUM_MISMATCH -> refuse("checksum mismatch");
      case NO_CHECKSUM -> refuse("No Checksum with line number");
      case OUT_OF_TURN -> refuse("Line Number is not Last Line Number+1");
    }
  }

  private void refuse(String why) {
    if (!refusing) {
      refusing = true;
      say("Error:" + why + ", Last Line: " + numbers.last());
      say("Resend: " + (numbers.last() + 1));
      say("ok");
    }
  }

  private void accept(String command, String urgentCode) {
    if (urgentCode.equals("M112")) {
      return;
    }
    if (!urgentCode.isEmpty() || command.isEmpty()) {
      enqueue(HostCommand.answered(host, "ok"));
      return;
    }
    if (PrinterCommand.isRubbish(command)) {
      enqueue(
          rubbishNoted
              ? HostCommand.answered(host, "ok")
              : HostCommand.answered(host, unknown(command), "ok"));
      rubbishNoted = true;
      return;
    }
    rubbishNoted = false;
    String fitting = PrinterCommand.fitting(command, longest);
    if (fitting.length() > longest) {
      // No `ok`: a host must not go on as if the command had been done.
      say(
          "Error:A command of %d characters is too long for this printer, which takes %d: %s"
              .formatted(fitting.length(), longest, fitting.substring(0, 40)));
      return;
    }
    enqueue(HostCommand.of(host, fitting));
  }

  private static String unknown(String command) {
    String start = command.substring(0, Math.min(command.length(), 32));
    return "echo:Unknown command: \"" + start.replaceAll("[^ -~]", "?") + "\"";
  }

  private void enqueue(HostCommand command) {
    Temperatures known = temperatures;
    if (held
        && known != null
        && waiting.isEmpty()
        && underWay.isEmpty()
        && GcodeWord.isCode(command.text(), "M105")) {
      say(ShownReply.temperatures(known));
      return;
    }
    waiting.add(command);
    waitingBytes += command.cost();
    advance();
  }

  /** Answers what is answered here and has nothing before it. */
  private void advance() {
    HostCommand head = waiting.peek();
    while (head != null && head.isAnsweredHere()) {
      underWay.add(unqueue());
      head = waiting.peek();
    }
    head = underWay.peek();
    while (head != null && head.isAnsweredHere()) {
      underWay.remove();
      answer(head, head.answer());
      head = underWay.peek();
    }
  }

  private HostCommand unqueue() {
    HostCommand command = waiting.remove();
    waitingBytes -= command.cost();
    return command;
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
    waiting.clear();
    waitingBytes = 0;
    underWay.clear();
    writingToCard = false;
  }

  // ---- The link's side.

  @Override
  public synchronized @Nullable String peek() {
    if (held || printer != Printer.LISTENS) {
      return null;
    }
    advance();
    offered = waiting.peek();
    return offered == null ? null : offered.text();
  }

  @Override
  public synchronized void taken(int number) {
    if (waiting.isEmpty() || waiting.peek() != offered) {
      // An M112 emptied the queue between the look and this; the command goes out all the same.
      return;
    }
    HostCommand command = unqueue();
    underWay.add(command.under(number));
    usedNanos = time.nanos();
    note(command.text());
    advance();
  }

  private void note(String command) {
    activity.sent(command, modal, usedNanos);
    modal.sent(command);
    if (GcodeWord.isCode(command, "M155")) {
      reportsAskedFor = GcodeWord.of(command).value('S', 0) > 0;
    } else if (GcodeWord.isCode(command, "M28")) {
      writingToCard = true;
    } else if (GcodeWord.isCode(command, "M29")) {
      writingToCard = false;
    } else if (GcodeWord.isCode(command, "M115")) {
      emergencyParserNoted = false;
    }
  }

  @Override
  public synchronized void settled(int number, Reply.Ok ok) {
    usedNanos = time.nanos();
    faultShown = false;
    if (ok.temperatures() != null) {
      temperatures = ok.temperatures();
      activity.measured(ok.temperatures());
    }
    HostCommand head = underWay.peek();
    while (head != null && (head.isAnsweredHere() || head.number() <= number)) {
      underWay.remove();
      answer(head, head.isAnsweredHere() ? head.answer() : oks(head, number, ok));
      head = underWay.peek();
    }
    if (underWay.isEmpty()) {
      activity.settled(usedNanos);
    }
    advance();
  }

  /**
   * How a command that the printer did is acknowledged: the `ok` stands for the last of several.
   */
  private List<String> oks(HostCommand command, int number, Reply.Ok ok) {
    String acknowledgement = command.number() == number ? ShownReply.ok(ok) : "ok";
    return GcodeWord.isCode(command.text(), "M115") && !emergencyParserNoted
        ? List.of(ShownReply.EMERGENCY_PARSER, acknowledgement)
        : List.of(acknowledgement);
  }

  /** Tells whoever sent the command; one that has gone meanwhile waits for nothing any more. */
  private void answer(HostCommand command, List<String> lines) {
    if (command.host() == host) {
      lines.forEach(this::say);
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
    boolean ofNoInterest = held && !concernsAHeldHost(reply);
    if (!ofNoInterest) {
      show(reply);
    }
  }

  private static boolean concernsAHeldHost(Reply reply) {
    return reply instanceof Reply.Fatal
        || reply instanceof Reply.Started
        || reply instanceof Reply.Action;
  }

  private void note(Reply reply) {
    activity.heard(reply, time.nanos());
    if (reply instanceof Reply.TemperatureReport report) {
      temperatures = report.temperatures();
    } else if (reply instanceof Reply.Started started && started.text().strip().equals("start")) {
      startTold = false;
      restarted();
    }
  }

  private void show(Reply reply) {
    if (reply instanceof Reply.Fatal) {
      faultShown = true;
    }
    if (reply instanceof Reply.Cap cap && cap.name().equals("EMERGENCY_PARSER")) {
      emergencyParserNoted = true;
    }
    if (!isPrivate(reply)) {
      say(ShownReply.of(reply));
    }
  }

  /** Whether this is between the link and the printer alone. */
  private boolean isPrivate(Reply reply) {
    if (reply instanceof Reply.TemperatureReport report) {
      // Those by themselves begin with a blank; an answer before its `ok` does not.
      boolean answer = temperaturesAskedFor() && !report.text().startsWith(" ");
      return !report.waiting() && !reportsAskedFor && !answer;
    }
    return reply instanceof Reply.Ok
        || reply instanceof Reply.Resend
        || reply instanceof Reply.LineRefused
        || reply instanceof Reply.Idle
        || reply instanceof Reply.Started started && started.text().strip().equals("start");
  }

  private boolean temperaturesAskedFor() {
    for (HostCommand command : underWay) {
      if (GcodeWord.isCode(command.text(), "M105")) {
        return true;
      }
    }
    return false;
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
    return !held && printer == Printer.LISTENS && !waiting.isEmpty();
  }

  /** What the firmware takes; to be said after each hello. */
  public synchronized void dialect(Dialect dialect) {
    longest = PrinterCommand.longest(dialect);
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
    return waiting.isEmpty() && underWay.isEmpty()
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
    numbers.restart();
    modal.restart();
    activity.restarted();
    printer = Printer.LISTENS;
    resetAsked = false;
    reportsAskedFor = false;
    faultShown = false;
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
      if (!faultShown) {
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
