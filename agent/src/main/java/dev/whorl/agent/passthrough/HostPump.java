package dev.whorl.agent.passthrough;

import dev.whorl.gcode.host.HostPort;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.hardware.pty.PseudoTerminal;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between the pseudo-terminal and the printer's face. What the host says is read on
 * the thread {@code whorl-host}, which waits for nothing else, so that an M112 is seen at once;
 * what it is told is written at once by whoever has it, and the rest by this thread.
 */
final class HostPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostPump.class);

  private static final int READ_MS = 50;
  private static final long TICK_NANOS = 500_000_000L;
  private static final int CLOSE_MS = 2000;

  /** Told what the host wants; on the pump's thread, must not wait. */
  interface Listener {
    /** M112, M108 or M410, to be written at once. */
    void urgent(String code);

    /** Something came. */
    void said();

    /** A program opened the port, which resets most printers where a cable is. */
    void opened();

    /** The host asks a printer that stopped for good to come back. */
    void resetAsked();
  }

  private final PseudoTerminal terminal;
  private final HostPort port;
  private final Supplier<@Nullable Temperatures> temperatures;
  private final Listener listener;
  private final Consumer<Exception> failed;
  private final Object writing = new Object();
  private final Thread thread = new Thread(this::run, "whorl-host");
  private volatile boolean closed;
  private volatile boolean attended;

  HostPump(
      PseudoTerminal terminal,
      HostPort port,
      Supplier<@Nullable Temperatures> temperatures,
      Listener listener,
      Consumer<Exception> failed) {
    this.terminal = terminal;
    this.port = port;
    this.temperatures = temperatures;
    this.listener = listener;
    this.failed = failed;
    port.attended(false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether any program has the port open. */
  boolean isAttended() {
    return attended;
  }

  private void run() {
    byte[] buffer = new byte[4096];
    long tickedNanos = System.nanoTime() - TICK_NANOS;
    try {
      while (!closed) {
        // What is not read stays in the terminal until the host may go on.
        int count = port.hasRoom() ? terminal.read(buffer, READ_MS) : pauseWithoutReading();
        attend(terminal.isAttended());
        if (count > 0) {
          take(buffer, count);
        }
        if (System.nanoTime() - tickedNanos >= TICK_NANOS) {
          tickedNanos = System.nanoTime();
          port.tick(temperatures.get());
        }
        flush();
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        failed.accept(e);
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted", e);
    }
  }

  private int pauseWithoutReading() throws InterruptedException {
    Thread.sleep(READ_MS);
    return 0;
  }

  private void attend(boolean now) throws IOException {
    if (now == attended) {
      return;
    }
    attended = now;
    port.attended(now);
    if (now) {
      listener.opened();
    } else {
      terminal.discardUnread();
    }
  }

  private void take(byte[] buffer, int count) {
    for (String code : port.received(buffer, count)) {
      listener.urgent(code);
    }
    if (port.resetAsked()) {
      listener.resetAsked();
    }
    listener.said();
  }

  /** Tells the host what there is to tell, as far as it takes it. From any thread, never waits. */
  void flush() {
    synchronized (writing) {
      try {
        byte[] next = port.output();
        while (next.length > 0) {
          int taken = terminal.write(next);
          if (taken <= 0) {
            return;
          }
          port.wrote(taken);
          next = port.output();
        }
      } catch (IOException e) {
        LOG.debug("{}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
