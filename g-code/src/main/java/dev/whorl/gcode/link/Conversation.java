package dev.whorl.gcode.link;

import dev.whorl.gcode.SerialLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both sides of the line have said and what that means: the state behind {@link PrinterLink},
 * under one lock. The reader's thread books replies and never writes; the thread that talks ({@link
 * #talk}) writes and waits. One thread talks at a time; {@link PrinterLink} sees to that.
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  /** A wait looks at the clock at least this often, in real time. */
  private static final int WAIT_SLICE_MS = 20;

  /** Lines that go out in one write. */
  private static final int MAX_BATCH = 16;

  /** Replies kept for one command; a mesh or M503 prints about a hundred lines. */
  private static final int MAX_REPLIES = 500;

  private final WatchedLine line;
  private final LinkListener listener;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SendWindow window = new SendWindow();
  private final Silence silence = new Silence();
  private final NextLine next;
  private final HeatSent heat = new HeatSent();
  private @Nullable LinkException failure;
  private @Nullable LinkException trouble;
  private @Nullable CommandSource talking;
  private @Nullable List<Reply> collected;
  private @Nullable LinkException ending;
  private @Nullable JobGuard guard;
  private boolean abortable;
  private boolean greeting;
  private Dialect dialect = Dialect.GENERIC;
  private int requestsHeard;
  private @Nullable Temperatures temperatures;
  private long temperaturesNanos;
  private int starts;
  private int oks;
  private long heardNanos;
  private long busyNanos;
  private @Nullable Reply lastReply;

  Conversation(SerialLine line, LinkListener listener, TimeSource time) {
    this.listener = listener;
    this.time = time;
    this.line = new WatchedLine(line, time, this::heard, this::lost);
    this.next = new NextLine(line.name(), window, silence);
    this.heardNanos = time.nanos();
    this.busyNanos = heardNanos - Duration.ofHours(1).toNanos();
  }

  void start() {
    line.start();
  }

  WatchedLine line() {
    return line;
  }

  long nanos() {
    return time.nanos();
  }

  HeatSent heat() {
    return heat;
  }

  // ---- What the printer says; on the reader's thread.

  private void heard(String text) {
    Reply reply = ReplyParser.parse(text);
    boolean unasked;
    lock.lock();
    try {
      unasked = !greeting && isUnasked(reply);
      book(reply, time.nanos());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      listener.heard(reply);
      if (unasked) {
        listener.unasked(reply);
      }
    } catch (RuntimeException e) {
      log.warn("a listener failed on '{}'", text, e);
    }
  }

  private void book(Reply reply, long now) {
    heardNanos = now;
    lastReply = reply;
    silence.heard(now);
    if (reply instanceof Reply.Ok ok) {
      acknowledged(ok, now);
    } else if (reply instanceof Reply.Resend resend) {
      resendRequested(resend.line(), false, now);
    } else if (reply instanceof Reply.LineRefused refused) {
      resendRequested(refused.lastLine() + 1, true, now);
    } else if (reply instanceof Reply.TemperatureReport report) {
      measured(report.temperatures(), now);
      if (report.waiting()) {
        silence.working(now);
      } else {
        silence.reporting();
      }
    } else if (reply instanceof Reply.Busy) {
      busyNanos = now;
      silence.working(now);
      if (guard != null) {
        guard.busy(now);
      }
    } else if (reply instanceof Reply.Started) {
      started();
    } else if (reply instanceof Reply.Fatal fatal && !isOfHostsCommand(fatal)) {
      stopped(fatal);
    } else if (reply instanceof Reply.PositionReport report) {
      window.doubt().located(report.position());
    } else if (reply instanceof Reply.Warning) {
      notUnderstood(reply.text(), now);
    } else if (reply instanceof Reply.Action action && action.action().equals("cancel")) {
      requestAbort(line.name() + ": cancelled at the printer");
    } else if (reply instanceof Reply.Text text) {
      said(text.text(), now);
    }
    boolean answersTheLink = reply instanceof Reply.PositionReport && window.doubt().open();
    if (talking != null && !(reply instanceof Reply.Ok) && !answersTheLink) {
      talking.heard(reply);
    }
    collect(reply);
  }

  /** A host's command that fails is the host's affair, where the printer itself goes on. */
  private boolean isOfHostsCommand(Reply.Fatal fatal) {
    return talking != null && talking.relayed() && fatal.mayConcernACommandOnly();
  }

  private void acknowledged(Reply.Ok ok, long now) {
    oks++;
    if (ok.temperatures() != null) {
      measured(ok.temperatures(), now);
    }
    int before = window.acknowledged();
    if (window.acknowledge(ok)) {
      silence.settled(now);
    }
    if (talking != null && window.acknowledged() > before) {
      talking.settled(window.acknowledged(), ok);
    }
  }

  /** Some other text; it may have been a reply that matters. */
  private void said(String text, long now) {
    if (failure instanceof PrinterHalted && text.strip().equals("// Klipper state: Ready")) {
      started();
    } else if (UnknownCommand.isNotSupported(text)) {
      notUnderstood(text, now);
    } else if (Noise.mayHaveBeenAReply(text)) {
      window.heardNoise();
      if (text.startsWith("ok") && text.indexOf("ok", 2) > 0) {
        // Two replies, and the line end between them is damaged.
        window.heardNoise();
      }
    }
  }

  private void notUnderstood(String text, long now) {
    String quoted = UnknownCommand.quotedIn(text);
    if (quoted != null && !greeting && window.notUnderstood(quoted)) {
      next.requested(now);
    }
  }

  private void stopped(Reply.Fatal fatal) {
    if (dialect.halts(fatal)) {
      fail(
          new PrinterHalted(
              "%s: the printer stopped itself: %s; only a reset helps: %s"
                  .formatted(line.name(), fatal.reason(), dialect.remedy())));
    } else if (trouble == null && (talking == null || !talking.relayed())) {
      trouble =
          new CommandRefused(
              "%s: the printer refused a command: %s".formatted(line.name(), fatal.reason()));
    }
  }

  private void measured(Temperatures measured, long now) {
    temperatures = measured;
    temperaturesNanos = now;
    JobGuard watching = guard;
    if (watching != null) {
      heat.seen(measured);
      end(watching.step(measured, now));
    }
  }

  private void resendRequested(int number, boolean byRefusal, long now) {
    requestsHeard++;
    if (greeting) {
      return;
    }
    LinkException end = window.resendRequested(number, byRefusal);
    if (end != null && trouble == null) {
      trouble = end;
    }
    next.requested(now);
  }

  private void started() {
    starts++;
    if (!greeting && !(failure instanceof LinkLost)) {
      failure =
          new PrinterReset(line.name() + ": the printer restarted; what it was doing is lost");
    }
  }

  private void collect(Reply reply) {
    boolean answer = !comesUnasked(reply) || reply instanceof Reply.Fatal;
    Line settled = reply instanceof Reply.Ok ? window.settledLast() : null;
    if (settled != null && settled.own() || window.doubt().open()) {
      // The answer to a question of the link's own.
      return;
    }
    if (collected != null && answer && collected.size() < MAX_REPLIES) {
      collected.add(reply);
    }
  }

  private boolean isUnasked(Reply reply) {
    return talking == null
        ? !(reply instanceof Reply.Ok)
        : !talking.relayed() && comesUnasked(reply);
  }

  /** Whether a printer says this by itself rather than in answer to a command. */
  private static boolean comesUnasked(Reply reply) {
    return reply instanceof Reply.Busy
        || reply instanceof Reply.Idle
        || reply instanceof Reply.Action
        || reply instanceof Reply.TemperatureReport
        || reply instanceof Reply.Fatal;
  }

  private void lost(LinkException reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      listener.lost(reason);
    } catch (RuntimeException e) {
      log.warn("a listener failed on the loss of the line", e);
    }
  }

  private void fail(LinkException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  // ---- What is said to the printer.

  /**
   * Sends what the source has and waits until all of it is done.
   *
   * @param limit for the whole talk
   * @throws PrinterSilent when the printer stops answering or the limit passes
   */
  void talk(CommandSource source, Duration limit, String what)
      throws LinkException, InterruptedException {
    locked(() -> talking = source);
    try {
      sayAll(source, limit, what);
    } finally {
      locked(() -> talking = null);
    }
  }

  private void sayAll(CommandSource source, Duration limit, String what)
      throws LinkException, InterruptedException {
    long began = time.nanos();
    int acknowledged = 0;
    List<SendWindow.Outgoing> batch = new ArrayList<>();
    locked(
        () -> {
          trouble = null;
          silence.begin(began);
        });
    while (true) {
      batch.clear();
      int nowAcknowledged;
      lock.lock();
      try {
        long now = time.nanos();
        if (guard != null) {
          end(guard.silence(now));
        }
        checkAccount();
        takeBatch(source, batch, now);
        nowAcknowledged = window.acknowledged();
        if (batch.isEmpty() && nowAcknowledged <= acknowledged) {
          if (window.settled() && source.peek(true, now) == null && source.over(now)) {
            return;
          }
          if (now - began > limit.toNanos()) {
            throw new PrinterSilent(
                "%s: no answer to %s within %d s".formatted(line.name(), what, limit.toSeconds()));
          }
          if (!source.relayed()) {
            silence.check(now);
          }
          changed.await(next.waitMs(WAIT_SLICE_MS, now, now - heardNanos), TimeUnit.MILLISECONDS);
          continue;
        }
      } finally {
        lock.unlock();
      }
      if (nowAcknowledged > acknowledged) {
        acknowledged = nowAcknowledged;
        source.acknowledged(acknowledged);
      }
      write(batch, source);
    }
  }

  private void takeBatch(CommandSource source, List<SendWindow.Outgoing> batch, long now)
      throws LinkException {
    while (batch.size() < MAX_BATCH) {
      SendWindow.Outgoing outgoing = next.of(source, now, now - heardNanos);
      if (outgoing == null) {
        return;
      }
      batch.add(outgoing);
    }
  }

  private void write(List<SendWindow.Outgoing> batch, CommandSource source) throws LinkException {
    int length = 0;
    for (SendWindow.Outgoing outgoing : batch) {
      if (!source.relayed()) {
        heat.sent(outgoing.command());
      }
      say(outgoing.command());
      length += outgoing.bytes().length;
    }
    if (batch.size() == 1) {
      line.write(batch.get(0).bytes());
    } else if (length > 0) {
      byte[] all = new byte[length];
      int at = 0;
      for (SendWindow.Outgoing outgoing : batch) {
        System.arraycopy(outgoing.bytes(), 0, all, at, outgoing.bytes().length);
        at += outgoing.bytes().length;
      }
      line.write(all);
    }
  }

  /** Sends one command and returns what the printer said until it was done. */
  List<Reply> exchange(String command, Duration limit) throws LinkException, InterruptedException {
    List<Reply> replies = new ArrayList<>();
    try {
      talk(new OneCommand(command, () -> collected = replies), limit, command);
    } finally {
      locked(() -> collected = null);
    }
    return replies;
  }

  /** Writes a command at once, past the queue, from any thread. */
  void outOfBand(String command) throws LinkException {
    locked(() -> window.addOutOfBand(command));
    say(command);
    line.writeUrgently(Wire.bare(command));
  }

  /** Writes bytes that no account is kept of. */
  void writeRaw(byte[] bytes) throws LinkException {
    line.write(bytes);
  }

  private void say(String command) {
    try {
      listener.said(command);
    } catch (RuntimeException e) {
      log.warn("a listener failed on the command '{}'", command, e);
    }
  }

  /**
   * Waits until the condition, which is evaluated under the lock, holds.
   *
   * @return whether it did within the limit
   */
  boolean await(BooleanSupplier condition, Duration limit)
      throws LinkException, InterruptedException {
    long began = time.nanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        check();
        if (time.nanos() - began > limit.toNanos()) {
          return false;
        }
        changed.await(WAIT_SLICE_MS, TimeUnit.MILLISECONDS);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a failure and returns it; null when there is none within the limit. */
  @Nullable LinkException awaitFailure(Duration limit) throws InterruptedException {
    long began = time.nanos();
    lock.lock();
    try {
      while (failure == null && time.nanos() - began <= limit.toNanos()) {
        changed.await(WAIT_SLICE_MS, TimeUnit.MILLISECONDS);
      }
      return failure;
    } finally {
      lock.unlock();
    }
  }

  // ---- State that others look at and set.

  private void check() throws LinkException {
    LinkException reason = failure;
    if (reason != null) {
      throw reason;
    }
    LinkException end = ending;
    if (abortable && end != null) {
      throw end;
    }
  }

  /** Trouble with the account ends what is said with numbers, once; not what is said without. */
  private void checkAccount() throws LinkException {
    check();
    LinkException reason = trouble;
    if (reason != null) {
      trouble = null;
      throw reason;
    }
  }

  /** Makes the thread that talks look at its source again at once. */
  void wake() {
    locked(() -> {});
  }

  /** Allows or forbids {@link #requestAbort}; forgets an earlier request. */
  void setAbortable(boolean abortable) {
    locked(
        () -> {
          this.abortable = abortable;
          this.ending = null;
        });
  }

  /** Makes the thread that talks stop with {@link StreamAborted}; does nothing when none may. */
  void requestAbort(String reason) {
    locked(() -> end(new StreamAborted(reason)));
  }

  private void end(@Nullable LinkException reason) {
    if (abortable && ending == null) {
      ending = reason;
    }
  }

  /** Speaks to this firmware from now on. */
  void speak(Dialect dialect) {
    locked(
        () -> {
          this.dialect = dialect;
          window.speak(dialect);
        });
  }

  /** The printer's own word on where it is, before commands of which it may do one twice. */
  void startAt(Position position) {
    locked(() -> window.doubt().ledger().at(position));
  }

  /** With a guard, what the printer heats from now on counts as the link's doing. */
  void setGuard(@Nullable JobGuard guard) {
    locked(() -> this.guard = guard);
  }

  /** While greeting, a restart is no failure. Greeting clears an earlier restart. */
  void setGreeting(boolean greeting) {
    locked(
        () -> {
          this.greeting = greeting;
          if (greeting && failure instanceof PrinterReset) {
            failure = null;
          }
        });
  }

  /** Numbers begin at 1 again and nothing is under way. */
  void restartNumbers() {
    locked(
        () -> {
          window.restart();
          next.restart();
        });
  }

  /** Whether every line sent is accounted for. */
  boolean settled() {
    return read(window::settled);
  }

  @Nullable LinkException failure() {
    return read(() -> failure);
  }

  /** The latest temperatures, null when there are none since {@code sinceNanos}. */
  @Nullable Temperatures temperaturesSince(long sinceNanos) {
    return read(() -> temperaturesNanos - sinceNanos >= 0 ? temperatures : null);
  }

  /** How often the printer was heard to start. */
  int starts() {
    return read(() -> starts);
  }

  /** How often a line was asked for again. */
  int requests() {
    return read(() -> requestsHeard);
  }

  /** How many `ok` were heard. */
  int oks() {
    return read(() -> oks);
  }

  /** Nanoseconds since the printer last said anything. */
  long quietNanos() {
    return read(() -> time.nanos() - heardNanos);
  }

  /** Nanoseconds since the printer last said busy. */
  long sinceBusyNanos() {
    return read(() -> time.nanos() - busyNanos);
  }

  /** The last line heard. */
  @Nullable Reply lastReply() {
    return read(() -> lastReply);
  }

  private <T extends @Nullable Object> T read(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
