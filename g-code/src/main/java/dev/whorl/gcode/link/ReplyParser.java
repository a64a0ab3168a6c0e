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
          row("ok(?![A-Za-z0-9_])(.*)", (text, m) -> ok(text, group(m, 1))),
          row(
              "(?:Resend|rs)\\s*:?\\s*N?(\\d{1,9})\\b.*",
              (text, m) -> new Reply.Resend(text, Integer.parseInt(group(m, 1)))),
          row(
              "Error:.*\\bLast Line: ?(\\d{1,9}).*",
              (text, m) -> new Reply.LineRefused(text, Integer.parseInt(group(m, 1)))),
          row("(?:echo: ?)?busy: ?(.*)", (text, m) -> busy(text, group(m, 1))),
          row("wait", (text, m) -> new Reply.Idle(text)),
          row("//\\s?action:(.*)", (text, m) -> new Reply.Action(text, group(m, 1).strip())),
          row("!!(.*)", (text, m) -> new Reply.Fatal(text, group(m, 1).strip())),
          row("fatal:(.*)", (text, m) -> new Reply.Fatal(text, group(m, 1).strip())),
          row(
              "Error:(.*(?:system stopped|Printer halted|kill\\(\\) called|Printer stopped due to"
                  + " errors|M[AI][XN]TEMP|Heating failed|Thermal Runaway).*)",
              (text, m) -> new Reply.Fatal(text, group(m, 1).strip())),
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
              (text, m) -> new Reply.PositionReport(text, position(m))),
          row("(?:T\\d?|B):\\s*-?\\d.*", ReplyParser::temperatureReport));

  private static final Pattern ADVANCED = Pattern.compile("(?<![A-Za-z@])([NPB])(\\d{1,9})(?!\\S)");
  private static final Pattern NOZZLE = heater("T0?");
  private static final Pattern BED = heater("B");
  private static final Pattern NOZZLE_POWER = Pattern.compile("(?<![A-Za-z0-9])@0?:\\s*(\\d{1,3})");
  private static final Pattern BED_POWER = Pattern.compile("(?<![A-Za-z0-9])B@:\\s*(\\d{1,3})");
  private static final Pattern WAITING = Pattern.compile("(?<![A-Za-z0-9])W:\\s*[\\d?]");
  private static final Pattern FIELD = Pattern.compile("(?<![A-Z0-9_])([A-Z][A-Z_]+):");

  private ReplyParser() {}

  /** Sorts one line, given without its end. */
  public static Reply parse(String text) {
    String line = text.strip();
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

  private static Row row(String regex, BiFunction<String, Matcher, @Nullable Reply> make) {
    return new Row(Pattern.compile(regex, Pattern.DOTALL), make);
  }

  private static Pattern heater(String name) {
    return Pattern.compile(
        "(?<![A-Za-z0-9@])" + name + ":\\s*(" + NUMBER + ")(?:\\s*/\\s*(" + NUMBER + "))?");
  }

  private static String group(Matcher matcher, int index) {
    String group = matcher.group(index);
    return group == null ? "" : group;
  }

  private static Reply ok(String text, String rest) {
    int line = -1;
    int planner = -1;
    int buffer = -1;
    Matcher m = ADVANCED.matcher(rest);
    while (m.find()) {
      int value = Integer.parseInt(group(m, 2));
      switch (group(m, 1).charAt(0)) {
        case 'N' -> line = value;
        case 'P' -> planner = value;
        default -> buffer = value;
      }
    }
    return new Reply.Ok(text, line, planner, buffer, temperatures(rest), rest.strip());
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

  private static Reply firmware(String text) {
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

  private static @Nullable Reply temperatureReport(String text, Matcher matcher) {
    Temperatures temperatures = temperatures(text);
    return temperatures == null
        ? null
        : new Reply.TemperatureReport(text, temperatures, WAITING.matcher(text).find());
  }

  private static @Nullable Temperatures temperatures(String text) {
    Matcher nozzle = NOZZLE.matcher(text);
    if (!nozzle.find()) {
      return null;
    }
    Matcher bed = BED.matcher(text);
    boolean hasBed = bed.find();
    return new Temperatures(
        Double.parseDouble(group(nozzle, 1)),
        target(nozzle),
        hasBed ? Double.parseDouble(group(bed, 1)) : Double.NaN,
        hasBed ? target(bed) : 0,
        power(NOZZLE_POWER, text),
        power(BED_POWER, text));
  }

  private static double target(Matcher heater) {
    String target = group(heater, 2);
    return target.isEmpty() ? 0 : Double.parseDouble(target);
  }

  private static int power(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? Integer.parseInt(group(m, 1)) : 0;
  }
}
