package dev.whorl.fingerprint.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects every problem of one {@code capture.json}. Keys it does not know are left alone. */
final class CaptureParser {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern PRINTER = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern COUPON = Pattern.compile("[a-z0-9-]{1,32}:[0-9a-f]{64}");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  CaptureMetadata parse(byte[] json) throws InvalidCapture {
    JsonNode root = read(json);
    double version = number(root.path("v"), "v", 1, 1, "must be 1");
    String printer = text(root, "printer", PRINTER, "lower case letters, digits and hyphens");
    String coupon = text(root, "coupon", COUPON, "standard-1:<sha256 hex of the program>");
    double[] slot = pair(root, "slot_mm", -10_000, 10_000);
    Instant time = time(root);
    String kinematics =
        text(root, "kinematics", Pattern.compile("cartesian|corexy"), "cartesian or corexy");
    double[] pulley = pair(root, "pulley_mm", 1, 1000);
    double nozzleMm =
        number(root.path("nozzle_mm"), "nozzle_mm", 0.1, 2, "wants millimetres, 0.1 to 2");
    Optional<JsonNode> profile = profile(root);
    double pxPerMm =
        number(root.path("px_per_mm"), "px_per_mm", 1, 1000, "wants pixels per mm, 1 to 1000");
    boolean metric = metric(root);
    String transfer = text(root, "transfer", Pattern.compile("srgb|linear"), "srgb or linear");
    Optional<String> dark =
        root.path("dark").isMissingNode() || root.path("dark").isNull()
            ? Optional.empty()
            : Optional.of(file(root.path("dark"), "dark"));
    List<Lamp> lamps = lamps(root.path("lamps"), dark);
    if (!problems.isEmpty() || version != 1) {
      throw new InvalidCapture(problems);
    }
    return new CaptureMetadata(
        printer,
        coupon,
        slot[0],
        slot[1],
        time,
        kinematics,
        pulley[0],
        pulley[1],
        nozzleMm,
        profile,
        pxPerMm,
        metric,
        Transfer.valueOf(transfer.toUpperCase(Locale.ROOT)),
        dark,
        lamps);
  }

  private static JsonNode read(byte[] json) throws InvalidCapture {
    if (json.length > MAX_BYTES) {
      throw new InvalidCapture(List.of("has " + json.length + " bytes, at most " + MAX_BYTES));
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + " column "
                  + e.getLocation().getColumnNr();
      String what = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new InvalidCapture(List.of("is not JSON" + where + ": " + what));
    } catch (IOException e) {
      throw new InvalidCapture(List.of("cannot be read: " + e.getMessage()));
    }
    if (root == null || !root.isObject()) {
      throw new InvalidCapture(List.of("must be one JSON object"));
    }
    return root;
  }

  private void problem(String field, JsonNode value, String wanted) {
    String text = value.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    problems.add(
        value.isMissingNode()
            ? field + " is missing, " + wanted
            : field + " is " + shown + ", " + wanted);
  }

  private double number(JsonNode value, String field, double low, double high, String wanted) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= low && number <= high)) {
      problem(field, value, wanted);
      return Double.NaN;
    }
    return number;
  }

  private double[] pair(JsonNode root, String field, double low, double high) {
    JsonNode value = root.path(field);
    String wanted = String.format(Locale.ROOT, "wants two numbers of mm, %.0f to %.0f", low, high);
    if (!value.isArray() || value.size() != 2) {
      problem(field, value, wanted);
      return new double[2];
    }
    return new double[] {
      number(value.get(0), field + "[0]", low, high, wanted),
      number(value.get(1), field + "[1]", low, high, wanted)
    };
  }

  private String text(JsonNode root, String field, Pattern pattern, String wanted) {
    JsonNode value = root.path(field);
    if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
      problem(field, value, "wants " + wanted);
      return "";
    }
    return value.textValue();
  }

  private Instant time(JsonNode root) {
    JsonNode value = root.path("time");
    try {
      return OffsetDateTime.parse(value.asText()).toInstant();
    } catch (DateTimeParseException e) {
      problem("time", value, "wants a time like 2026-11-24T20:00:00Z");
      return Instant.EPOCH;
    }
  }

  private Optional<JsonNode> profile(JsonNode root) {
    JsonNode value = root.path("profile");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      problem("profile", value, "wants the object of the coupon's inputs");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private boolean metric(JsonNode root) {
    JsonNode value = root.path("metric");
    if (!value.isBoolean()) {
      problem("metric", value, "wants true or false");
    }
    return value.booleanValue();
  }

  /** A plain file name: a capture never reaches out of its own folder. */
  private String file(JsonNode value, String field) {
    String name = value.isTextual() ? value.textValue() : "";
    boolean plain =
        !name.isBlank()
            && name.length() <= 255
            && name.chars().allMatch(c -> c >= ' ' && c != '/' && c != '\\')
            && !name.equals(".")
            && !name.equals("..");
    if (!plain) {
      problem(field, value, "wants the name of an image in the same folder");
    }
    return name;
  }

  private List<Lamp> lamps(JsonNode array, Optional<String> dark) {
    List<Lamp> lamps = new ArrayList<>();
    if (!array.isArray()
        || array.size() < CaptureMetadata.MIN_LAMPS
        || array.size() > CaptureMetadata.MAX_LAMPS) {
      int size = array.isArray() ? array.size() : 0;
      problems.add(
          "lamps has "
              + size
              + (size == 1 ? " lamp" : " lamps")
              + ", wants "
              + CaptureMetadata.MIN_LAMPS
              + " to "
              + CaptureMetadata.MAX_LAMPS);
      return lamps;
    }
    Set<String> names = new HashSet<>();
    Set<String> files = new HashSet<>();
    dark.ifPresent(files::add);
    for (int i = 0; i < array.size(); i++) {
      String field = "lamps[" + i + "]";
      JsonNode lamp = array.get(i);
      JsonNode nameNode = lamp.path("name");
      String name = nameNode.isTextual() ? nameNode.textValue() : "";
      if (!name.matches("[\\w.+-]{1,32}")) {
        problem(field + ".name", nameNode, "wants a name of letters, digits, . _ + -");
      } else if (!names.add(name)) {
        problem(field + ".name", nameNode, "wants a name of its own");
      }
      String file = file(lamp.path("file"), field + ".file");
      if (!file.isEmpty() && !files.add(file)) {
        problem(field + ".file", lamp.path("file"), "wants an image of its own");
      }
      double azimuthDeg =
          number(
              lamp.path("azimuth_deg"),
              field + ".azimuth_deg",
              -360,
              360,
              "wants degrees counter-clockwise from machine +X, -360 to 360");
      double elevationDeg =
          number(
              lamp.path("elevation_deg"),
              field + ".elevation_deg",
              1,
              89,
              "wants degrees above the bed, 1 to 89");
      JsonNode distance = lamp.path("distance_mm");
      OptionalDouble distanceMm = OptionalDouble.empty();
      if (!distance.isMissingNode() && !distance.isNull()) {
        distanceMm =
            OptionalDouble.of(
                number(
                    distance,
                    field + ".distance_mm",
                    20,
                    100_000,
                    "wants mm from the coupon's centre, 20 to 100000, or no such field"));
      }
      lamps.add(new Lamp(name, file, azimuthDeg, elevationDeg, distanceMm));
    }
    return lamps;
  }
}
