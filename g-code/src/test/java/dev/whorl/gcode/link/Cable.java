package dev.whorl.gcode.link;

import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A serial cable in memory: the link holds one end, a {@link ScriptedMarlin} the other. */
final class Cable implements SerialLine {

  /** Bytes one way. */
  private static final class Way {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    synchronized void put(byte[] data, int offset, int length) {
      bytes.write(data, offset, length);
      notifyAll();
    }

    synchronized byte[] take(int most, int timeoutMs) throws InterruptedException {
      if (bytes.size() == 0 && timeoutMs > 0) {
        wait(timeoutMs);
      }
      byte[] all = bytes.toByteArray();
      int count = Math.min(most, all.length);
      bytes.reset();
      bytes.write(all, count, all.length - count);
      return java.util.Arrays.copyOf(all, count);
    }

    synchronized void clear() {
      bytes.reset();
    }
  }

  private final Way toPrinter = new Way();
  private final Way toHost = new Way();
  private volatile boolean open = true;
  private volatile boolean stuck;
  private volatile int baud;
  private volatile Thread reader = Thread.currentThread();

  // ---- The host's end.

  @Override
  public String name() {
    return "cable";
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    reader = Thread.currentThread();
    try {
      byte[] got = toHost.take(buffer.length, timeoutMs);
      if (got.length == 0 && !open) {
        throw new LineLostException("unplugged");
      }
      System.arraycopy(got, 0, buffer, 0, got.length);
      return got.length;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (this) {
      while (stuck && open) {
        try {
          wait(1000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    if (!open) {
      throw new LineLostException("unplugged");
    }
    toPrinter.put(bytes, offset, length);
  }

  @Override
  public void discardOutput() {
    toPrinter.clear();
  }

  @Override
  public void setBaud(int baud) {
    this.baud = baud;
  }

  @Override
  public synchronized void close() {
    open = false;
    notifyAll();
  }

  /** The thread that read last. */
  Thread reader() {
    return reader;
  }

  // ---- The printer's end.

  int baud() {
    return baud;
  }

  boolean isOpen() {
    return open;
  }

  /** Nothing more is taken, as by a printer that stopped listening. */
  void clog() {
    stuck = true;
  }

  byte[] receive(int most, int timeoutMs) throws InterruptedException {
    return toPrinter.take(most, timeoutMs);
  }

  void flush() {
    toPrinter.clear();
  }

  void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    toHost.put(bytes, 0, bytes.length);
  }
}
