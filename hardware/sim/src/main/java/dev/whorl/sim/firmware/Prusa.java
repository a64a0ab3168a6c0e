package dev.whorl.sim.firmware;

import dev.whorl.sim.firmware.EmergencyParser.Order;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prusa-Firmware 3.13 on an 8-bit board, from cmdqueue.cpp and Marlin_main.cpp. */
final class Prusa extends Marlin {

  private static final Set<String> MISSING = Set.of("M108", "M410", "M413", "M593", "M420");

  @Override
  int halfLineMs() {
    return 2_000;
  }

  @Override
  String fullBuffer() {
    return "Full RX Buffer";
  }

  @Override
  Verdict check(String line, long lastNumber) {
    int star = line.indexOf('*');
    if (!line.startsWith("N")) {
      return star < 0
          ? Verdict.plain()
          : Verdict.refused("No Line Number with checksum, Last Line: ");
    }
    long number = Verdict.leadingNumber(line, 1);
    if (number != lastNumber + 1 && !command(line).startsWith("M110")) {
      return Verdict.refused("Line Number is not Last Line Number+1, Last Line: ");
    }
    if (star < 0) {
      return Verdict.refused("No Checksum with line number, Last Line: ");
    }
    return Verdict.sumFits(line, star)
        ? Verdict.numbered(number)
        : Verdict.refused("checksum mismatch, Last Line: ");
  }

  private static String command(String line) {
    int at = 1;
    while (at < line.length() && (Character.isDigit(line.charAt(at)) || line.charAt(at) == ' ')) {
      at++;
    }
    return line.substring(at);
  }

  @Override
  Set<Order> onArrival() {
    return Set.of();
  }

  @Override
  boolean killsWhenRead(String command) {
    return command.equals("M112");
  }

  @Override
  boolean knows(GcodeLine line) {
    return super.knows(line) && !MISSING.contains(line.code());
  }

  @Override
  boolean takesWithoutEffect(GcodeLine line) {
    return line.code().equals("M86") || super.takesWithoutEffect(line);
  }

  @Override
  boolean junctionDeviation(FirmwareProfile profile) {
    return false;
  }

  @Override
  List<String> boot() {
    return List.of(
        "start",
        "echo: 3.13.3-7094",
        "echo: Last Updated: Feb 27 2024 20:27:27 | Author: (none, default config)",
        "Compiled: Feb 27 2024",
        "echo: Free Memory: 2475  PlannerBufferBytes: 1392",
        "echo:Stored settings retrieved",
        "adc_init",
        "Hotend fan type: NOCTUA",
        "CrashDetect DISABLED",
        "Sending 0xFF",
        "echo:SD init fail");
  }

  @Override
  List<String> identity(FirmwareProfile profile, boolean card) {
    return List.of(
        "FIRMWARE_NAME:Prusa-Firmware 3.13.3 based on Marlin"
            + " FIRMWARE_URL:https://github.com/prusa3d/Prusa-Firmware PROTOCOL_VERSION:1.0"
            + " MACHINE_TYPE:Prusa i3 MK3S EXTRUDER_COUNT:1 UUID:"
            + profile.uuid(),
        "Cap:AUTOREPORT_TEMP:1",
        "Cap:AUTOREPORT_FANS:1",
        "Cap:AUTOREPORT_POSITION:1",
        "Cap:EXTENDED_M20:1",
        "Cap:PRUSA_MMU2:1");
  }

  @Override
  @Nullable String ok(GcodeLine line, FirmwareProfile profile, int movesFree, int commandsFree) {
    return "ok";
  }

  /** The line number's N has been written over by then. */
  @Override
  String unknown(GcodeLine line) {
    String number = line.numberPrefix();
    String prefix = number.isEmpty() ? "" : "$" + number.substring(1) + " ";
    return line.letter() == 'G' || line.letter() == 'M'
        ? "Unknown " + line.letter() + " code: " + prefix + line.text()
        : "echo:Unknown command: \"" + prefix + line.text() + "\"(2)";
  }

  @Override
  String temperatures(Readings r) {
    return "ok " + report(r);
  }

  @Override
  String report(Readings r) {
    return String.format(
        Locale.ROOT,
        "T:%1$.1f /%2$.1f B:%3$.1f /%4$.1f T0:%1$.1f /%2$.1f @:%5$d B@:%6$d P:0.0 A:31.4",
        r.hotendC(),
        r.hotendTargetC(),
        r.bedC(),
        r.bedTargetC(),
        r.pwm(),
        r.bedPwm());
  }

  @Override
  String waiting(Readings r, String leftS) {
    return String.format(Locale.ROOT, "T:%.1f E:0 B:%.1f", r.hotendC(), r.bedC());
  }

  @Override
  List<String> fatal(Fatality why) {
    return switch (why) {
      case THERMAL_RUNAWAY -> heater("THERMAL RUNAWAY");
      case HEATING_FAILED -> heater("PREHEAT ERROR");
      case MAXTEMP -> heater("Extruder switched off. MAXTEMP triggered !");
      case MINTEMP -> heater("Extruder switched off. MINTEMP triggered !");
      default -> super.fatal(why);
    };
  }

  private List<String> heater(String what) {
    return List.of(
        "Error:0: " + what,
        "Error:Printer stopped due to errors. Fix the error and use M999 to restart."
            + " (Temperature is reset. Set it after restarting)");
  }
}
