package dev.whorl.gcode.link;

import dev.whorl.gcode.SerialLine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A {@link SerialLine} with its one thread, {@code whorl-serial}, which reads and watches the
 * writer: a write that the far end does not take blocks in the kernel for good, and closing the
 * line is the only thing that ends it.
 */
final class WatchedLine {

  static final String THREAD = "whorl-serial";

  /** How long one read waits; also how often the writer is looked after. */
  private static final int READ_MS = 50;

  /** A printer takes 120 bytes within 0.15 s at 9600 baud, unless it stopped listening. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final SerialLine line;
  private final TimeSource time;
  private final ReplyLines lines;
  private final Consumer<LinkException> lost;
  private final Thread reader = new Thread(this::read, THREAD);
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean forgetPartial;
  private volatile boolean writeUnderWay;
  private volatile long writeBeganNanos;

  WatchedLine(
      SerialLine line, TimeSource time, Consumer<String> heard, Consumer<LinkException> lost) {
    this.line = line;
    this.time = time;
    this.lines = new ReplyLines(heard);
    this.lost = lost;
    reader.setDaemon(true);
  }

  void start() {
    reader.start();
  }

  String name() {
    return line.name();
  }

  /** Writes a whole line; whoever writes at the moment finishes first. */
  void write(byte[] bytes) throws LinkException {
    writing.lock();
    try {
      writeNow(bytes);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes a whole line past every queue of this program.
   *
   * @throws PrinterSilent when a write under way does not end within half a second
   */
  void writeUrgently(byte[] bytes) throws LinkException {
    boolean mine = false;
    try {
      mine = writing.tryLock(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      mine = writing.tryLock();
      Thread.currentThread().interrupt();
    }
    if (!mine) {
      throw new PrinterSilent(name() + " takes no more bytes: cut the printer's power");
    }
    try {
      writeNow(bytes);
    } finally {
      writing.unlock();
    }
  }

  private void writeNow(byte[] bytes) throws LinkException {
    writeBeganNanos = time.nanos();
    writeUnderWay = true;
    try {
      line.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw end(new LinkLost(reason(e)));
    } finally {
      writeUnderWay = false;
    }
  }

  /** Changes the speed and drops what was heard of the line under way. */
  void setBaud(int baud) throws LinkException {
    try {
      line.setBaud(baud);
      forgetPartial = true;
    } catch (IOException e) {
      throw new LinkException("%s does not take %d baud: %s".formatted(name(), baud, reason(e)));
    }
  }

  /** Closes the line and waits for the reader, 2 s at most. Idempotent, from any thread. */
  void close() {
    ended.set(true);
    line.close();
    if (Thread.currentThread() != reader) {
      boolean interrupted = Thread.interrupted();
      try {
        reader.join(2000);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void read() {
    byte[] buffer = new byte[512];
    while (!ended.get()) {
      try {
        int count = line.read(buffer, READ_MS);
        if (forgetPartial) {
          forgetPartial = false;
          lines.forget();
        }
        lines.accept(buffer, count);
        if (writeUnderWay && time.nanos() - writeBeganNanos > WRITE_LIMIT.toNanos()) {
          end(new LinkLost(name() + " takes no more bytes: check the printer and the cable"));
        }
      } catch (IOException | RuntimeException e) {
        end(new LinkLost(reason(e)));
      }
    }
  }

  private String reason(Exception e) {
    String message = e.getMessage();
    String what = message == null ? e.getClass().getSimpleName() : message;
    return what.contains(name()) ? what : name() + ": " + what;
  }

  private LinkException end(LinkException reason) {
    if (ended.compareAndSet(false, true)) {
      line.close();
      lost.accept(reason);
    }
    return reason;
  }
}
