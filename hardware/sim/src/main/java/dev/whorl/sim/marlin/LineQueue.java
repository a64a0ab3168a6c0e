package dev.whorl.sim.marlin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Marlin's {@code GcodeQueue}: bytes in, commands out, with line numbers and checksums watched over
 * on the way, and resends asked for. Holds {@value #COMMANDS} commands and some bytes; what comes
 * when the bytes are full is dropped, unless the caller holds it back, as a USB port would.
 */
final class LineQueue {

  /** BUFSIZE. */
  static final int COMMANDS = 4;

  /** MAX_CMD_SIZE less its terminator; what is longer is cut off there. */
  private static final int COMMAND_BYTES = 95;

  private final Consumer<String> say;
  private final Deque<GcodeLine> commands = new ArrayDeque<>();
  private final byte[] received;
  private int receivedCount;
  private final StringBuilder line = new StringBuilder();
  private boolean comment;
  private long lastNumber;
  private long dropped;

  /**
   * An empty queue.
   *
   * @param say takes a line for the host
   * @param bytes that it holds before they are read
   */
  LineQueue(Consumer<String> say, int bytes) {
    this.say = say;
    this.received = new byte[bytes];
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

  int size() {
    return commands.size();
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
    int used = 0;
    while (used < receivedCount && commands.size() < COMMANDS) {
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
    if (!comment && c != 0 && line.length() < COMMAND_BYTES) {
      line.append(c);
    }
  }

  /** Returns false when a resend was asked for. */
  private boolean take(String command) {
    if (command.startsWith("N")) {
      int at = 0;
      boolean m110 = command.contains("M110");
      if (m110) {
        int second = command.indexOf('N', Math.min(4, command.length()));
        at = second >= 0 ? second : 0;
      }
      long number = leadingNumber(command, at + 1);
      if (number != lastNumber + 1 && !m110) {
        if (number == lastNumber || number == lastNumber - 1) {
          return true; // a resend that was already on its way: swallowed in silence
        }
        return refuse("Line Number is not Last Line Number+1, Last Line: ");
      }
      int star = command.lastIndexOf('*');
      if (star < 0) {
        return refuse("No Checksum with line number, Last Line: ");
      }
      int sum = 0;
      for (byte b : command.substring(0, star).getBytes(StandardCharsets.ISO_8859_1)) {
        sum ^= b & 0xff;
      }
      if (leadingNumber(command, star + 1) != sum) {
        return refuse("checksum mismatch, Last Line: ");
      }
      lastNumber = number;
    }
    commands.addLast(GcodeLine.of(command));
    return true;
  }

  private boolean refuse(String why) {
    say.accept("Error:" + why + lastNumber);
    say.accept("Resend: " + (lastNumber + 1));
    say.accept("ok");
    return false;
  }

  private static long leadingNumber(String text, int from) {
    int end = from;
    if (end < text.length() && text.charAt(end) == '-') {
      end++;
    }
    while (end < text.length() && end - from < 18 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    String digits = text.substring(from, end);
    return digits.isEmpty() || digits.equals("-") ? 0 : Long.parseLong(digits);
  }
}
