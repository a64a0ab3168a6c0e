package dev.whorl.gcode.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first words with a printer. Opening the port resets most boards and leaves others running, so
 * neither is assumed: a short wait for {@code start}, then M110 until it is answered.
 */
final class Greeting {

  /** A bootloader takes up to 2 s before the firmware says {@code start}. */
  private static final Duration LISTEN = Duration.ofMillis(2500);

  /** A board with a card or a display takes up to 10 s before it answers. */
  private static final Duration BOOT = Duration.ofSeconds(20);

  /** One attempt to be answered. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /** Silence that ends the words of a start, or late answers to earlier attempts. */
  private static final Duration QUIET = Duration.ofMillis(300);

  /** As long as a printer says busy at least this often, it is waited for. */
  private static final Duration BUSY_GAP = Duration.ofSeconds(10);

  /** The longest wait for a printer that is busy with a job from before. */
  private static final Duration BUSY = Duration.ofMinutes(10);

  /** One speed, once. At 9600 baud an answer to M105 takes 0.1 s. */
  private static final Duration PER_BAUD = Duration.ofMillis(1200);

  private static final int BAUD_ROUNDS = 2;

  private final Conversation talk;

  Greeting(Conversation talk) {
    this.talk = talk;
  }

  /**
   * Finds the speed at which the printer makes sense.
   *
   * @return the speed, which is then set
   * @throws PrinterSilent when there is none among those
   */
  int findBaud(List<Integer> bauds) throws LinkException, InterruptedException {
    if (bauds.size() == 1) {
      talk.line().setBaud(bauds.get(0));
      return bauds.get(0);
    }
    for (int round = 0; round < BAUD_ROUNDS; round++) {
      for (int baud : bauds) {
        talk.line().setBaud(baud);
        boolean first = round == 0 && baud == bauds.get(0);
        if (first && talk.await(() -> talk.starts() > 0, LISTEN)) {
          return baud;
        }
        long asked = talk.nanos();
        write("\nM105\n");
        if (talk.await(() -> plausible(talk.lastReply(), asked), PER_BAUD)) {
          return baud;
        }
      }
    }
    throw new PrinterSilent(
        "%s: no printer answers at %s baud: check its power and the cable"
            .formatted(talk.line().name(), bauds));
  }

  /** Whether this makes sense and noise would not: noise can well be an `ok`, never more. */
  private boolean plausible(@Nullable Reply reply, long asked) {
    return talk.temperaturesSince(asked) != null
        || reply instanceof Reply.Started
        || reply instanceof Reply.Busy
        || reply instanceof Reply.Firmware;
  }

  /**
   * Sets the printer's line number to 0.
   *
   * @return whether the printer was heard starting up
   */
  boolean greet() throws LinkException, InterruptedException {
    talk.setGreeting(true);
    talk.speak(Dialect.GENERIC);
    try {
      long began = talk.nanos();
      talk.await(() -> talk.starts() > 0, LISTEN);
      for (int i = 0; talk.nanos() - began < BOOT.toNanos() || busy(began); i++) {
        talk.await(() -> talk.quietNanos() >= QUIET.toNanos(), ATTEMPT);
        int starts = talk.starts();
        int oks = talk.oks();
        int requests = talk.requests();
        talk.restartNumbers();
        // The line feed ends whatever half a line the printer may hold.
        write("\n");
        talk.writeRaw(Wire.numbered(0, "M110 N0"));
        if (i > 0) {
          // It may be a RepRapFirmware, which says no `ok` in its own mode; others do not know it.
          write("M555 P2\n");
        }
        talk.await(() -> talk.oks() > oks || talk.starts() > starts, ATTEMPT);
        if (talk.oks() > oks && talk.starts() == starts) {
          talk.await(() -> talk.quietNanos() >= QUIET.toNanos(), ATTEMPT);
          if (talk.requests() == requests && talk.starts() == starts) {
            return talk.starts() > 0;
          }
        }
      }
      throw new PrinterSilent(
          "%s: the printer does not answer: check its power, the cable and the baud rate"
              .formatted(talk.line().name()));
    } finally {
      talk.setGreeting(false);
    }
  }

  private boolean busy(long began) {
    return talk.nanos() - began < BUSY.toNanos() && talk.sinceBusyNanos() < BUSY_GAP.toNanos();
  }

  private void write(String text) throws LinkException {
    talk.writeRaw(text.getBytes(StandardCharsets.US_ASCII));
  }
}
