package dev.whorl.sim.printer;

import dev.whorl.sim.pty.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What the printer is going to send: all at once, or in pieces with pauses between. */
final class Outgoing {

  private static final int MOST_PIECE_BYTES = 9;
  private static final int MOST_PAUSE_MS = 40;
  private static final int ENDLESS_PIECE_BYTES = 4096;

  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private boolean inPieces;
  private boolean silent;
  private long notBeforeNanos;

  Outgoing(LongSupplier nanos, RandomGenerator random) {
    this.nanos = nanos;
    this.random = random;
  }

  /** Adds a line. */
  void line(String text) {
    bytes((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void bytes(byte[] bytes) {
    if (silent) {
      return;
    }
    if (!inPieces) {
      plain.writeBytes(bytes);
      return;
    }
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(MOST_PIECE_BYTES));
      byte[] piece = new byte[to - from];
      System.arraycopy(bytes, from, piece, 0, piece.length);
      pieces.addLast(new Piece(piece, 1 + random.nextInt(MOST_PAUSE_MS)));
      from = to;
    }
  }

  /** Adds a byte that begins no line. */
  void zero() {
    bytes(new byte[1]);
  }

  /** Adds a line of many bytes. */
  void endless(int count) {
    flushInto();
    for (int sent = 0; sent < count && !silent; sent += ENDLESS_PIECE_BYTES) {
      byte[] piece = new byte[ENDLESS_PIECE_BYTES];
      for (int i = 0; i < piece.length; i++) {
        piece[i] = (byte) ('a' + random.nextInt(26));
      }
      pieces.addLast(new Piece(piece, 0));
    }
    line("");
  }

  /** What is added from now on goes in pieces, or no more. */
  void inPieces(boolean on) {
    flushInto();
    inPieces = on;
  }

  private void flushInto() {
    if (plain.size() > 0) {
      pieces.addLast(new Piece(plain.toByteArray(), 0));
      plain.reset();
    }
  }

  /** Nothing is sent any more, or again. */
  void silent(boolean on) {
    silent = on;
    if (on) {
      plain.reset();
      pieces.clear();
    }
  }

  /** Whether something waits for its time. */
  boolean waiting() {
    return !pieces.isEmpty();
  }

  /** Sends what may be sent now. */
  void send(Wire wire) throws IOException {
    if (!pieces.isEmpty() && plain.size() > 0) {
      flushInto();
    }
    while (!pieces.isEmpty()) {
      Piece piece = pieces.getFirst();
      long now = nanos.getAsLong();
      if (!piece.timed) {
        piece.timed = true;
        notBeforeNanos = now + TimeUnit.MILLISECONDS.toNanos(piece.pauseMs);
      }
      if (now - notBeforeNanos < 0) {
        return;
      }
      pieces.removeFirst();
      wire.write(piece.bytes);
    }
    if (plain.size() > 0) {
      byte[] bytes = plain.toByteArray();
      plain.reset();
      wire.write(bytes);
    }
  }

  private static final class Piece {
    private final byte[] bytes;
    private final int pauseMs;
    private boolean timed;

    Piece(byte[] bytes, int pauseMs) {
      this.bytes = bytes;
      this.pauseMs = pauseMs;
    }
  }
}
