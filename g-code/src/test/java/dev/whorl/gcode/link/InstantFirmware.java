package dev.whorl.gcode.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiving side of a firmware, as its sources have it, that does every command at once: what
 * is checked, what is refused, dropped, done twice or swallowed, and what is said then.
 */
final class InstantFirmware implements NoisyCable.FarEnd {

  final Dialect dialect;
  final boolean advancedOk;
  final List<String> executed = new ArrayList<>();
  private final StringBuilder rx = new StringBuilder();
  private int lastNumber;
  private double x;
  private double y;
  private double e;
  private boolean relativeE;
  private boolean relative;
  private NoisyCable.Answer out = line -> {};

  InstantFirmware(Dialect dialect, boolean advancedOk) {
    this.dialect = dialect;
    this.advancedOk = advancedOk;
  }

  @Override
  public void take(byte[] bytes, NoisyCable.Answer answer) {
    out = answer;
    rx.append(new String(bytes, StandardCharsets.ISO_8859_1));
    for (int end = end(); end >= 0; end = end()) {
      String line = rx.substring(0, end);
      rx.delete(0, end + 1);
      if (!line.isEmpty()) {
        arrive(line);
      }
    }
  }

  private int end() {
    int lf = rx.indexOf("\n");
    int cr = rx.indexOf("\r");
    return lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
  }

  private void arrive(String line) {
    switch (dialect) {
      case PRUSA -> prusa(line);
      case REPRAPFIRMWARE -> repRap(line);
      default -> marlin(line);
    }
  }

  /** Marlin 2.1, {@code GCodeQueue::get_serial_commands}. */
  private void marlin(String received) {
    String line = received;
    int comment = line.indexOf(';');
    if (comment >= 0) {
      line = line.substring(0, comment);
    }
    line = line.replaceFirst("^ +", "");
    if (line.isEmpty()) {
      return;
    }
    if (line.charAt(0) != 'N') {
      execute("", line);
      return;
    }
    int number = leadingNumber(line, 1);
    boolean m110 = line.contains("M110");
    if (m110 && line.indexOf('N', 4) > 0) {
      number = leadingNumber(line, line.indexOf('N', 4) + 1);
    }
    if (!m110 && (number == lastNumber || number == lastNumber - 1)) {
      return;
    }
    if (!m110 && number != lastNumber + 1) {
      refuse("Line Number is not Last Line Number+1");
      return;
    }
    int star = line.lastIndexOf('*');
    if (star < 0) {
      refuse("No Checksum with line number");
    } else if (leadingNumber(line, star + 1) != sum(line, star)) {
      refuse("checksum mismatch");
    } else {
      lastNumber = number;
      execute("N" + number, line.replaceFirst("^N[-+0-9]*", "").strip());
    }
  }

  /** Prusa-Firmware 3.13, {@code get_command}. */
  private void prusa(String received) {
    String line = received.replaceAll("[\u0080-\u00ff]", "");
    if (line.indexOf(';') >= 0 || line.isEmpty()) {
      return;
    }
    if (line.charAt(0) == 'N') {
      int number = leadingNumber(line, 1);
      String rest = line.replaceFirst("^N[-+ ]*[0-9]*", "").strip();
      int star = line.indexOf('*');
      if (number != lastNumber + 1 && !rest.startsWith("M110")) {
        refuse("Line Number is not Last Line Number+1");
      } else if (star < 0) {
        refuse("No Checksum with line number");
      } else if (leadingNumber(line, star + 1) != sum(line, star)) {
        refuse("checksum mismatch");
      } else {
        lastNumber = number;
        execute("N" + number, rest);
      }
    } else if (line.indexOf('*') >= 0) {
      refuse("No Line Number with checksum");
    } else {
      execute("", line);
    }
  }

  /** RepRapFirmware 3.4, {@code StringParser}; a line without its asterisk is dropped as well. */
  private void repRap(String line) {
    if (line.charAt(0) != 'N' && line.charAt(0) != 'n') {
      execute("", line);
      return;
    }
    int star = line.indexOf('*');
    if (star < 0 || leadingNumber(line, star + 1) != sum(line, star)) {
      return;
    }
    execute("", line.substring(0, star).replaceFirst("^N[0-9]*", "").strip());
  }

  private void refuse(String why) {
    rx.setLength(0);
    out.say("Error:" + why + ", Last Line: " + lastNumber);
    out.say("Resend: " + (lastNumber + 1));
    out.say("ok");
  }

  private void execute(String number, String text) {
    int star = text.indexOf('*');
    String command = star < 0 ? text : text.substring(0, star).strip();
    if (!command.matches("(?s)[GMT]\\d.*")) {
      out.say(
          dialect == Dialect.REPRAPFIRMWARE
              ? "Error: Bad command: " + text
              : "echo:Unknown command: \"" + command + "\"");
      ok(number);
      return;
    }
    executed.add(command);
    move(command);
    if (command.startsWith("M105")) {
      out.say("ok T:19.38 /0.00 B:19.38 /0.00 @:0 B@:0");
      return;
    }
    if (command.startsWith("M115")) {
      out.say(
          switch (dialect) {
            case PRUSA -> "FIRMWARE_NAME:Prusa-Firmware 3.13.0 based on Marlin MACHINE_TYPE:i3";
            case REPRAPFIRMWARE ->
                "FIRMWARE_NAME: RepRapFirmware for Duet 3 FIRMWARE_VERSION: 3.4.5 ELECTRONICS: x";
            default -> "FIRMWARE_NAME:Marlin 2.1.2 (x) MACHINE_TYPE:Ender-3 EXTRUDER_COUNT:1";
          });
    }
    if (command.startsWith("M114")) {
      out.say("X:%.3f Y:%.3f Z:0.000 E:%.3f Count 0 0 0".formatted(x, y, e));
    }
    ok(number);
  }

  private void ok(String number) {
    out.say(!advancedOk ? "ok" : "ok" + (number.isEmpty() ? "" : " " + number) + " P15 B3");
  }

  private void move(String command) {
    switch (command.split(" ")[0]) {
      case "G90", "G91" -> relative = command.equals("G91");
      case "M82", "M83" -> relativeE = command.equals("M83");
      case "G1" -> {
        for (String word : command.substring(2).strip().split(" +")) {
          double value = Double.parseDouble(word.substring(1));
          switch (word.charAt(0)) {
            case 'X' -> x = relative ? x + value : value;
            case 'Y' -> y = relative ? y + value : value;
            case 'E' -> e = relativeE ? e + value : value;
            default -> {}
          }
        }
      }
      default -> {}
    }
  }

  private static int sum(String line, int end) {
    int sum = 0;
    for (int i = 0; i < end; i++) {
      sum ^= line.charAt(i);
    }
    return sum;
  }

  /** As strtol reads it: 0 where there is none. */
  private static int leadingNumber(String text, int from) {
    int at = from;
    int number = 0;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    while (at < text.length() && Character.isDigit(text.charAt(at)) && number < 100_000_000) {
      number = number * 10 + text.charAt(at++) - '0';
    }
    return number;
  }
}
