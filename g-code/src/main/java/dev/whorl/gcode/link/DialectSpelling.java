package dev.whorl.gcode.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Motion settings as other firmwares than Marlin have them. What is not listed is the same in all:
 * moves, temperatures, fans, G92, M204.
 *
 * <p>From the documentation of Klipper ({@code G-Codes.md}) and of RepRapFirmware (its G-code
 * dictionary): M205 X is a jerk in mm/s, which Klipper calls square corner velocity and
 * RepRapFirmware has as M566 in mm/min; M900 K is Klipper's pressure advance and RepRapFirmware's
 * M572, both in s; M593 F0 switches input shaping off.
 */
final class DialectSpelling {

  private static final Pattern WORD = Pattern.compile("([A-Z])\\s*([-+]?\\d*\\.?\\d+)");

  private DialectSpelling() {}

  static List<String> same(String command) {
    return List.of(command);
  }

  static List<String> klipper(String command) {
    if (Wire.isCode(command, "M900")) {
      return List.of("SET_PRESSURE_ADVANCE ADVANCE=" + word(command, 'K', "0"));
    }
    if (Wire.isCode(command, "M593")) {
      String hertz = word(command, 'F', "0");
      return List.of("SET_INPUT_SHAPER SHAPER_FREQ_X=%s SHAPER_FREQ_Y=%s".formatted(hertz, hertz));
    }
    if (Wire.isCode(command, "M205")) {
      String jerk = word(command, 'X', word(command, 'Y', ""));
      return jerk.isEmpty()
          ? List.of()
          : List.of("SET_VELOCITY_LIMIT SQUARE_CORNER_VELOCITY=" + jerk);
    }
    // Neither exists: reports by themselves, and how often to say busy.
    if (Wire.isCode(command, "M155") || Wire.isCode(command, "M113")) {
      return List.of();
    }
    return List.of(command);
  }

  static List<String> repRap(String command) {
    if (Wire.isCode(command, "M900")) {
      return List.of("M572 D0 S" + word(command, 'K', "0"));
    }
    if (Wire.isCode(command, "M593")) {
      String hertz = word(command, 'F', "0");
      return List.of(Double.parseDouble(hertz) == 0 ? "M593 P\"none\"" : "M593 P\"zvd\" F" + hertz);
    }
    if (Wire.isCode(command, "M205")) {
      List<String> words = new ArrayList<>();
      for (char axis : new char[] {'X', 'Y', 'Z', 'E'}) {
        String jerk = word(command, axis, "");
        if (!jerk.isEmpty()) {
          words.add(String.format(Locale.ROOT, "%s%.1f", axis, Double.parseDouble(jerk) * 60));
        }
      }
      return words.isEmpty() ? List.of() : List.of("M566 " + String.join(" ", words));
    }
    if (Wire.isCode(command, "M155") || Wire.isCode(command, "M113")) {
      return List.of();
    }
    return List.of(command);
  }

  private static String word(String command, char letter, String otherwise) {
    Matcher m = WORD.matcher(command.toUpperCase(Locale.ROOT));
    while (m.find()) {
      // The first is the code itself.
      if (m.start() > 0 && m.group().charAt(0) == letter) {
        return String.valueOf(m.group(2));
      }
    }
    return otherwise;
  }
}
