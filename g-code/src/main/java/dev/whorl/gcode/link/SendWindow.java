package dev.whorl.gcode.link;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of the numbered lines: which are under way, which the printer has acknowledged,
 * which it wants again. Knows no clock and no wire; one lock of its owner guards it.
 *
 * <p>The account may drift: an `ok` is lost or comes twice. The answer to an M105 is the one `ok`
 * that cannot be taken for another, so each settles the account whatever happened before; one
 * closes every repair.
 */
final class SendWindow {

  /** With the shortest lines this many fill {@link #MAX_BYTES}. */
  static final int MAX_LINES = 8;

  /** Marlin's smallest usual BUFSIZE, for a printer that does not say what its buffer holds. */
  static final int USUAL_LINES = 4;

  /**
   * A receive buffer is 128 bytes on the smallest boards; staying below it also means that the
   * program waits for an `ok` and never in a write.
   */
  static final int MAX_BYTES = 120;

  /** What such a buffer holds. */
  private static final int RECEIVE_BUFFER = 127;

  /** The size of a buffer is believed once it was said this often: a digit may be damaged. */
  private static final int BELIEVE_AFTER = 3;

  private static final String QUESTION = "M105";

  /** What is to be written next. */
  record Outgoing(String command, byte[] bytes) {}

  private final ArrayDeque<Line> underWay = new ArrayDeque<>();
  private final History history = new History();
  private final Requests requests = new Requests();
  private final Noise noise = new Noise();
  private final int[] bufferSaid = new int[MAX_LINES];
  private final Doubt doubt = new Doubt();
  private Dialect dialect = Dialect.GENERIC;
  private int next = 1;
  private int cursor = 1;
  private int acknowledged;
  private int bytesUnderWay;
  private int buffer = -1;
  private boolean namesNumbers;
  private boolean temperatureInOk;
  private boolean repairing;
  private boolean settleDue;
  private int repairedFrom = -1;
  private int claimed = -1;
  private boolean okStandsForNothing;
  private @Nullable Line settledLast;

  /** Begins anew after M110 N0: the next line is number 1 and nothing is under way. */
  void restart() {
    underWay.clear();
    history.restart();
    requests.restart();
    noise.restart();
    doubt.restart();
    next = 1;
    cursor = 1;
    acknowledged = 0;
    bytesUnderWay = 0;
    repairing = false;
    settleDue = false;
    repairedFrom = -1;
    claimed = -1;
    okStandsForNothing = false;
  }

  /** What is known of the firmware from now on. */
  void speak(Dialect dialect) {
    this.dialect = dialect;
  }

  Doubt doubt() {
    return doubt;
  }

  Noise noise() {
    return noise;
  }

  /** Whether nothing is under way, asked for again, in doubt or due. */
  boolean settled() {
    return underWay.isEmpty()
        && cursor == next
        && !requests.pending()
        && !settleDue
        && !doubt.open();
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
    return requests.pending();
  }

  /** Whether nothing more belongs to the request: its `ok` came and no other line is under way. */
  boolean resendComplete() {
    return requests.complete() && underWay.size() <= 1;
  }

  /** Whether only pokes are under way: nobody waits for those. */
  boolean onlyPokes() {
    for (Line line : underWay) {
      if (line.kind() != Line.Kind.POKE) {
        return false;
      }
    }
    return !underWay.isEmpty();
  }

  /** Counts what is under way as done; for pokes that were never answered one by one. */
  void forgetPokes() {
    while (!underWay.isEmpty() && underWay.peek().kind() == Line.Kind.POKE) {
      pop();
    }
    endRepairWhenDone();
  }

  /** Whether a new command fits. A repair, a pending resend and a repeat come first. */
  boolean hasRoomFor(String command) {
    if (requests.pending() || repairing || cursor < next || doubt.open()) {
      return false;
    }
    return underWay.isEmpty()
        || underWay.size() < lines()
            && bytesUnderWay + Wire.numberedLength(next, command) <= MAX_BYTES;
  }

  /**
   * Whether a poke may go out. Where the buffer is full because the printer waits, it would be lost
   * and take the beginning of another line with it.
   *
   * @param urgent nothing was heard for so long that this is worth the risk
   */
  boolean hasRoomForPoke(boolean urgent) {
    int length = Wire.numberedLength(next, QUESTION) + 1;
    return bytesUnderWay + (urgent ? 0 : length) <= RECEIVE_BUFFER;
  }

  /** Whether to ask at once where things stand: a reply may have been lost, and none is asked. */
  boolean questionDue() {
    return noise.suspicious() && !underWay.isEmpty() && !asks();
  }

  /** The lines that may be under way: what the printer's buffer holds, where it says so. */
  private int lines() {
    if (noise.noisy()) {
      return 1;
    }
    int told = buffer < 0 ? USUAL_LINES : buffer + 1;
    return Math.max(1, Math.min(dialect.lines(), told));
  }

  /** Numbers a new command and puts it under way. */
  Outgoing add(String command) {
    return add(command, Line.Kind.WANTED);
  }

  private Outgoing add(String command, Line.Kind kind) {
    history.add(command, kind);
    int number = next++;
    cursor = next;
    if (kind == Line.Kind.WANTED && dialect.dropsSilently()) {
      doubt.sent(command);
    }
    return depart(number, command, kind);
  }

  /** What a repair has to send now; null when it waits for an answer or there is none. */
  @Nullable Outgoing repair() {
    if (!repairing || requests.pending()) {
      return null;
    }
    for (Line line : underWay) {
      if (line.number() >= repairedFrom) {
        return null;
      }
    }
    if (cursor < next) {
      return repeat();
    }
    if (settleDue) {
      settleDue = false;
      return add(QUESTION, Line.Kind.QUESTION);
    }
    return null;
  }

  /**
   * Something to draw an answer from a printer that fell silent: the next line of a repair, else a
   * new M105. Never a line that may have been accepted, for Marlin swallows that without a word.
   * The line feed before it ends half a line whose own was damaged.
   */
  Outgoing poke() {
    noise.asked();
    doubt.poked();
    Outgoing poke = cursor < next ? repeat() : add(QUESTION, Line.Kind.POKE);
    return dialect.checks() ? new Outgoing(poke.command(), Wire.afterLineFeed(poke.bytes())) : poke;
  }

  /** Puts a command under way that is sent ahead of the queue, without a number. */
  void addOutOfBand(String command) {
    int bytes = command.length() + 1;
    underWay.add(new Line(-1, command, bytes, Line.Kind.WANTED));
    bytesUnderWay += bytes;
  }

  private Outgoing repeat() {
    int number = cursor++;
    String command = history.at(number);
    return depart(number, command == null ? QUESTION : command, history.kindOf(number));
  }

  private Outgoing depart(int number, String command, Line.Kind kind) {
    byte[] bytes = Wire.numbered(number, command);
    underWay.add(new Line(number, command, bytes.length, kind));
    bytesUnderWay += bytes.length;
    return new Outgoing(command, bytes);
  }

  // ---- Acknowledgements.

  /** Books an `ok`; whether it settled anything. */
  boolean acknowledge(Reply.Ok ok) {
    settledLast = null;
    boolean plain = ok.line() < 0 && ok.temperatures() == null && !ok.advanced();
    if (plain && requests.pending()) {
      // With a resend request come none, one or two that stand for no line. Should one that counts
      // be among them, the M105 at the end of the repair makes up for it.
      requests.answered();
      return false;
    }
    if (plain && (namesNumbers || temperatureInOk && mayBeDamaged(ok))) {
      // Others would name a number or temperatures: this one is damaged, or a copy.
      heardNoise();
      return false;
    }
    if (plain && dialect.dropsSilently() && (okStandsForNothing || doubt.noiseHeard())) {
      // What came before it may have said that the line was not understood: the link asks.
      okStandsForNothing = false;
      noise.suspect();
      return false;
    }
    believeBuffer(ok.bufferFree());
    int before = underWay.size();
    boolean certain = ok.temperatures() != null;
    if (ok.line() >= 0) {
      certain = named(ok.line());
    } else if (certain) {
      answeredQuestion();
    } else if (ok.advanced() && namesNumbers) {
      unnumbered();
    } else {
      Line head = underWay.peek();
      if (head != null && !(temperatureInOk && head.asksTemperature())) {
        pop();
      }
      certain = !temperatureInOk;
    }
    boolean progress = underWay.size() < before;
    if (progress) {
      noise.clean();
      if (certain) {
        requests.progress(acknowledged);
      }
      endRepairWhenDone();
    }
    return progress;
  }

  /** Only M105 adds to its `ok`, and with Klipper M115. */
  private static boolean mayBeDamaged(Reply.Ok ok) {
    return !ok.payload().isEmpty() && !ok.payload().startsWith("FIRMWARE_NAME:");
  }

  /** The line that the last `ok` settled last; null when it settled none. */
  @Nullable Line settledLast() {
    return settledLast;
  }

  /**
   * A digit of the number may be damaged, which would settle lines that are not done: a number that
   * is not the next one counts for one line until the one after it confirms it.
   *
   * @return whether the number is certain
   */
  private boolean named(int number) {
    namesNumbers = true;
    Line line = first(e -> e.number() == number);
    if (line == null) {
      noise.suspect();
      return false;
    }
    boolean certain = line == underWay.peek() || number == claimed + 1;
    claimed = number;
    if (certain) {
      popThrough(line);
    } else {
      noise.suspect();
      pop();
    }
    return certain;
  }

  private void answeredQuestion() {
    temperatureInOk = true;
    Line asked = first(Line::asksTemperature);
    if (asked == null) {
      return;
    }
    Line before = dialect.dropsSilently() ? first(e -> e.numbered() && !e.own()) : null;
    if (before != null && before != asked && before.number() < asked.number()) {
      // The printer is past it, and did not say that it was done.
      underWay.remove(before);
      bytesUnderWay -= before.bytes();
      doubt.begin(before);
      noise.damaged();
    }
    popThrough(asked);
  }

  /** Without a number it answers a line without a number, however late or early. */
  private void unnumbered() {
    Line line = first(e -> !e.numbered());
    if (line == null) {
      noise.suspect();
    } else {
      underWay.remove(line);
      bytesUnderWay -= line.bytes();
    }
  }

  private void believeBuffer(int free) {
    if (free < 0) {
      return;
    }
    int size = Math.min(free, bufferSaid.length - 1);
    // To be careful no confirmation is needed.
    if (++bufferSaid[size] >= BELIEVE_AFTER || buffer < 0 && size < USUAL_LINES) {
      buffer = Math.max(buffer, size);
    }
  }

  private void endRepairWhenDone() {
    if (cursor == next && !settleDue && underWay.isEmpty()) {
      repairing = false;
    }
  }

  // ---- Requests.

  /**
   * The printer asked for a line again.
   *
   * @param byRefusal said as {@code Last Line: N-1}, which comes before the request itself
   * @return why the stream cannot go on; null when it can
   */
  @Nullable LinkException resendRequested(int line, boolean byRefusal) {
    return requests.asked(line, byRefusal, underWay.size(), account());
  }

  /**
   * The printer does not know a command, which it quotes. Where that is the line under way in
   * damaged form, the line was not done: it counts as asked for.
   *
   * @return whether it was a line of ours
   */
  boolean notUnderstood(String quoted) {
    if (!dialect.checks()) {
      return false;
    }
    Line damaged = first(e -> e.numbered() && DamagedLine.is(quoted, e.number(), e.command()));
    if (damaged != null && underWay.size() == 1) {
      requests.asked(damaged.number(), true, 1, account());
      return true;
    }
    if (damaged != null || first(e -> Wire.isCode(e.command(), quoted.strip())) == null) {
      // Whichever line that was: the `ok` that follows stands for none.
      heardNoise();
      okStandsForNothing = dialect.dropsSilently();
      if (damaged != null && damaged.own()) {
        underWay.remove(damaged);
        bytesUnderWay -= damaged.bytes();
      }
    }
    return false;
  }

  /**
   * Answers the pending request once the line is quiet, so that all copies of it count once.
   *
   * @throws LinkException when the line cannot be sent again
   */
  void beginRepair() throws LinkException {
    Requests.Account account = account();
    int line = requests.take(account);
    boolean possible = account.believable(line) && (line == next || history.at(line) != null);
    boolean stale = line <= acknowledged && !requests.wasStrange();
    if (!possible || stale) {
      // A late copy of an old request, a damaged digit, or the printer lost count: what it says to
      // an M105 with the next number tells which.
      if (requests.strange()) {
        throw account.lostCount(line);
      }
      settleDue = true;
      repairing = true;
      repairedFrom = next;
      return;
    }
    noise.damaged();
    repairedFrom = line;
    Iterator<Line> lines = underWay.iterator();
    while (lines.hasNext()) {
      Line sent = lines.next();
      if (sent.number() >= line) {
        bytesUnderWay -= sent.bytes();
        lines.remove();
      }
    }
    acknowledged = Math.min(acknowledged, line - 1);
    cursor = line;
    repairing = true;
    settleDue = true;
  }

  private Requests.Account account() {
    return new Requests.Account(acknowledged, next, history.oldest());
  }

  // ---- A line of which it is not known whether it was done.

  /** Something unintelligible was heard: it may have been the answer to the line under way. */
  void heardNoise() {
    noise.suspect();
    doubt.heardNoise();
  }

  /** Whether a question of the link's own is under way. */
  boolean asks() {
    return first(Line::own) != null;
  }

  /** The question that resolves a doubt. */
  Outgoing ask(String command) {
    return add(command, Line.Kind.QUESTION);
  }

  /** The line in doubt is done. */
  void doubtfulIsDone() {
    Line line = doubt.end();
    acknowledged = Math.max(acknowledged, line.number());
  }

  /** The line in doubt is not done and goes out once more. */
  Outgoing repeatDoubtful() {
    Line line = doubt.end();
    return depart(line.number(), line.command(), Line.Kind.WANTED);
  }

  private @Nullable Line first(Predicate<Line> test) {
    for (Line line : underWay) {
      if (test.test(line)) {
        return line;
      }
    }
    return null;
  }

  private void popThrough(Line last) {
    Line popped;
    do {
      popped = pop();
    } while (popped != null && popped != last);
  }

  private @Nullable Line pop() {
    Line line = underWay.poll();
    if (line != null) {
      settledLast = line;
      bytesUnderWay -= line.bytes();
      if (line.numbered()) {
        acknowledged = Math.max(acknowledged, line.number());
      }
    }
    return line;
  }
}
