package dev.whorl.sim.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Klipper's host program at its pseudo-terminal, from klippy/gcode.py, klippy/extras/gcode_move.py,
 * heaters.py and kinematics/extruder.py.
 */
final class Klipper extends WithoutLineNumbers {

  private static final Set<String> KNOWN =
      Set.of(
          "G0",
          "G1",
          "G4",
          "G20",
          "G21",
          "G28",
          "G90",
          "G91",
          "G92",
          "M18",
          "M20",
          "M21",
          "M23",
          "M24",
          "M25",
          "M26",
          "M27",
          "M73",
          "M82",
          "M83",
          "M84",
          "M104",
          "M105",
          "M106",
          "M107",
          "M109",
          "M110",
          "M112",
          "M114",
          "M115",
          "M117",
          "M118",
          "M119",
          "M140",
          "M190",
          "M204",
          "M220",
          "M221",
          "M400",
          "FIRMWARE_RESTART",
          "RESTART",
          "STATUS");

  /** More than 20 lines pending stop its reading. */
  @Override
  int queueCommands() {
    return 20;
  }

  @Override
  int lineBytes() {
    return 4096;
  }

  @Override
  Verdict check(String line, long lastNumber) {
    boolean numbered =
        line.length() > 1
            && Character.toUpperCase(line.charAt(0)) == 'N'
            && Character.isDigit(line.charAt(1));
    return numbered ? Verdict.numbered(Verdict.leadingNumber(line, 1)) : Verdict.plain();
  }

  @Override
  boolean knows(GcodeLine line) {
    return KNOWN.contains(line.code());
  }

  @Override
  boolean takesWithoutEffect(GcodeLine line) {
    return Set.of("M73", "M106", "M107", "M117", "M118").contains(line.code());
  }

  @Override
  boolean junctionDeviation(FirmwareProfile profile) {
    return true;
  }

  @Override
  void start(Settings settings) {
    settings.squareCornerMmS(5);
    settings.accelerationMmS2(3000);
  }

  @Override
  boolean sets(GcodeLine line, Settings settings) {
    switch (line.code()) {
      case "SET_PRESSURE_ADVANCE" -> {
        double advanceS = line.named("ADVANCE", -1);
        if (advanceS >= 0) {
          settings.advanceS(advanceS);
        }
      }
      case "SET_INPUT_SHAPER" -> {
        double xHz = line.named("SHAPER_FREQ_X", -1);
        double yHz = line.named("SHAPER_FREQ_Y", -1);
        settings.shapingHz(
            xHz >= 0 ? xHz : settings.shapingXHz(), yHz >= 0 ? yHz : settings.shapingYHz());
      }
      case "SET_VELOCITY_LIMIT" -> {
        double corner = line.named("SQUARE_CORNER_VELOCITY", -1);
        if (corner >= 0) {
          settings.squareCornerMmS(corner);
        }
        double accel = line.named("ACCEL", 0);
        if (accel > 0) {
          settings.accelerationMmS2(accel);
        }
        double speed = line.named("VELOCITY", 0);
        if (speed > 0) {
          settings.maxSpeedMmS(speed);
        }
      }
      case "M204" -> {
        double s = line.value('S', 0);
        double accel = s > 0 ? s : Math.min(line.value('P', 0), line.value('T', 0));
        if (accel > 0) {
          settings.accelerationMmS2(accel);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  @Nullable List<String> refuses(GcodeLine line, Axes axes, boolean tooCold) {
    if (line.code().equals("G20")) {
      return error("Machine does not support G20 (inches) command");
    }
    if (!line.code().equals("G0") && !line.code().equals("G1")) {
      return null;
    }
    boolean lost = false;
    for (int axis = 0; axis < 3; axis++) {
      lost |= line.hasValue("XYZ".charAt(axis)) && !axes.homed(axis);
    }
    if (lost) {
      return error(
          String.format(
              Locale.ROOT,
              "Must home axis first: %.3f %.3f %.3f [%.3f]",
              line.value('X', axes.logical(0)),
              line.value('Y', axes.logical(1)),
              line.value('Z', axes.logical(2)),
              axes.logical(3)));
    }
    if (tooCold && line.hasValue('E')) {
      return error(
          "Extrude below minimum temp", "See the 'min_extrude_temp' config option for details");
    }
    return null;
  }

  /**
   * GCodeDispatch._respond_error: all lines as information if there are several, the first again.
   */
  static List<String> error(String... message) {
    List<String> lines = new ArrayList<>();
    if (message.length > 1) {
      for (String line : message) {
        lines.add("// " + line);
      }
    }
    lines.add("!! " + message[0]);
    return lines;
  }

  static List<String> notReady() {
    return error(
        "Printer is not ready",
        "The klippy host software is attempting to connect.  Please",
        "retry in a few moments.");
  }

  /** How it refuses after a shutdown. */
  static List<String> shutDown(String reason) {
    return error(
        reason,
        "Once the underlying issue is corrected, use the",
        "\"FIRMWARE_RESTART\" command to reset the firmware, reload the",
        "config, and restart the host software.",
        "Printer is shutdown");
  }

  @Override
  @Nullable List<String> answers(GcodeLine line) {
    return line.code().equals("STATUS") ? List.of("// Klipper state: Ready") : null;
  }

  @Override
  int startingMs() {
    return 1_000;
  }

  @Override
  List<String> ready() {
    return List.of("// Klipper state: Ready");
  }

  @Override
  List<String> boot() {
    return List.of();
  }

  @Override
  List<String> identity(FirmwareProfile profile, boolean card) {
    return List.of("ok FIRMWARE_NAME:Klipper FIRMWARE_VERSION:v0.12.0-316-g8b1d8a2f");
  }

  @Override
  @Nullable String ok(GcodeLine line, FirmwareProfile profile, int movesFree, int commandsFree) {
    return "ok";
  }

  @Override
  String unknown(GcodeLine line) {
    return "// Unknown command:\"" + line.code() + "\"";
  }

  @Override
  String temperatures(Readings r) {
    return "ok " + report(r);
  }

  @Override
  String report(Readings r) {
    return String.format(
        Locale.ROOT,
        "B:%.1f /%.1f T0:%.1f /%.1f",
        r.bedC(),
        r.bedTargetC(),
        r.hotendC(),
        r.hotendTargetC());
  }

  @Override
  String position(Axes axes) {
    return String.format(
        Locale.ROOT,
        "X:%.3f Y:%.3f Z:%.3f E:%.3f",
        axes.logical(0),
        axes.logical(1),
        axes.logical(2),
        axes.logical(3));
  }

  @Override
  List<String> killed() {
    return List.of("Shutdown due to M112 command");
  }

  @Override
  List<String> fatal(Fatality why) {
    return List.of(
        switch (why) {
          case THERMAL_RUNAWAY, HEATING_FAILED -> "Heater extruder not heating at expected rate";
          case MAXTEMP, MINTEMP -> "MCU 'mcu' shutdown: ADC out of range";
          case KILL -> "MCU 'mcu' shutdown: Command request";
          case STOPPED -> "Lost communication with MCU 'mcu'";
        });
  }

  @Override
  Halt halt() {
    return Halt.REFUSING;
  }
}
