package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code T:19.38 /0.00 B:19.38 /0.00 @:0 B@:0} and its variants. Strict where it matters: a
 * reading whose target went lost in noise must not pass for one whose heater is off. Reads
 * characters, not patterns: such lines come several times a second.
 */
final class TemperatureText {

  private final String text;
  private int at;
  private double number;
  private double nozzleC = Double.NaN;
  private double nozzleTargetC = Double.NaN;
  private double bedC = Double.NaN;
  private double bedTargetC = Double.NaN;
  private int nozzlePower;
  private int bedPower;
  private boolean waiting;
  private boolean targets;
  private boolean toolZero;

  private TemperatureText(String text) {
    this.text = text;
  }

  /** The temperatures in the text from {@code from} on; null where there are none, or damaged. */
  static @Nullable Temperatures read(String text, int from) {
    TemperatureText reader = new TemperatureText(text);
    reader.at = from;
    return reader.read();
  }

  /** Whether a heating command is waiting: {@code W:} is there. */
  static boolean waits(String text) {
    TemperatureText reader = new TemperatureText(text);
    reader.read();
    return reader.waiting;
  }

  private @Nullable Temperatures read() {
    skipBlanks();
    while (at < text.length()) {
      if (!field()) {
        return null;
      }
      skipBlanks();
    }
    if (Double.isNaN(nozzleC)
        || targets && Double.isNaN(nozzleTargetC)
        || targets && !Double.isNaN(bedC) && Double.isNaN(bedTargetC)) {
      return null;
    }
    return new Temperatures(
        nozzleC,
        Double.isNaN(nozzleTargetC) ? 0 : nozzleTargetC,
        bedC,
        Double.isNaN(bedTargetC) ? 0 : bedTargetC,
        nozzlePower,
        bedPower);
  }

  /** One {@code KEY: value /target}; the value may be missing, the target too. */
  private boolean field() {
    int start = at;
    while (at < text.length() && isKey(text.charAt(at))) {
      at++;
    }
    int end = at;
    if (end == start) {
      return false;
    }
    if (at == text.length() || text.charAt(at) != ':') {
      // Smoothieware has its duty as `@255`, without the colon.
      return text.charAt(start) == '@' && blankOrEnd();
    }
    at++;
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
      waiting |= keyIs(start, end, "W");
      return blankOrEnd();
    }
    if (!number()) {
      return false;
    }
    double value = number;
    double target = Double.NaN;
    int afterValue = at;
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '/') {
      at++;
      skipBlanks();
      if (!number()) {
        return false;
      }
      target = number;
      targets = true;
    } else if (at < text.length() && text.charAt(at) == '(') {
      // Repetier and Marlin's SHOW_TEMP_ADC_VALUES add the raw reading.
      at = Math.max(at, text.indexOf(')', at));
      at++;
    } else {
      at = afterValue;
    }
    take(start, end, value, target);
    return at >= text.length() || text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }

  private void take(int start, int end, double value, double target) {
    char first = text.charAt(start);
    int length = end - start;
    if (first == 'T' && length == 1
        || first == 'T' && length == 2 && text.charAt(start + 1) == '0') {
      // Where both are said, T is the tool in use: the first to come is kept.
      if (Double.isNaN(nozzleC) || toolZero && length == 1) {
        nozzleC = value;
        nozzleTargetC = target;
        toolZero = length == 2;
      }
    } else if (first == 'B' && length == 1) {
      bedC = value;
      bedTargetC = target;
    } else if (first == 'W' && length == 1) {
      waiting = true;
    } else if (keyIs(start, end, "@") || keyIs(start, end, "@0")) {
      nozzlePower = (int) value;
    } else if (keyIs(start, end, "B@")) {
      bedPower = (int) value;
    }
  }

  private boolean keyIs(int start, int end, String key) {
    return end - start == key.length() && text.startsWith(key, start);
  }

  private static boolean isKey(char c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '@'
        || c == '_';
  }

  private boolean blankOrEnd() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at == text.length() || text.charAt(at) == ' ';
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /** An optional sign, digits, at most one point; at most nine digits on either side of it. */
  private boolean number() {
    boolean negative = false;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      negative = text.charAt(at) == '-';
      at++;
    }
    long whole = 0;
    int digits = 0;
    while (at < text.length() && digit(text.charAt(at)) >= 0 && digits < 9) {
      whole = whole * 10 + digit(text.charAt(at));
      digits++;
      at++;
    }
    if (digits == 0) {
      return false;
    }
    double value = whole;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      double scale = 0.1;
      for (int i = 0; at < text.length() && digit(text.charAt(at)) >= 0 && i < 9; i++) {
        value += digit(text.charAt(at)) * scale;
        scale /= 10;
        at++;
      }
      // Said with two decimals: what the sum of tenths adds beyond six is not the printer's.
      value = Math.rint(value * 1e6) / 1e6;
    }
    number = negative ? -value : value;
    return true;
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }
}
