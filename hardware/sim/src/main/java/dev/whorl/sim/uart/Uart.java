package dev.whorl.sim.uart;

import dev.whorl.sim.pty.Wire;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A wire behind a UART at a baud rate: ten bits to the byte, both ways at once. Each byte has a
 * time of its own at which it is there, one byte's time after the one before it or after the moment
 * at which it was sent; no byte is handed on before that time. So a thread that wakes up late makes
 * nothing slower than a wire would be, and nothing faster.
 *
 * <p>The host's side of it keeps {@value #BRIDGE_BYTES} bytes, as the chip of a USB bridge; what is
 * more stays in the pseudo-terminal. {@link #close} ends the threads and leaves the wire open.
 */
public final class Uart implements Wire {

  /** A CH340 has two FIFOs of 32, an FTDI 256 to 512. */
  private static final int BRIDGE_BYTES = 256;

  /** The firmware's own send buffer: with more than this unsent it stands still until it is out. */
  private static final int SEND_BYTES = 64;

  /** Bytes are handed on at the end of a line or when so many have come: fewer wake-ups. */
  private static final int CHUNK_BYTES = 32;

  private static final int IDLE_MS = 20;
  private static final long STOP_MS = 2_000;

  private final Wire wire;
  private final long byteNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Flow in;
  private final Flow out;
  private final Thread reader = new Thread(this::readOn, "uart-in");
  private final Thread writer = new Thread(this::writeOn, "uart-out");
  private boolean closed;
  private @Nullable IOException broken;

  /**
   * Starts to carry bytes.
   *
   * @param wire what the host opens; one thread may read it while another writes
   * @param baud 1200 to 3000000
   */
  public Uart(Wire wire, int baud) {
    if (baud < 1_200 || baud > 3_000_000) {
      throw new IllegalArgumentException("a baud rate is 1200 to 3000000; here " + baud);
    }
    this.wire = wire;
    this.byteNanos = 10_000_000_000L / baud;
    this.in = new Flow(byteNanos);
    this.out = new Flow(byteNanos);
    reader.setDaemon(true);
    writer.setDaemon(true);
    reader.start();
    writer.start();
  }

  @Override
  public String address() {
    return wire.address();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    lock.lock();
    try {
      while (true) {
        check();
        long now = System.nanoTime();
        long nextNanos = in.worthNanos(CHUNK_BYTES);
        if (nextNanos - now <= 0 || endNanos - now <= 0) {
          int taken = in.take(buffer, now);
          if (taken > 0) {
            changed.signalAll();
          }
          if (taken > 0 || endNanos - now <= 0) {
            return taken;
          }
        }
        changed.awaitNanos(Math.min(nextNanos, endNanos) - now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    lock.lock();
    try {
      check();
      out.add(bytes, bytes.length, System.nanoTime());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean clear() {
    lock.lock();
    try {
      return out.unsent(System.nanoTime()) <= SEND_BYTES;
    } finally {
      lock.unlock();
    }
  }

  private void check() throws IOException {
    IOException why = broken;
    if (why != null) {
      throw new IOException(why.getMessage(), why);
    }
  }

  private void readOn() {
    byte[] buffer = new byte[BRIDGE_BYTES];
    try {
      while (true) {
        int room = awaitRoom();
        if (room < 0) {
          return;
        }
        byte[] into = room == buffer.length ? buffer : new byte[room];
        int count = wire.read(into, IDLE_MS);
        if (count > 0) {
          lock.lock();
          try {
            in.add(into, count, System.nanoTime());
            changed.signalAll();
          } finally {
            lock.unlock();
          }
        }
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how many bytes the bridge can take, or -1 when all is over. */
  private int awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && in.size() >= BRIDGE_BYTES) {
        changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(IDLE_MS));
      }
      return closed ? -1 : BRIDGE_BYTES - in.size();
    } finally {
      lock.unlock();
    }
  }

  private void writeOn() {
    byte[] buffer = new byte[512];
    try {
      while (true) {
        int count = awaitDue(buffer);
        if (count < 0) {
          return;
        }
        byte[] due = new byte[count];
        System.arraycopy(buffer, 0, due, 0, count);
        wire.write(due);
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int awaitDue(byte[] buffer) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        long nextNanos = out.worthNanos(CHUNK_BYTES);
        if (nextNanos - now <= 0) {
          return out.take(buffer, now);
        }
        if (closed) {
          return -1;
        }
        changed.awaitNanos(nextNanos - now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException e) {
    lock.lock();
    try {
      if (!closed) {
        broken = e;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads; what is not out yet is lost. The wire stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      reader.join(STOP_MS);
      writer.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
