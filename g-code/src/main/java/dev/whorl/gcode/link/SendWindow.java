package dev.whorl.gcode.link;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of the numbered lines: which are under way, which the printer has acknowledged,
 * which it wants again. Knows no clock and no wire; one lock of its owner guards it.
 *
 * <p>At most {@link #MAX_LINES} lines and {@link #MAX_BYTES} bytes are under way. After a resend
 * the lines go one by one, and an M105 closes the repair: its answer is the one `ok` that cannot be
 * mistaken for another, so it settles the account whatever was lost or doubled before.
 */
final class SendWindow {

  /** Marlin's smallest usual BUFSIZE. */
  static final int MAX_LINES = 4;

  /**
   * A receive buffer is 128 bytes on the smallest boards; staying below it also means that the
   * program waits for an `ok` and never in a write.
   */
  static final int MAX_BYTES = 120;

  /** Lines kept for resends; more than can be under way, with room for a drifted account. */
  static final int HISTORY = 64;

  /**
   * How far behind the last acknowledged line a resend is still believed. Further back, the printer
   * has lost count (a reset): sending the beginning of the job again would move it blindly.
   */
  static final int BELIEVABLE_LAG = 2 * MAX_LINES;

  /** Asked this often in a row for one line, the wire is beyond repair. */
  static final int MAX_RESENDS = 10;

  /** Requests for lines that cannot be sent again, before the count is given up as lost. */
  static final int MAX_STRANGE = 3;

  /** A line under way. */
  private record Entry(int number, String command, int bytes, boolean poke) {
    boolean numbered() {
      return number >= 0;
    }

    boolean asksTemperature() {
      return Wire.isCode(command, "M105");
    }
  }

  /** What is to be written next. */
  record Outgoing(String command, byte[] bytes) {}

  private final ArrayDeque<Entry> underWay = new ArrayDeque<>();
  private final Map<Integer, String> history = new HashMap<>();
  private int next = 1;
  private int cursor = 1;
  private int acknowledged;
  private int bytesUnderWay;
  private int largestBuffer = -1;
  private boolean namesNumbers;
  private boolean temperatureInOk;
  private boolean repairing;
  private boolean settleDue;
  private int wanted = -1;
  private int resendLine = -1;
  private int resendsInARow;
  private int strangeInARow;

  /** Begins anew after M110 N0: the next line is number 1 and nothing is under way. */
  void restart() {
    underWay.clear();
    history.clear();
    next = 1;
    cursor = 1;
    acknowledged = 0;
    bytesUnderWay = 0;
    repairing = false;
    settleDue = false;
    wanted = -1;
    resendLine = -1;
    resendsInARow = 0;
    strangeInARow = 0;
  }

  /** Whether nothing is under way, asked for again, or due. */
  boolean settled() {
    return underWay.isEmpty() && cursor == next && wanted < 0 && !settleDue;
  }

  /** The number the next new line gets. */
  int nextNumber() {
    return next;
  }

  /** The highest number known to be done. */
  int acknowledged() {
    return acknowledged;
  }

  /** Whether a resend was asked for and not yet answered. */
  boolean resendPending() {
    return wanted >= 0;
  }

  /** Whether only pokes are under way: nobody waits for those. */
  boolean onlyPokes() {
    return !underWay.isEmpty() && underWay.stream().allMatch(Entry::poke);
  }

  /** Counts what is under way as done; for pokes that were never answered one by one. */
  void forgetPokes() {
    while (!underWay.isEmpty() && underWay.peek().poke()) {
      pop();
    }
    endRepairWhenDone();
  }

  /** Whether a new command fits. A repair, a pending resend and a repeat come first. */
  boolean hasRoomFor(String command) {
    if (wanted >= 0 || repairing || cursor < next) {
      return false;
    }
    return underWay.isEmpty()
        || underWay.size() < lines()
            && bytesUnderWay + Wire.numbered(next, command).length <= MAX_BYTES;
  }

  /**
   * Whether a poke may go out. The first may go beyond the bound by its own 14 bytes: where the
   * buffer is full because the printer waits, the worst is one more resend.
   */
  boolean hasRoomForPoke() {
    return bytesUnderWay <= MAX_BYTES;
  }

  /** The lines that may be under way: what the printer's buffer holds, where it says so. */
  private int lines() {
    return largestBuffer < 0 ? MAX_LINES : Math.max(1, Math.min(MAX_LINES, largestBuffer + 1));
  }

  /** Numbers a new command and puts it under way. */
  Outgoing add(String command) {
    return add(command, false);
  }

  private Outgoing add(String command, boolean poke) {
    history.put(next, command);
    history.remove(next - HISTORY);
    int number = next++;
    cursor = next;
    return depart(number, command, poke);
  }

  /** What a repair has to send now; null when it waits for an answer or there is none. */
  @Nullable Outgoing repair() {
    if (!repairing || wanted >= 0) {
      return null;
    }
    for (Entry entry : underWay) {
      if (entry.number() >= resendLine) {
        return null;
      }
    }
    if (cursor < next) {
      return repeat();
    }
    if (settleDue) {
      settleDue = false;
      return add("M105");
    }
    return null;
  }

  /**
   * Something to draw an answer from a printer that fell silent: the next line of a repair, else a
   * new M105. Never a line that may have been accepted, for Marlin swallows that without a word.
   */
  Outgoing poke() {
    return cursor < next ? repeat() : add("M105", true);
  }

  /** Puts a command under way that is sent ahead of the queue, without a number. */
  void addOutOfBand(String command) {
    int bytes = Wire.bare(command).length;
    underWay.add(new Entry(-1, command, bytes, false));
    bytesUnderWay += bytes;
  }

  private Outgoing repeat() {
    int number = cursor++;
    return depart(number, history.getOrDefault(number, "M105"), false);
  }

  private Outgoing depart(int number, String command, boolean poke) {
    byte[] bytes = Wire.numbered(number, command);
    underWay.add(new Entry(number, command, bytes.length, poke));
    bytesUnderWay += bytes.length;
    return new Outgoing(command, bytes);
  }

  /** Books an `ok`; whether it settled anything. */
  boolean acknowledge(Reply.Ok ok) {
    boolean bare = ok.line() < 0 && ok.temperatures() == null && !ok.advanced();
    if (bare && (wanted >= 0 || namesNumbers)) {
      // With a resend request come none, one or two that stand for no line. Should one that counts
      // be among them, the M105 at the end of the repair makes up for it.
      return false;
    }
    largestBuffer = Math.max(largestBuffer, ok.bufferFree());
    int before = underWay.size();
    if (ok.line() >= 0) {
      namesNumbers = true;
      popThrough(first(e -> e.number() == ok.line()));
    } else if (ok.temperatures() != null) {
      temperatureInOk = true;
      popThrough(first(Entry::asksTemperature));
    } else if (ok.advanced() && namesNumbers) {
      // Without a number it answers a line without a number, however late or early.
      Entry entry = first(e -> !e.numbered());
      if (entry != null) {
        underWay.remove(entry);
        bytesUnderWay -= entry.bytes();
      }
    } else {
      Entry head = underWay.peek();
      if (head != null && !(temperatureInOk && head.asksTemperature())) {
        pop();
      }
    }
    boolean progress = underWay.size() < before;
    if (progress) {
      strangeInARow = 0;
      if (acknowledged >= resendLine) {
        resendsInARow = 0;
      }
      endRepairWhenDone();
    }
    return progress;
  }

  private void endRepairWhenDone() {
    if (cursor == next && !settleDue && underWay.isEmpty()) {
      repairing = false;
    }
  }

  /** The printer asked for a line again, in either of two ways: `Resend: N` or `Last Line: N-1`. */
  void resendRequested(int line) {
    wanted = line;
  }

  /**
   * Answers the pending request once the line is quiet, so that all copies of it count once.
   *
   * @throws LinkException when the wire is beyond repair or the line cannot be sent again
   */
  void beginRepair() throws LinkException {
    int line = wanted;
    wanted = -1;
    boolean possible =
        line >= 1
            && line <= next
            && line > acknowledged - BELIEVABLE_LAG
            && (line == next || history.containsKey(line));
    boolean stale = line <= acknowledged && strangeInARow == 0;
    if (!possible || stale) {
      // A late copy of an old request, a garbled digit, or the printer lost count: what it says to
      // an M105 with the next number tells which.
      if (++strangeInARow >= MAX_STRANGE) {
        throw new LinkException(
            "the printer asks for line %d, but %d lines are sent and %d done: it lost count (a"
                    .formatted(line, next - 1, acknowledged)
                + " reset?); the job cannot go on");
      }
      settleDue = true;
      repairing = true;
      resendLine = next;
      return;
    }
    resendsInARow = line == resendLine ? resendsInARow + 1 : 1;
    resendLine = line;
    if (resendsInARow >= MAX_RESENDS) {
      throw new LinkException(
          "the printer asked %d times for line %d: the line is too noisy; check the cable and the"
                  .formatted(resendsInARow, line)
              + " baud rate");
    }
    Iterator<Entry> entries = underWay.iterator();
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (entry.number() >= line) {
        bytesUnderWay -= entry.bytes();
        entries.remove();
      }
    }
    acknowledged = Math.min(acknowledged, line - 1);
    cursor = line;
    repairing = true;
    settleDue = true;
  }

  private @Nullable Entry first(Predicate<Entry> test) {
    for (Entry entry : underWay) {
      if (test.test(entry)) {
        return entry;
      }
    }
    return null;
  }

  private void popThrough(@Nullable Entry last) {
    if (last == null) {
      return;
    }
    Entry popped;
    do {
      popped = pop();
    } while (popped != null && popped != last);
  }

  private @Nullable Entry pop() {
    Entry entry = underWay.poll();
    if (entry != null) {
      bytesUnderWay -= entry.bytes();
      if (entry.numbered()) {
        acknowledged = Math.max(acknowledged, entry.number());
      }
    }
    return entry;
  }
}
