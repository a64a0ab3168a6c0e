package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Dialect;
import java.util.function.Consumer;

/** What a host's lines mean, one after the other: Marlin's rules, and what a printer can take. */
final class HostIntake {

  private final LineNumbers numbers = new LineNumbers();
  private final HostQueue queue;
  private final Consumer<String> tell;
  private int longest = PrinterCommand.longest(Dialect.GENERIC);
  private boolean rubbishNoted;
  private boolean refusing;

  /**
   * @param tell takes a line for the host
   */
  HostIntake(HostQueue queue, Consumer<String> tell) {
    this.queue = queue;
    this.tell = tell;
  }

  void dialect(Dialect dialect) {
    longest = PrinterCommand.longest(dialect);
  }

  /** The printer restarted: so do the numbers. */
  void restart() {
    numbers.restart();
  }

  /**
   * More bytes came. Within the same ones, what follows a refused line was sent before the host
   * knew: Marlin throws it away, too.
   */
  void begin() {
    refusing = false;
  }

  /**
   * Takes a line.
   *
   * @return the command to be dealt with; empty where that is done
   */
  String take(HostLine line) {
    switch (numbers.judge(line)) {
      case TAKEN -> {
        return fitting(line.command());
      }
      case SWALLOWED -> {}
      case RENUMBERED -> {
        refusing = false;
        queue.addAnswered("ok");
      }
      case CHECKSUM_MISMATCH -> refuse("checksum mismatch");
      case NO_CHECKSUM -> refuse("No Checksum with line number");
      case OUT_OF_TURN -> refuse("Line Number is not Last Line Number+1");
    }
    return "";
  }

  private void refuse(String why) {
    if (!refusing) {
      refusing = true;
      tell.accept("Error:" + why + ", Last Line: " + numbers.last());
      tell.accept("Resend: " + (numbers.last() + 1));
      tell.accept("ok");
    }
  }

  private String fitting(String command) {
    if (command.isEmpty()) {
      queue.addAnswered("ok");
      return "";
    }
    if (PrinterCommand.isRubbish(command)) {
      if (rubbishNoted) {
        queue.addAnswered("ok");
      } else {
        queue.addAnswered(unknown(command), "ok");
      }
      rubbishNoted = true;
      return "";
    }
    rubbishNoted = false;
    String fitting = PrinterCommand.fitting(command, longest);
    if (fitting.length() <= longest) {
      return fitting;
    }
    // No `ok`: a host must not go on as if the command had been done.
    tell.accept(
        "Error:A command of %d characters is too long for this printer, which takes %d: %s"
            .formatted(fitting.length(), longest, fitting.substring(0, 40)));
    return "";
  }

  private static String unknown(String command) {
    String start = command.substring(0, Math.min(command.length(), 32));
    return "echo:Unknown command: \"" + start.replaceAll("[^ -~]", "?") + "\"";
  }
}
