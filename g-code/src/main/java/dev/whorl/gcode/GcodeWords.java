package dev.whorl.gcode;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of G-code, taken apart.
 *
 * @param command letter and number, {@code G1} or {@code M104}; empty if the line has none
 * @param values by letter, in the order given; a letter without a number has NaN
 */
public record GcodeWords(String command, Map<Character, Double> values) {
  private static final Pattern COMMAND = Pattern.compile("^\\s*([A-Za-z])\\s*0*(\\d+(?:\\.\\d+)?)");
  private static final Pattern WORD =
      Pattern.compile("([A-Za-z])\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+))?");

  /** Takes a line apart; comments must be gone. */
  public static GcodeWords of(String line) {
    Matcher command = COMMAND.matcher(line);
    if (!command.find()) {
      return new GcodeWords("", Map.of());
    }
    String name = command.group(1).toUpperCase(Locale.ROOT) + command.group(2);
    Map<Character, Double> values = new LinkedHashMap<>();
    // What follows M117 and M118 is text for people.
    if (!name.equals("M117") && !name.equals("M118")) {
      Matcher word = WORD.matcher(line);
      word.region(command.end(), line.length());
      while (word.find()) {
        String number = word.group(2);
        values.put(
            Character.toUpperCase(word.group(1).charAt(0)),
            number == null ? Double.NaN : Double.parseDouble(number));
      }
    }
    return new GcodeWords(name, values);
  }

  /** Whether the letter is there, with a number or without. */
  public boolean has(char letter) {
    return values.containsKey(letter);
  }

  /** The letter's number, NaN for a letter without one; the default where it is not there. */
  public double get(char letter, double otherwise) {
    return values.getOrDefault(letter, otherwise);
  }
}
