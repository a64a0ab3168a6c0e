package dev.whorl.fingerprint.toolpath;

import dev.whorl.fingerprint.Kinematics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes an annotated program on paper. One parser reads one program. */
final class ToolpathParser {
  /** The longest program read; a coupon has about 200 kB. */
  private static final int MAX_CHARACTERS = 8_000_000;

  private static final int MAX_FEATURES = 10_000;
  private static final String PREFIX = "; whorl ";
  private static final String FEATURE = "; feature ";

  private final Map<String, String[]> header = new HashMap<>();
  private final List<Feature> features = new ArrayList<>();
  private int lineNumber;

  private @Nullable FeatureKind kind;
  private String name = "";
  private Map<String, String> attributes = Map.of();
  private List<Segment> segments = new ArrayList<>();

  private boolean absolute = true;
  private boolean absoluteE = true;
  private double xMm = Double.NaN;
  private double yMm = Double.NaN;
  private double zMm = Double.NaN;
  private double eMm;

  /** What G92 E took away from the filament count. */
  private double fedBeforeMm;

  private double feedMmMin = Double.NaN;
  private double accelerationMmS2;
  private double junctionDeviationMm;
  private double jerkXMmS;
  private double jerkYMmS;
  private Segment.Signs signs = Segment.Signs.UNKNOWN;

  Toolpath parse(String text) throws ToolpathFormatException {
    if (text.length() > MAX_CHARACTERS) {
      throw bad("is longer than " + MAX_CHARACTERS + " characters");
    }
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      lineNumber++;
      String line = raw.strip();
      if (line.startsWith(PREFIX)) {
        readHeader(line.substring(PREFIX.length()));
      } else if (line.startsWith(FEATURE)) {
        openFeature(line.substring(FEATURE.length()).strip());
      } else {
        int comment = line.indexOf(';');
        String command = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!command.isEmpty()) {
          execute(command.toUpperCase(Locale.ROOT));
        }
      }
    }
    closeFeature();
    return build();
  }

  private void readHeader(String line) throws ToolpathFormatException {
    String[] words = line.strip().split("\\s+");
    if (header.put(words[0], words) != null) {
      throw bad("says '; whorl " + words[0] + "' twice");
    }
  }

  private void openFeature(String line) throws ToolpathFormatException {
    closeFeature();
    if (features.size() >= MAX_FEATURES) {
      throw bad("has more than " + MAX_FEATURES + " features");
    }
    String[] words = line.split("\\s+");
    if (words.length < 2) {
      throw bad("names a feature without kind and name");
    }
    try {
      kind = FeatureKind.valueOf(words[0].toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad("has a feature of the unknown kind '" + shorten(words[0]) + "'");
    }
    name = words[1];
    attributes = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw bad("has '" + shorten(words[i]) + "' where key=value is due");
      }
      attributes.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    segments = new ArrayList<>();
  }

  private void closeFeature() {
    if (kind != null) {
      features.add(new Feature(kind, name, attributes, segments));
    }
    kind = null;
  }

  private void execute(String command) throws ToolpathFormatException {
    String[] words = command.split("\\s+");
    switch (words[0]) {
      case "G0", "G00", "G1", "G01" -> move(words);
      case "G2", "G3", "G5" ->
          throw bad("has an arc (" + words[0] + "); only straight moves count");
      case "G20" -> throw bad("is in inches (G20); only mm are read");
      case "G28" -> {
        xMm = Double.NaN;
        yMm = Double.NaN;
        zMm = Double.NaN;
        signs = Segment.Signs.UNKNOWN;
      }
      case "G90" -> {
        absolute = true;
        absoluteE = true;
      }
      case "G91" -> {
        absolute = false;
        absoluteE = false;
      }
      case "M82" -> absoluteE = true;
      case "M83" -> absoluteE = false;
      case "G92" -> setPosition(words);
      case "M204" -> {
        accelerationMmS2 = value(words, 'S', accelerationMmS2);
        accelerationMmS2 = value(words, 'P', accelerationMmS2);
      }
      case "M205" -> {
        jerkXMmS = value(words, 'X', jerkXMmS);
        jerkYMmS = value(words, 'Y', jerkYMmS);
        junctionDeviationMm = value(words, 'J', junctionDeviationMm);
      }
      default -> {
        // Heat, fans, waits: nothing that draws.
      }
    }
  }

  private void setPosition(String[] words) throws ToolpathFormatException {
    for (String word : words) {
      if (word.startsWith("X") || word.startsWith("Y") || word.startsWith("Z")) {
        throw bad("moves the origin (G92 " + word + "); only E may be set");
      }
    }
    double e = words.length == 1 ? 0 : value(words, 'E', eMm);
    fedBeforeMm += eMm - e;
    eMm = e;
  }

  private void move(String[] words) throws ToolpathFormatException {
    feedMmMin = value(words, 'F', feedMmMin);
    double toX = target(words, 'X', xMm);
    double toY = target(words, 'Y', yMm);
    double toZ = target(words, 'Z', zMm);
    double e = value(words, 'E', absoluteE ? eMm : 0);
    double toE = absoluteE ? e : eMm + e;
    double dx = toX - xMm;
    double dy = toY - yMm;
    signs =
        new Segment.Signs(
            sign(dx, signs.x()),
            sign(dy, signs.y()),
            sign(dx + dy, signs.a()),
            sign(dx - dy, signs.b()));
    if (kind != null && toE > eMm && !(dx == 0 && dy == 0)) {
      if (!Double.isFinite(dx) || !Double.isFinite(dy) || !Double.isFinite(toZ)) {
        throw bad("extrudes from a place that is not known");
      }
      if (!(feedMmMin > 0)) {
        throw bad("extrudes before a speed was set");
      }
      if (!(accelerationMmS2 > 0)) {
        throw bad("extrudes before an acceleration was set (M204)");
      }
      segments.add(
          new Segment(
              xMm,
              yMm,
              toX,
              toY,
              toZ,
              feedMmMin / 60,
              fedBeforeMm + eMm,
              fedBeforeMm + toE,
              new MotionLimits(accelerationMmS2, junctionDeviationMm, Math.min(jerkXMmS, jerkYMmS)),
              signs));
    }
    xMm = toX;
    yMm = toY;
    zMm = toZ;
    eMm = toE;
  }

  private static int sign(double difference, int before) {
    // A rounded coordinate is no motion: 1 um is below any machine's step.
    return Math.abs(difference) > 1e-3 ? (int) Math.signum(difference) : before;
  }

  private double target(String[] words, char letter, double from) throws ToolpathFormatException {
    double value = value(words, letter, Double.NaN);
    if (Double.isNaN(value)) {
      return from;
    }
    return absolute ? value : from + value;
  }

  private double value(String[] words, char letter, double otherwise)
      throws ToolpathFormatException {
    for (int i = 1; i < words.length; i++) {
      if (words[i].charAt(0) == letter) {
        return number(words[i].substring(1), words[i]);
      }
    }
    return otherwise;
  }

  private double number(String text, String shown) throws ToolpathFormatException {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && Math.abs(value) < 1e9) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad("has '" + shorten(shown) + "' where a number is due");
  }

  private Toolpath build() throws ToolpathFormatException {
    lineNumber = 0;
    double[] slot = numbers("slot", 2);
    double[] size = numbers("size", 2);
    double[] line = numbers("line", 2);
    double[] nozzle = numbers("nozzle", 1);
    String[] drive = words("kinematics", 4);
    Kinematics kinematics = null;
    for (Kinematics known : Kinematics.values()) {
      if (known.key().equals(drive[1])) {
        kinematics = known;
      }
    }
    if (kinematics == null) {
      throw bad("has the unknown kinematics '" + shorten(drive[1]) + "'");
    }
    double pulleyXMm = positive(number(drive[2], drive[2]), "kinematics");
    double pulleyYMm = positive(number(drive[3], drive[3]), "kinematics");
    String[] markers = words("markers", 4);
    for (double value : new double[] {size[0], size[1], line[0], line[1], nozzle[0]}) {
      positive(value, "size, line or nozzle");
    }
    if (features.isEmpty()) {
      throw bad("has no '; feature' line");
    }
    return new Toolpath(
        words("coupon", 2)[1],
        words("printer", 2)[1],
        slot[0],
        slot[1],
        size[0],
        size[1],
        line[0],
        line[1],
        nozzle[0],
        kinematics,
        pulleyXMm,
        pulleyYMm,
        new Toolpath.Markers(
            markers[1], whole(markers[2], "version="), whole(markers[3], "short=")),
        features.stream().map(f -> inCoupon(f, slot[0], slot[1])).toList());
  }

  private static Feature inCoupon(Feature feature, double slotXMm, double slotYMm) {
    return new Feature(
        feature.kind(),
        feature.name(),
        feature.attributes(),
        feature.segments().stream()
            .map(
                s ->
                    new Segment(
                        s.x0Mm() - slotXMm,
                        s.y0Mm() - slotYMm,
                        s.x1Mm() - slotXMm,
                        s.y1Mm() - slotYMm,
                        s.zMm(),
                        s.speedMmS(),
                        s.e0Mm(),
                        s.e1Mm(),
                        s.limits(),
                        s.cameFrom()))
            .toList());
  }

  private int whole(String word, String prefix) throws ToolpathFormatException {
    if (word.startsWith(prefix) && word.length() < prefix.length() + 10) {
      try {
        return Integer.parseUnsignedInt(word.substring(prefix.length()));
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw bad("has '" + shorten(word) + "' where " + prefix + "<number> is due");
  }

  private double positive(double value, String what) throws ToolpathFormatException {
    if (value <= 0) {
      throw bad("has a " + what + " that is not above 0");
    }
    return value;
  }

  private String[] words(String key, int count) throws ToolpathFormatException {
    String[] words = header.get(key);
    if (words == null) {
      throw bad("does not say '; whorl " + key + " ...': it is not an annotated coupon program");
    }
    if (words.length != count) {
      throw bad(
          "says '; whorl " + key + "' with " + (words.length - 1) + " values, not " + (count - 1));
    }
    return words;
  }

  private double[] numbers(String key, int count) throws ToolpathFormatException {
    String[] words = words(key, count + 1);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(words[i + 1], words[i + 1]);
    }
    return numbers;
  }

  private ToolpathFormatException bad(String what) {
    return new ToolpathFormatException(
        "program " + (lineNumber == 0 ? "" : "line " + lineNumber + " ") + what);
  }

  private static String shorten(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
