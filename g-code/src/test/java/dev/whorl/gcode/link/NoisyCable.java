package dev.whorl.gcode.link;

import dev.whorl.gcode.SerialLine;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A cable that changes one byte of a line in so many, both ways, by a seed. Its printer is called
 * when a line is written and answers at once, so that fifty thousand lines take seconds.
 */
final class NoisyCable implements SerialLine {

  /** The far end: takes bytes, answers with bytes. Called on one thread at a time. */
  interface FarEnd {
    void take(byte[] bytes, Answer answer);
  }

  /** What the far end says. */
  interface Answer {
    void say(String line);
  }

  private final FarEnd printer;
  private final SplittableRandom random;
  private final double damagedLines;
  private byte[] toHost = new byte[1 << 16];
  private int count;
  private boolean open = true;
  volatile boolean clean = true;
  volatile int damaged;

  NoisyCable(FarEnd printer, long seed, double damagedLines) {
    this.printer = printer;
    this.random = new SplittableRandom(seed);
    this.damagedLines = damagedLines;
  }

  @Override
  public String name() {
    return "cable";
  }

  @Override
  public synchronized int read(byte[] buffer, int timeoutMs) throws IOException {
    if (count == 0 && open) {
      try {
        wait(timeoutMs);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    if (!open) {
      throw new IOException("closed");
    }
    int taken = Math.min(count, buffer.length);
    System.arraycopy(toHost, 0, buffer, 0, taken);
    System.arraycopy(toHost, taken, toHost, 0, count - taken);
    count -= taken;
    return taken;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    byte[] sent = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
    int begin = 0;
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] == '\n') {
        damage(sent, begin, i + 1);
        begin = i + 1;
      }
    }
    printer.take(sent, this::say);
    notifyAll();
  }

  private void say(String line) {
    byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    damage(bytes, 0, bytes.length);
    if (count + bytes.length > toHost.length) {
      toHost = java.util.Arrays.copyOf(toHost, 2 * (count + bytes.length));
    }
    System.arraycopy(bytes, 0, toHost, count, bytes.length);
    count += bytes.length;
  }

  private void damage(byte[] bytes, int from, int to) {
    if (!clean && random.nextDouble() < damagedLines) {
      int at = from + random.nextInt(to - from);
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      damaged++;
    }
  }

  @Override
  public void discardOutput() {}

  @Override
  public void setBaud(int baud) {}

  @Override
  public synchronized void close() {
    open = false;
    notifyAll();
  }
}
