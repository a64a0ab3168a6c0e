package dev.whorl.gcode.link;

import dev.whorl.gcode.SerialLine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SerialLine} with its one thread, {@code whorl-serial}, which reads and watches the
 * writer: a write that the far end does not take blocks in the kernel for good, and closing the
 * line is the only thing that ends it.
 */
final class WatchedLine {

  static final String THREAD = "whorl-serial";
  private static final String URGENT_THREAD = "whorl-serial-urgent";

  /** How long one read waits; also how often the writer is looked after. */
  private static final int READ_MS = 50;

  /** A printer takes 120 bytes within 0.15 s at 9600 baud, unless it stopped listening. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  /** An emergency does not wait for that: 120 bytes leave within 10 ms at 115200 baud. */
  static final Duration URGENT_LIMIT = Duration.ofSeconds(2);

  /** How long an emergency waits for the write under way, before and after emptying the line. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final SerialLine line;
  private final TimeSource time;
  private final ReplyLines lines;
  private final Consumer<LinkException> lost;
  private final Thread reader = new Thread(this::read, THREAD);
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger urgent = new AtomicInteger();
  private volatile @Nullable LinkException endedBy;
  private volatile boolean forgetPartial;
  private volatile boolean writeUnderWay;
  private volatile long writeBeganNanos;
  private volatile long urgentNanos;

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
   * Writes a whole line past every queue of this program: what is stuck on its way is thrown away
   * first. Where the line takes nothing even then it is closed, which ends every write. Takes
   * {@link #URGENT_LIMIT} and what closing takes.
   *
   * @throws LinkLost when the bytes did not leave: only cutting the power helps
   */
  void writeUrgently(byte[] bytes) throws LinkException {
    urgentNanos = time.nanos();
    urgent.incrementAndGet();
    boolean mine = lockWithin(PATIENCE);
    try {
      byte[] whole = bytes;
      if (!mine) {
        line.discardOutput();
        // What was thrown away may have left half a line at the printer.
        whole = Wire.afterLineFeed(bytes);
        mine = lockWithin(PATIENCE);
      }
      writeBeside(whole);
    } finally {
      urgent.decrementAndGet();
      if (mine) {
        writing.unlock();
      }
    }
  }

  /**
   * Writes from a thread of its own, whose fate nobody depends on: a write that the kernel does not
   * give back, not even when the line is closed, must not hold up whoever cuts the power then.
   */
  private void writeBeside(byte[] bytes) throws LinkException {
    FutureTask<Void> write =
        new FutureTask<>(
            () -> {
              writeNow(bytes);
              return null;
            });
    Thread writer = new Thread(write, URGENT_THREAD);
    writer.setDaemon(true);
    writer.start();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          write.get(urgentLeftMs(), TimeUnit.MILLISECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LinkException lost ? lost : stuck();
    } catch (TimeoutException e) {
      throw end(stuck());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * The reader's thread closes the line at the limit, which ends most writes; some time for that.
   */
  private long urgentLeftMs() {
    long leftNanos = URGENT_LIMIT.plus(PATIENCE).toNanos() - (time.nanos() - urgentNanos);
    return Math.max(PATIENCE.toMillis(), TimeUnit.NANOSECONDS.toMillis(leftNanos));
  }

  private LinkLost stuck() {
    return new LinkLost(name() + " takes no more bytes: cut the printer's power");
  }

  private boolean lockWithin(Duration limit) {
    boolean interrupted = Thread.interrupted();
    try {
      return writing.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return writing.tryLock();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
        watchWriter(time.nanos());
      } catch (IOException | RuntimeException | Error e) {
        end(new LinkLost(reason(e)));
      }
    }
  }

  private void watchWriter(long now) {
    if (urgent.get() > 0 && now - urgentNanos > URGENT_LIMIT.toNanos()) {
      end(stuck());
    } else if (writeUnderWay && now - writeBeganNanos > WRITE_LIMIT.toNanos()) {
      end(new LinkLost(name() + " takes no more bytes: check the printer and the cable"));
    }
  }

  private String reason(Throwable e) {
    String message = e.getMessage();
    String what = message == null ? e.getClass().getSimpleName() : message;
    return what.contains(name()) ? what : name() + ": " + what;
  }

  private LinkException end(LinkException reason) {
    if (ended.compareAndSet(false, true)) {
      endedBy = reason;
      line.close();
      lost.accept(reason);
    }
    LinkException first = endedBy;
    return first == null ? reason : first;
  }
}
