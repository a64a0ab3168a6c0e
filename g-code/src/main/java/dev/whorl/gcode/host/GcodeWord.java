package dev.whorl.gcode.host;

import dev.whorl.gcode.GcodeWords;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a firmware reads it.
 *
 * @param code letter and number without leading zeros, {@code G1} or {@code M104}; the name in
 *     capitals where it is a macro; empty if there is none
 * @param values by letter; a letter without a number has NaN
 */
record GcodeWord(String code, Map<Character, Double> values) {

  private static final Pattern GCODE =
      Pattern.compile("[GMTgmt]\\s*\\d++(?:\\.\\d++)?(?![A-Za-z0-9_]*_)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static GcodeWord of(String command) {
    if (GCODE.matcher(command).lookingAt()) {
      GcodeWords words = GcodeWords.of(command);
      return new GcodeWord(words.command(), words.values());
    }
    Matcher name = NAME.matcher(command);
    return new GcodeWord(name.lookingAt() ? name.group().toUpperCase(Locale.ROOT) : "", Map.of());
  }

  /** Whether the command is this code; quicker than taking it apart. */
  static boolean isCode(String command, String code) {
    return !command.isEmpty()
        && Character.toUpperCase(command.charAt(0)) == code.charAt(0)
        && of(command).code().equals(code);
  }

  boolean has(char letter) {
    return values.containsKey(letter);
  }

  /** The letter's number; the default where there is none. */
  double value(char letter, double otherwise) {
    double value = values.getOrDefault(letter, otherwise);
    return Double.isNaN(value) ? otherwise : value;
  }
}
