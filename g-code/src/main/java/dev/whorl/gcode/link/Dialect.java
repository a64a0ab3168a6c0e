package dev.whorl.gcode.link;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What tells one firmware's conversation from another's: a row of facts for each. Everything else
 * about the link is the same for all. The facts are from the firmwares' sources: Marlin 2.1 ({@code
 * queue.cpp}, {@code parser.cpp}), Prusa-Firmware 3.13 ({@code cmdqueue.cpp}), Klipper 0.12 ({@code
 * klippy/gcode.py}) and RepRapFirmware 3.4 ({@code StringParser.cpp}, {@code GCodes.cpp}).
 */
public enum Dialect {

  /** Marlin 1.1 to 2.1 and what is built from it, Prusa's 32-bit boards included. */
  MARLIN(
      new Facts(8, Damaged.ASKED_FOR, List.of(), DialectSpelling::same),
      "switch it off and on again"),

  /** Prusa's 8-bit boards (MK2, MK3): every number out of turn is answered with a request. */
  PRUSA(
      new Facts(8, Damaged.ASKED_FOR, List.of(), DialectSpelling::same), "press its reset button"),

  /**
   * Klipper's pseudo-terminal: no noise, no numbers, no checksums, `ok` after every line. It reads
   * what arrives while a command runs, so that M112 needs no place in a queue. STATUS is refused
   * with the reason where it is not ready.
   */
  KLIPPER(
      new Facts(8, Damaged.NOT_CHECKED, List.of("STATUS"), DialectSpelling::klipper),
      "send FIRMWARE_RESTART from its own page"),

  /**
   * RepRapFirmware on Duet boards: drops a damaged line without a word and does a line twice that
   * comes twice, whatever its number. Says `ok` in its Marlin mode only ({@code M555 P2}).
   */
  REPRAPFIRMWARE(
      new Facts(1, Damaged.DROPPED, List.of("M555 P2"), DialectSpelling::repRap),
      "send M999 from its own page, or press its reset button"),

  /** Not known: one line at a time, which is safe with all that speak at all like Marlin. */
  GENERIC(
      new Facts(1, Damaged.ASKED_FOR, List.of(), DialectSpelling::same),
      "switch it off and on again");

  /** What becomes of a line that arrives damaged. */
  public enum Damaged {
    /** The printer asks for it again. */
    ASKED_FOR,
    /** It is dropped without a word. */
    DROPPED,
    /** None does: the firmware is a program on the same machine and does not check. */
    NOT_CHECKED
  }

  /**
   * @param lines how many lines may be under way
   * @param damaged what becomes of a line that comes damaged
   * @param setUp what has to be said before the firmware talks as this program understands it
   * @param spelling how this program's commands are said to it
   */
  private record Facts(
      int lines, Damaged damaged, List<String> setUp, Function<String, List<String>> spelling) {}

  private final Facts facts;
  private final String remedy;

  Dialect(Facts facts, String remedy) {
    this.facts = facts;
    this.remedy = remedy;
  }

  /** Chosen by what M115 answers; {@link #GENERIC} where that says nothing known. */
  public static Dialect of(Capabilities capabilities) {
    String name = capabilities.firmwareName().toLowerCase(Locale.ROOT);
    if (name.startsWith("klipper")) {
      return KLIPPER;
    }
    if (name.startsWith("reprapfirmware")) {
      return REPRAPFIRMWARE;
    }
    // The 32-bit boards run Marlin 2 under the name Prusa-Firmware-Buddy.
    if (name.startsWith("prusa-firmware") && !name.startsWith("prusa-firmware-buddy")) {
      return PRUSA;
    }
    return name.contains("marlin") || name.startsWith("prusa") ? MARLIN : GENERIC;
  }

  /** How many lines may be under way where the firmware does not say what its buffer holds. */
  int lines() {
    return facts.lines;
  }

  /** Whether lines are checked at all. */
  boolean checks() {
    return facts.damaged != Damaged.NOT_CHECKED;
  }

  /** Whether a damaged line is dropped without a word: the link has to find out. */
  boolean dropsSilently() {
    return facts.damaged == Damaged.DROPPED;
  }

  /** Commands that have to come before anything else. */
  public List<String> setUp() {
    return facts.setUp;
  }

  /**
   * The question to which {@link BedMesh} reads the answer; empty where there is none. It moves
   * nothing: the heights are those of the last probing.
   */
  String meshQuestion() {
    return switch (this) {
      case MARLIN -> "M420 V1 T1";
      case PRUSA -> "G81";
      case KLIPPER -> "BED_MESH_OUTPUT";
      case REPRAPFIRMWARE, GENERIC -> "";
    };
  }

  /** What a person does about a printer that stopped itself. */
  public String remedy() {
    return remedy;
  }

  /**
   * The command in this firmware's words; none where the firmware has no such thing.
   *
   * @param command as Marlin has it, without number, checksum and comment
   */
  public List<String> spell(String command) {
    return facts.spelling.apply(command);
  }

  /** Whether an error line means that the printer stopped itself, not that it refused a command. */
  boolean halts(Reply.Fatal fatal) {
    if (this != KLIPPER) {
      return true;
    }
    // `!!` also comes with every refused command; these are the reasons of a shutdown.
    String reason = fatal.reason().toLowerCase(Locale.ROOT);
    return reason.contains("shutdown")
        || reason.contains("not ready")
        || reason.contains("lost communication with mcu")
        || reason.contains("mcu '")
        || reason.contains("klipper state: disconnect")
        || reason.contains("internal error on command");
  }
}
