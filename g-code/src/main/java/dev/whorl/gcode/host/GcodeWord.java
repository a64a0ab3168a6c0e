package dev.whorl.gcode.host;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

  private static final Pattern CODE =
      Pattern.compile("([GMTgmt])\\s*(\\d++(?:\\.\\d++)?)(?![A-Za-z0-9_]*_).*", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z])\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+))?");

  static GcodeWord of(String command) {
    Matcher code = CODE.matcher(command);
    if (!code.matches()) {
      Matcher name = NAME.matcher(command);
      return new GcodeWord(name.lookingAt() ? upper(name.group()) : "", Map.of());
    }
    Map<Character, Double> values = new TreeMap<>();
    Matcher value = VALUE.matcher(command);
    value.region(code.end(2), command.length());
    while (value.find()) {
      String number = value.group(2);
      values.put(
          upper(value.group(1)).charAt(0),
          number == null ? Double.NaN : Double.parseDouble(number));
    }
    String number = code.group(2).replaceFirst("^0+(?=\\d)", "");
    return new GcodeWord(upper(code.group(1)) + number, values);
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

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
