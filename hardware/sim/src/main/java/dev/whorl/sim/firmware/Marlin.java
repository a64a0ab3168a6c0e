package dev.whorl.sim.firmware;

import dev.whorl.sim.firmware.EmergencyParser.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Marlin 2.1 takes lines and words its answers. The other firmwares are this with some of it
 * changed: what they have in common they have from a common ancestor, or because hosts expect it.
 * The wording follows the sources.
 */
class Marlin {

  /** Commands that are understood and have no effect that a host or a print could tell. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "M17", "M73", "M75", "M76", "M77", "M92", "M106", "M107", "M117", "M118", "M211", "M301",
          "M304", "M413", "M851", "M999");

  /** BUFSIZE. */
  int queueCommands() {
    return 4;
  }

  /** MAX_CMD_SIZE less its terminator; what is longer is cut off there. */
  int lineBytes() {
    return 95;
  }

  /** How long half a line may lie about, in ms of a person's time; 0 for ever. */
  int halfLineMs() {
    return 0;
  }

  /** What it says when it finds its receive buffer full, having emptied it; null if it does not. */
  @Nullable String fullBuffer() {
    return null;
  }

  /** Looks at a line: GCodeQueue::get_serial_commands. */
  Verdict check(String line, long lastNumber) {
    if (!line.startsWith("N")) {
      return Verdict.plain();
    }
    int at = 0;
    boolean m110 = line.contains("M110");
    if (m110) {
      int second = line.indexOf('N', Math.min(4, line.length()));
      at = second >= 0 ? second : 0;
    }
    long number = Verdict.leadingNumber(line, at + 1);
    if (number != lastNumber + 1 && !m110) {
      if (number == lastNumber || number == lastNumber - 1) {
        return Verdict.ignored(); // a resend that was already on its way
      }
      return Verdict.refused("Line Number is not Last Line Number+1, Last Line: ");
    }
    int star = line.lastIndexOf('*');
    if (star < 0) {
      return Verdict.refused("No Checksum with line number, Last Line: ");
    }
    if (!Verdict.sumFits(line, star)) {
      return Verdict.refused("checksum mismatch, Last Line: ");
    }
    return Verdict.numbered(number);
  }

  /** Whether its lines have numbers that count; else a line is known by how many came before. */
  boolean numbersCount() {
    return true;
  }

  /** What is obeyed as its bytes arrive. */
  Set<Order> onArrival() {
    return Set.of(Order.BREAK_WAIT, Order.KILL, Order.QUICK_STOP);
  }

  /** What is obeyed when its line is read, before those that wait in the queue. */
  boolean killsWhenRead(String command) {
    return false;
  }

  /** Whether there is such a command. */
  boolean knows(GcodeLine line) {
    return line.letter() != '?';
  }

  /** Whether it is understood and does nothing. */
  boolean takesWithoutEffect(GcodeLine line) {
    return WITHOUT_EFFECT.contains(line.code());
  }

  /** Whether corners are taken by junction deviation. */
  boolean junctionDeviation(FirmwareProfile profile) {
    return profile.junctionDeviation();
  }

  /** What the firmware starts with, where that is not Marlin's. */
  void start(Settings settings) {}

  /** Carries out a setting of motion that only this firmware has; false when it is none. */
  boolean sets(GcodeLine line, Settings settings) {
    return false;
  }

  /** Answers in a way of its own; null when it has none for this command. */
  @Nullable List<String> answers(GcodeLine line) {
    return null;
  }

  /** Why it does not do what was said; null when it does. */
  @Nullable List<String> refuses(GcodeLine line, Axes axes, boolean tooCold) {
    return null;
  }

  /** How long after its start it is not ready, in ms of a person's time. */
  int startingMs() {
    return 0;
  }

  /** What it says once it is ready. */
  List<String> ready() {
    return List.of();
  }

  /** Its first words. */
  List<String> boot() {
    return List.of(
        "start",
        "PowerUp",
        "",
        "Marlin 2.1.2.5",
        "echo: Last Updated: 2024-11-01 | Author: (none, default config)",
        "echo: Compiled: Nov  1 2024",
        "echo: Free Memory: 4031  PlannerBufferBytes: 1488",
        "echo:Hardcoded Default Settings Loaded");
  }

  /** M115; a last line that begins with ok is the acknowledgement. */
  List<String> identity(FirmwareProfile profile, boolean card) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "FIRMWARE_NAME:Marlin 2.1.2.5 (Nov  1 2024 12:00:00)"
            + " SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0"
            + " MACHINE_TYPE:"
            + profile.machineType()
            + " EXTRUDER_COUNT:1 UUID:"
            + profile.uuid());
    for (String on :
        List.of(
            "SERIAL_XON_XOFF:0",
            "BINARY_FILE_TRANSFER:0",
            "EEPROM:1",
            "VOLUMETRIC:1",
            "AUTOREPORT_POS:0",
            "AUTOREPORT_TEMP:1",
            "PROGRESS:0",
            "PRINT_JOB:1",
            "AUTOLEVEL:1",
            "RUNOUT:0",
            "Z_PROBE:1",
            "LEVELING_DATA:1",
            "BUILD_PERCENT:0",
            "SOFTWARE_POWER:0",
            "TOGGLE_LIGHTS:0",
            "CASE_LIGHT_BRIGHTNESS:0",
            "EMERGENCY_PARSER:1",
            "HOST_ACTION_COMMANDS:0",
            "PROMPT_SUPPORT:0",
            "SDCARD:" + (card ? 1 : 0),
            "AUTOREPORT_SD_STATUS:0",
            "LONG_FILENAME:0",
            "THERMAL_PROTECTION:1",
            "MOTION_MODES:0",
            "ARCS:0",
            "BABYSTEPPING:0",
            "CHAMBER_TEMPERATURE:0",
            "COOLER_TEMPERATURE:0",
            "MEATPACK:0",
            "CONFIG_EXPORT:0")) {
      lines.add("Cap:" + on);
    }
    double[] travel = profile.travelMm();
    lines.add(
        String.format(
            Locale.ROOT,
            "area:{full:{min:{x:0.0000,y:0.0000,z:0.0000},max:{x:%1$.4f,y:%2$.4f,z:%3$.4f}},"
                + "work:{min:{x:0.0000,y:0.0000,z:0.0000},max:{x:%1$.4f,y:%2$.4f,z:%3$.4f}}}",
            travel[0],
            travel[1],
            travel[2]));
    return lines;
  }

  /** The acknowledgement; null when it gives none. */
  @Nullable String ok(GcodeLine line, FirmwareProfile profile, int movesFree, int commandsFree) {
    if (!profile.advancedOk()) {
      return "ok";
    }
    String number = line.numberPrefix().isEmpty() ? "" : " " + line.numberPrefix();
    return "ok" + number + " P" + movesFree + " B" + commandsFree;
  }

  /** What it says of what it does not know; null for nothing. */
  String unknown(GcodeLine line) {
    return "echo:Unknown command: \"" + line.text() + "\"";
  }

  /** M105, acknowledgement and all. */
  String temperatures(Readings r) {
    return "ok" + report(r);
  }

  /** M155, every so often. */
  String report(Readings r) {
    return String.format(
        Locale.ROOT,
        " T:%.2f /%.2f B:%.2f /%.2f @:%d B@:%d",
        r.hotendC(),
        r.hotendTargetC(),
        r.bedC(),
        r.bedTargetC(),
        r.pwm(),
        r.bedPwm());
  }

  /** M109 and M190, every second; {@code leftS} is what is left of the residency, or "?". */
  String waiting(Readings r, String leftS) {
    return report(r) + " W:" + leftS;
  }

  /** M114. */
  String position(Axes axes) {
    return axes.report();
  }

  /** What it says every two seconds of a long command; null when it does not. */
  @Nullable String busy(String with) {
    return "echo:busy: " + with;
  }

  /** What it says as it stops for good. */
  List<String> killed() {
    return List.of("Error:Printer halted. kill() called!");
  }

  /** What it says when its heaters are not as they should be. */
  List<String> fatal(Fatality why) {
    return switch (why) {
      case THERMAL_RUNAWAY -> heater("Thermal Runaway, system stopped! Heater_ID: E0");
      case HEATING_FAILED -> heater("Heating failed, system stopped! Heater_ID: E0");
      case MAXTEMP -> heater("MAXTEMP triggered, system stopped! Heater_ID: E0");
      case MINTEMP -> heater("MINTEMP triggered, system stopped! Heater_ID: E0");
      case KILL -> killed();
      case STOPPED ->
          List.of("Error:Printer stopped due to errors. Fix the error and use M999 to restart.");
    };
  }

  private List<String> heater(String what) {
    List<String> lines = new ArrayList<>();
    lines.add("Error:" + what);
    lines.addAll(killed());
    return lines;
  }

  /** Whether it stops altogether for that; else it only switches its heaters off. */
  boolean stopsFor(Fatality why) {
    return true;
  }

  /** Whether it says where it is when it has come home. */
  boolean saysWhereHomeIs() {
    return true;
  }

  /** What becomes of it after that. */
  Halt halt() {
    return Halt.SILENT;
  }

  /** The states a firmware can be stopped in. */
  enum Halt {
    /** It reads nothing and says nothing until the power is cycled. */
    SILENT,
    /** It reads nothing but M999, which restarts it. */
    UNTIL_M999,
    /** It refuses every command with the reason, until FIRMWARE_RESTART. */
    REFUSING
  }
}
