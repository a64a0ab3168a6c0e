package dev.whorl.gcode.link;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sorts lines into {@link Reply}: a table of patterns, the first that fits wins. Marlin's forms,
 * and those of its relatives that differ by spelling alone ({@code rs N2}, {@code fatal:}, {@code
 * !!}). Never throws: what fits nothing is {@link Reply.Text}.
 */
public final class ReplyParser {

  private static final String NUMBER = "[-+]?\\d+(?:\\.\\d*)?";

  private record Row(Pattern pattern, BiFunction<String, Matcher, @Nullable Reply> make) {}

  private static final List<Row> TABLE =
      List.of(
          // Prusa can send a null byte before `start`; ReplyLines drops those.
          row("start", (text, m) -> new Reply.Started(text)),
          row(
              "(?:PowerUp|External Reset|Brown out Reset|Watchdog Reset|Software Reset)",
              (text, m) -> new Reply.Started(text)),
          row(
              "(?:Resend|rs)\\s*:?\\s*N?(\\d{1,9})(?:\\s+[A-Za-z].*)?",
              (text, m) -> new Reply.Resend(text, Integer.parseInt(group(m, 1)))),
          row(
              "Error:.*\\bLast Line: ?(\\d{1,9})",
              (text, m) -> new Reply.LineRefused(text, Integer.parseInt(group(m, 1)))),
          row("(?:echo: ?)?busy: ?(.*)", (text, m) -> busy(text, group(m, 1))),
          row("wait", (text, m) -> new Reply.Idle(text)),
          row("//\\s?action:(.*)", (text, m) -> new Reply.Action(text, group(m, 1).strip())),
          // Noise may well begin with two of these.
          row(
              "!!((?: [ -~]*)?)",
              (text, m) ->
                  text.startsWith("!!") && text.chars().allMatch(c -> c >= ' ' && c <= '~')
                      ? new Reply.Fatal(text, group(m, 1).strip())
                      : null),
          row("fatal:([ -~]*)", (text, m) -> new Reply.Fatal(text, group(m, 1).strip())),
          row("// Klipper state: (?:Shutdown|Disconnect)", (text, m) -> halted(text, m)),
          row(
              "(?i)Error: ?(.*(?:system stopped|printer halted|kill\\(\\) called|stopped due to errors|"
                  + "M(?:AX|IN)TEMP|heating failed|thermal.runaway|preheat error|emergency stop|"
                  + "heat(?:er|ing).* fault).*)",
              (text, m) -> new Reply.Fatal(text, group(m, 1).strip())),
          row("Emergency Stop!.*", (text, m) -> new Reply.Fatal(text, text.strip())),
          row("Error:.*", (text, m) -> new Reply.Warning(text)),
          row(
              "(?:echo: ?)?(?:Unknown command|cold extrusion prevented|Homing Failed).*",
              (text, m) -> new Reply.Warning(text)),
          row("FIRMWARE_NAME:.*", (text, m) -> firmware(text)),
          row(
              "Cap:([A-Z0-9_]+):([01])",
              (text, m) -> new Reply.Cap(text, group(m, 1), group(m, 2).equals("1"))),
          row(
              "X:\\s*("
                  + NUMBER
                  + ")\\s*Y:\\s*("
                  + NUMBER
                  + ")\\s*Z:\\s*("
                  + NUMBER
                  + ")(?:\\s*E:\\s*("
                  + NUMBER
                  + "))?.*",
              (text, m) -> new Reply.PositionReport(text, position(m))));

  private static final Pattern FIELD = Pattern.compile("(?<![A-Z0-9_])([A-Z][A-Z_]+):");

  private ReplyParser() {}

  /** Sorts one line, given without its end. */
  public static Reply parse(String text) {
    String line = text.strip();
    // An `ok` for every command, a report every other second: these come without patterns.
    if (line.startsWith("ok")) {
      Reply ok = OkText.read(text, line);
      return ok == null ? new Reply.Text(text) : ok;
    }
    if (temperaturesBegin(line)) {
      Temperatures temperatures = TemperatureText.read(line, 0);
      if (temperatures != null) {
        return new Reply.TemperatureReport(text, temperatures, TemperatureText.waits(line));
      }
    }
    for (Row row : TABLE) {
      Matcher matcher = row.pattern.matcher(line);
      if (matcher.matches()) {
        Reply reply = row.make.apply(text, matcher);
        if (reply != null) {
          return reply;
        }
      }
    }
    return new Reply.Text(text);
  }

  private static boolean temperaturesBegin(String line) {
    int length = line.length();
    return length > 2
        && (line.charAt(0) == 'T' || line.charAt(0) == 'B')
        && (line.charAt(1) == ':' || line.charAt(2) == ':');
  }

  private static Row row(String regex, BiFunction<String, Matcher, @Nullable Reply> make) {
    return new Row(Pattern.compile(regex, Pattern.DOTALL), make);
  }

  private static String group(Matcher matcher, int index) {
    String group = matcher.group(index);
    return group == null ? "" : group;
  }

  private static Reply halted(String text, Matcher m) {
    return new Reply.Fatal(text, m.group().substring(3));
  }

  private static Reply busy(String text, String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    Reply.Busy.Reason kind =
        lower.contains("user")
            ? Reply.Busy.Reason.PAUSED_FOR_USER
            : lower.contains("input")
                ? Reply.Busy.Reason.PAUSED_FOR_INPUT
                : Reply.Busy.Reason.PROCESSING;
    return new Reply.Busy(text, kind);
  }

  /** What M115 says of the firmware, in a line of its own or, from Klipper, behind the `ok`. */
  static Reply.Firmware firmware(String text) {
    String name = "";
    String machine = "";
    String uuid = "";
    Matcher m = FIELD.matcher(text);
    boolean more = m.find();
    while (more) {
      String key = group(m, 1);
      int start = m.end();
      more = m.find();
      String value = text.substring(start, more ? m.start() : text.length()).strip();
      switch (key) {
        case "FIRMWARE_NAME" -> name = value;
        case "MACHINE_TYPE" -> machine = value;
        case "UUID" -> uuid = value;
        default -> {}
      }
    }
    return new Reply.Firmware(text, name, machine, uuid);
  }

  private static Position position(Matcher m) {
    String e = group(m, 4);
    return new Position(
        Double.parseDouble(group(m, 1)),
        Double.parseDouble(group(m, 2)),
        Double.parseDouble(group(m, 3)),
        e.isEmpty() ? 0 : Double.parseDouble(e));
  }
}
