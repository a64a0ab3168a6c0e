package dev.whorl.gcode.link;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line that a printer said, sorted by what it means to the one who listens. */
public sealed interface Reply {

  /** The line as it came, Latin-1, without its end. */
  String text();

  /**
   * A command is done, or at least accepted.
   *
   * @param line the number that ADVANCED_OK names ({@code N4}), or -1
   * @param plannerFree free places in the planner ({@code P15}), or -1
   * @param bufferFree free places in the command buffer ({@code B3}), or -1
   * @param temperatures what an M105 adds to its {@code ok}
   * @param payload what follows {@code ok}, trimmed
   */
  record Ok(
      String text,
      int line,
      int plannerFree,
      int bufferFree,
      @Nullable Temperatures temperatures,
      String payload)
      implements Reply {
    /** Whether ADVANCED_OK numbers are there. */
    boolean advanced() {
      return plannerFree >= 0 || bufferFree >= 0;
    }
  }

  /** The printer wants everything from {@code line} on once more. */
  record Resend(String text, int line) implements Reply {}

  /** A line arrived damaged or out of turn; {@code lastLine} is the last one that was accepted. */
  record LineRefused(String text, int lastLine) implements Reply {}

  /**
   * Temperatures without an {@code ok}: by themselves (M155) or while a heating command waits.
   *
   * @param waiting whether a heating command is waiting (M109 and M190 add {@code W:})
   */
  record TemperatureReport(String text, Temperatures temperatures, boolean waiting)
      implements Reply {}

  /** Where the nozzle is: the answer to M114. */
  record PositionReport(String text, Position position) implements Reply {}

  /** A command is still running. */
  record Busy(String text, Reason reason) implements Reply {
    /** What the printer waits for. */
    public enum Reason {
      /** Its own work. */
      PROCESSING,
      /** A person at the printer. */
      PAUSED_FOR_USER,
      /** An answer, on the printer or from the host. */
      PAUSED_FOR_INPUT
    }
  }

  /** The printer restarted. */
  record Started(String text) implements Reply {
    /** Whether this is the word itself, as against the reasons that a printer adds to it. */
    public boolean first() {
      return text.strip().equals("start");
    }
  }

  /** The printer has nothing to do. */
  record Idle(String text) implements Reply {}

  /** The printer stopped itself and needs a reset: nothing more will be done. */
  record Fatal(String text, String reason) implements Reply {
    private static final Pattern OF_ALL =
        Pattern.compile("(?i)shut ?down|not ready|lost communication|disconnect");

    /**
     * Whether the printer may well go on: Klipper begins with {@code !!} whatever goes wrong with a
     * command ({@code !! Must home axis first}). Where it stops for good it says that, or {@code //
     * Klipper state: Shutdown} beside it.
     */
    boolean mayConcernACommandOnly() {
      return text.startsWith("!!") && !OF_ALL.matcher(reason).find();
    }
  }

  /** Something went wrong, and the printer goes on. */
  record Warning(String text) implements Reply {}

  /** {@code //action:...}: the printer asks something of its host. */
  record Action(String text, String action) implements Reply {}

  /** Who the firmware is: the first line of M115. */
  record Firmware(String text, String name, String machineType, String uuid) implements Reply {}

  /** One line of the capability report. */
  record Cap(String text, String name, boolean present) implements Reply {}

  /** Anything else. */
  record Text(String text) implements Reply {}
}
