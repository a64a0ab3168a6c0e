package dev.whorl.gcode.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of motion that a coupon changes, as the printer lists them (M503): what is sent
 * again afterwards is the printer's own words.
 *
 * @param commands M204, M205, M593 and M900 with their values
 */
public record MotionSettings(List<String> commands) {

  private static final Pattern SETTING =
      Pattern.compile("(?:echo:)?\\s*((M204|M205|M593|M900)(?!\\d)[^;]*\\d)\\s*(?:;.*)?");

  public MotionSettings {
    commands = List.copyOf(commands);
  }

  /** Collects them from the answer to M503. */
  public static MotionSettings of(List<String> lines) {
    List<String> commands = new ArrayList<>();
    for (String line : lines) {
      Matcher m = SETTING.matcher(line.strip());
      if (m.matches()) {
        commands.add(m.group(1).strip());
      }
    }
    return new MotionSettings(commands);
  }

  /** Whether the printer lists this setting. */
  public boolean has(String code) {
    return commands.stream().anyMatch(command -> GcodeWord.isCode(command, code));
  }
}
