package dev.whorl.sim.firmware;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RepRapFirmware 3.4, from GCodes.cpp, GCodes2.cpp and StringParser.cpp. What it says after {@code
 * M555 P2} follows Marlin; before that there is no {@code ok}.
 */
final class RepRap extends WithoutLineNumbers {

  private static final Set<String> MISSING =
      Set.of("M108", "M113", "M155", "M410", "M413", "M420", "M503", "M75", "M76", "M77", "M900");

  private boolean asMarlin;

  /** It works on one command and leaves the next in its receive buffer. */
  @Override
  int queueCommands() {
    return 1;
  }

  @Override
  int lineBytes() {
    return 255;
  }

  /** StringParser::LineFinished: a wrong checksum drops the line; numbers are not compared. */
  @Override
  Verdict check(String line, long lastNumber) {
    if (!line.startsWith("N") && !line.startsWith("n")) {
      return Verdict.plain();
    }
    int star = line.indexOf('*');
    boolean bad =
        star >= 0 && (!line.matches("(?s).*\\*\\d{1,3}(\\D.*)?") || !Verdict.sumFits(line, star));
    return bad ? Verdict.ignored() : Verdict.numbered(Verdict.leadingNumber(line, 1));
  }

  @Override
  boolean knows(GcodeLine line) {
    return super.knows(line) && !MISSING.contains(line.code());
  }

  @Override
  boolean junctionDeviation(FirmwareProfile profile) {
    return false;
  }

  @Override
  boolean sets(GcodeLine line, Settings settings) {
    switch (line.code()) {
      case "M572" -> {
        if (line.hasValue('S')) {
          settings.advanceS(Math.max(0, line.value('S', 0)));
        }
      }
      case "M593" -> {
        boolean none = line.text().toLowerCase(Locale.ROOT).contains("\"none\"");
        double hz = none ? 0 : line.value('F', settings.shapingXHz());
        settings.shapingHz(hz, hz);
      }
      case "M566" -> settings.corners(line, 1.0 / 60);
      case "M205" -> settings.corners(line, 1);
      case "M203" -> settings.maxSpeed(line, 1.0 / 60);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  @Nullable List<String> answers(GcodeLine line) {
    if (!line.code().equals("M555")) {
      return null;
    }
    if (line.hasValue('P')) {
      asMarlin = (int) line.value('P', 0) == 2;
      return List.of();
    }
    return List.of("Emulating " + (asMarlin ? "Marlin" : "RepRapFirmware (i.e. in native mode)"));
  }

  @Override
  List<String> boot() {
    return List.of(
        "RepRapFirmware for Duet 3 Mini 5+ Version 3.4.5 dated 2022-11-30 19:41:16",
        "",
        "RepRapFirmware for Duet 3 Mini 5+ is up and running.");
  }

  @Override
  List<String> identity(FirmwareProfile profile, boolean card) {
    return List.of(
        "FIRMWARE_NAME: RepRapFirmware for Duet 3 Mini 5+ FIRMWARE_VERSION: 3.4.5"
            + " ELECTRONICS: Duet 3 Mini5plus WiFi FIRMWARE_DATE: 2022-11-30 19:41:16");
  }

  @Override
  @Nullable String ok(GcodeLine line, FirmwareProfile profile, int movesFree, int commandsFree) {
    return asMarlin ? "ok" : null;
  }

  @Override
  String unknown(GcodeLine line) {
    return line.letter() == '?'
        ? "Error: Bad command: " + line.text()
        : "Warning: " + line.code() + ": Command is not supported";
  }

  @Override
  String temperatures(Readings r) {
    return (asMarlin ? "ok " : "") + report(r);
  }

  @Override
  String report(Readings r) {
    return String.format(
        Locale.ROOT,
        "T:%.1f /%.1f B:%.1f /%.1f",
        r.hotendC(),
        r.hotendTargetC(),
        r.bedC(),
        r.bedTargetC());
  }

  /** E is the virtual extruder: what the program thinks it is. */
  @Override
  String position(Axes axes) {
    return String.format(
        Locale.ROOT,
        "X:%1$.3f Y:%2$.3f Z:%3$.3f E:%4$.3f E0:%4$.1f Count %5$d %6$d %7$d"
            + " Machine %1$.3f %2$.3f %3$.3f Bed comp 0.000",
        axes.logical(0),
        axes.logical(1),
        axes.logical(2),
        axes.logical(3),
        axes.steps(0),
        axes.steps(1),
        axes.steps(2));
  }

  @Override
  List<String> killed() {
    return List.of("Emergency Stop! Reset the controller to continue.");
  }

  @Override
  List<String> fatal(Fatality why) {
    return switch (why) {
      case THERMAL_RUNAWAY ->
          List.of("Error: Heater 1 fault: temperature excursion exceeded 15.0\u00b0C");
      case HEATING_FAILED ->
          List.of(
              "Error: Heater 1 fault: temperature rising too slowly: expected 2.10\u00b0C/sec"
                  + " measured 0.03\u00b0C/sec");
      case MAXTEMP -> List.of("Error: Heater 1 fault: temperature sensor reading out of range");
      case MINTEMP -> List.of("Error: Heater 1 fault: failed to read sensor");
      case KILL, STOPPED -> killed();
    };
  }

  /** A heater's fault stops the heater and a print from its card, nothing else. */
  @Override
  boolean stopsFor(Fatality why) {
    return why == Fatality.KILL || why == Fatality.STOPPED;
  }

  @Override
  Halt halt() {
    return Halt.UNTIL_M999;
  }
}
