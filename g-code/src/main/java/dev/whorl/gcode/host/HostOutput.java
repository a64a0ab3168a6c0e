package dev.whorl.gcode.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Lines on their way to a host, bounded: a host that reads empties this at once, and what nobody
 * reads is lost, as on a UART. An `ok` is the last thing to be lost, for a host waits for it.
 */
final class HostOutput {

  /** More than a mesh, a list of files and the settings together. */
  static final int MOST_BYTES = 64 * 1024;

  private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
  private int bytes;
  private int written;

  /** How many more were handed out to be written: they stay until it is known how many were. */
  private int offered;

  /** Adds a line, given without its end. */
  void say(String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    lines.add(text);
    bytes += text.length;
    if (bytes > MOST_BYTES) {
      drop();
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** What is to be written next, not more than a kernel's buffer takes; empty if there is none. */
  byte[] next() {
    byte[] next = new byte[Math.min(4096, bytes - written)];
    int filled = 0;
    int skip = written;
    for (byte[] line : lines) {
      int count = Math.min(line.length - skip, next.length - filled);
      System.arraycopy(line, skip, next, filled, count);
      filled += count;
      skip = 0;
      if (filled == next.length) {
        break;
      }
    }
    offered = filled;
    return next;
  }

  /** That many of the bytes of {@link #next} are written; none if they were cleared meanwhile. */
  void wrote(int count) {
    written += Math.min(count, offered);
    offered = 0;
    byte[] head = lines.peek();
    while (head != null && written >= head.length) {
      written -= head.length;
      bytes -= head.length;
      lines.remove();
      head = lines.peek();
    }
  }

  void clear() {
    lines.clear();
    bytes = 0;
    written = 0;
    offered = 0;
  }

  /** Makes room: the oldest lines go, those that acknowledge nothing first. */
  private void drop() {
    for (boolean oksToo : new boolean[] {false, true}) {
      Iterator<byte[]> all = lines.iterator();
      int onTheWay = written + offered;
      while (bytes > MOST_BYTES * 3 / 4 && all.hasNext()) {
        byte[] line = all.next();
        if (onTheWay <= 0 && (oksToo || line[0] != 'o')) {
          all.remove();
          bytes -= line.length;
        }
        onTheWay -= line.length;
      }
    }
  }
}
