package dev.whorl.sim.firmware;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Marlin's {@code GcodeQueue} and its likes: bytes in, commands out, with line numbers and
 * checksums watched over on the way, and resends asked for. Holds a few commands and some bytes;
 * what comes when the bytes are full is dropped, unless the caller holds it back, as a USB port
 * would.
 */
final class LineQueue {

  private final Marlin firmware;
  private final Mishaps mishaps;
  private final Consumer<String> say;
  private final Runnable kill;
  private final Deque<GcodeLine> commands = new ArrayDeque<>();
  private final byte[] received;
  private int receivedCount;
  private final StringBuilder line = new StringBuilder();
  private boolean comment;
  private long lastNumber;
  private long taken;
  private long dropped;

  /**
   * An empty queue.
   *
   * @param firmware how it takes lines
   * @param mishaps what befalls them
   * @param say takes a line for the host
   * @param kill called for an emergency stop that is obeyed when its line is read
   * @param bytes that it holds before they are read
   */
  LineQueue(Marlin firmware, Mishaps mishaps, Consumer<String> say, Runnable kill, int bytes) {
    this.firmware = firmware;
    this.mishaps = mishaps;
    this.say = say;
    this.kill = kill;
    this.received = new byte[bytes];
  }

  /** How many commands there is room for. */
  int free() {
    return firmware.queueCommands() - commands.size();
  }

  /** Adds a command that came in another way. */
  void add(GcodeLine line) {
    commands.addLast(line);
  }

  /** Forgets half a line that lies about; returns whether there was one. */
  boolean dropHalfLine() {
    boolean half = line.length() > 0;
    line.setLength(0);
    comment = false;
    return half;
  }

  /** How many bytes there is room for. */
  int room() {
    return received.length - receivedCount;
  }

  /** Takes bytes; what there is no room for is lost. */
  void receive(byte[] bytes, int count) {
    int taken = Math.min(count, room());
    System.arraycopy(bytes, 0, received, receivedCount, taken);
    receivedCount += taken;
    dropped += count - taken;
  }

  /** How many bytes were lost. */
  long dropped() {
    return dropped;
  }

  /** The next command, left in the queue until {@link #done} is called. */
  @Nullable GcodeLine next() {
    fill();
    return commands.peekFirst();
  }

  /** The next command has been dealt with. */
  void done() {
    commands.pollFirst();
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    fill();
    return commands.isEmpty();
  }

  /** Sets the last line number, as M110 does. */
  void lastNumber(long number) {
    lastNumber = number;
  }

  /** Forgets all, as at power-on. */
  void reset() {
    commands.clear();
    receivedCount = 0;
    line.setLength(0);
    comment = false;
    lastNumber = 0;
  }

  /** Takes lines out of what was received, while there is room for commands. */
  void fill() {
    String full = firmware.fullBuffer();
    if (full != null && room() == 0 && free() > 0) {
      receivedCount = 0;
      say.accept(full);
    }
    int used = 0;
    while (used < receivedCount && free() > 0) {
      char c = (char) (received[used++] & 0xff);
      if (c != '\n' && c != '\r') {
        accept(c);
        continue;
      }
      String whole = line.toString().strip();
      line.setLength(0);
      comment = false;
      if (!whole.isEmpty() && !take(whole)) {
        receivedCount = 0; // an error clears what has been received
        return;
      }
    }
    System.arraycopy(received, used, received, 0, receivedCount - used);
    receivedCount -= used;
  }

  private void accept(char c) {
    if (c == ';') {
      comment = true;
    }
    if (!comment && c != 0 && line.length() < firmware.lineBytes()) {
      line.append(c);
    }
  }

  /** Returns false when a resend was asked for. */
  private boolean take(String command) {
    Verdict verdict = firmware.check(command, lastNumber);
    String error = verdict.error();
    if (error != null) {
      return refuse(error, lastNumber + 1);
    }
    if (verdict.kind() == Verdict.Kind.IGNORED) {
      return true;
    }
    boolean numbered = verdict.number() != Verdict.NO_NUMBER;
    if (numbered) {
      long instead = mishaps.asksInstead(verdict.number());
      if (instead != Mishaps.TAKEN) {
        lastNumber = instead - 1;
        return refuse("checksum mismatch, Last Line: ", instead);
      }
      lastNumber = verdict.number();
    }
    taken++;
    GcodeLine line = GcodeLine.of(command);
    if (firmware.killsWhenRead(line.text())) {
      kill.run();
      return false;
    }
    commands.addLast(line);
    if (numbered || !firmware.numbersCount()) {
      mishaps.taken(firmware.numbersCount() ? lastNumber : taken);
    }
    return true;
  }

  private boolean refuse(String why, long wanted) {
    say.accept("Error:" + why + lastNumber);
    say.accept("Resend: " + wanted);
    say.accept("ok");
    return false;
  }
}
