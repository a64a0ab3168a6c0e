package dev.whorl.sim.uart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Bytes under way in one direction, each with the time at which it is through. */
final class Flow {
  private static final long NEVER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long byteNanos;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int size;

  /** When the line is free again. */
  private long freeNanos = System.nanoTime();

  Flow(long byteNanos) {
    this.byteNanos = byteNanos;
  }

  void add(byte[] bytes, int count, long now) {
    long start = Math.max(now, freeNanos);
    byte[] copy = new byte[count];
    System.arraycopy(bytes, 0, copy, 0, count);
    chunks.addLast(new Chunk(copy, start));
    freeNanos = start + count * byteNanos;
    size += count;
  }

  int size() {
    return size;
  }

  /** Bytes that are not through by now. */
  long unsent(long now) {
    return Math.max(0, (freeNanos - now) / byteNanos);
  }

  /** When it is worth to take some: a line has ended, or many are there, or all are. */
  long worthNanos(int many) {
    int count = 0;
    for (Chunk chunk : chunks) {
      for (int i = chunk.taken; i < chunk.bytes.length; i++) {
        count++;
        if (chunk.bytes[i] == '\n' || count == many) {
          return chunk.startNanos + (i + 1) * byteNanos;
        }
      }
    }
    return size > 0 ? freeNanos : System.nanoTime() + NEVER_NANOS;
  }

  int take(byte[] buffer, long now) {
    int count = 0;
    while (count < buffer.length) {
      Chunk chunk = chunks.peekFirst();
      if (chunk == null) {
        break;
      }
      long through = (now - chunk.startNanos) / byteNanos;
      int due = (int) Math.min(chunk.bytes.length, Math.max(0, through)) - chunk.taken;
      int take = Math.min(due, buffer.length - count);
      if (take <= 0) {
        break;
      }
      System.arraycopy(chunk.bytes, chunk.taken, buffer, count, take);
      chunk.taken += take;
      count += take;
      if (chunk.taken == chunk.bytes.length) {
        chunks.removeFirst();
      }
    }
    size -= count;
    return count;
  }

  /** Sent together. */
  private static final class Chunk {
    private final byte[] bytes;
    private final long startNanos;
    private int taken;

    Chunk(byte[] bytes, long startNanos) {
      this.bytes = bytes;
      this.startNanos = startNanos;
    }
  }
}
