package dev.whorl.common.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One table of a settings file. Every getter marks its key as known; a getter with a default
 * returns it when the key is absent; one without records the absence as a problem.
 */
public final class SettingsTable {
  private final SettingsReader reader;
  private final ObjectNode node;
  private final String path;
  private final Set<String> known = new TreeSet<>();
  private final Map<String, SettingsTable> children = new LinkedHashMap<>();

  SettingsTable(SettingsReader reader, ObjectNode node, String path) {
    this.reader = reader;
    this.node = node;
    this.path = path;
  }

  /** Whether a key is there. Does not make it known. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** The keys that are there. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Records a problem of a key's value (or of the absence of it). */
  public void problem(String key, String message) {
    reader.problem(pathOf(key), message);
  }

  /** A string that must be there. */
  public String string(String key) {
    return required(key, optionalString(key), "");
  }

  /** A string. */
  public String string(String key, String absent) {
    String value = optionalString(key);
    return value == null ? absent : value;
  }

  /** A string, or null when absent. */
  public @Nullable String optionalString(String key) {
    return value(key, JsonNode::isTextual, JsonNode::textValue, "a string in quotes");
  }

  /** A string that must be there and match a pattern as a whole. */
  public String matching(String key, Pattern pattern, String description) {
    String value = string(key);
    if (has(key) && !pattern.matcher(value).matches()) {
      problem(key, "must be " + description + ", not \"" + value + "\"");
    }
    return value;
  }

  /** One of a few words. */
  public String choice(String key, String absent, String... allowed) {
    String value = string(key, absent);
    if (!List.of(allowed).contains(value)) {
      problem(key, "must be one of " + String.join(", ", allowed) + ", not \"" + value + "\"");
      return absent;
    }
    return value;
  }

  /** A whole number that must be there. */
  public int integer(String key, int least, int most) {
    Integer value = optionalInteger(key, least, most);
    return required(key, value, least);
  }

  /** A whole number within limits. */
  public int integer(String key, int absent, int least, int most) {
    Integer value = optionalInteger(key, least, most);
    return value == null ? absent : value;
  }

  /** A whole number within limits, or null when absent. */
  public @Nullable Integer optionalInteger(String key, int least, int most) {
    BigInteger value =
        value(key, JsonNode::isIntegralNumber, JsonNode::bigIntegerValue, "a whole number");
    if (value == null) {
      return null;
    }
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      problem(key, "must be between " + least + " and " + most + ", not " + value);
      return least;
    }
    return value.intValue();
  }

  /** A whole number within limits, or a word that stands for one of its own; absent as the word. */
  public int integerOr(String word, int meaning, String key, int least, int most) {
    JsonNode there = node.get(key);
    if (there == null || !there.isTextual()) {
      return integer(key, meaning, least, most);
    }
    known.add(key);
    if (!there.textValue().equals(word)) {
      problem(key, "must be a whole number or \"" + word + "\", not " + shortened(there));
    }
    return meaning;
  }

  /** A number that must be there. */
  public double number(String key, double least, double most) {
    return required(key, optionalNumber(key, least, most), least);
  }

  /** A number within limits. */
  public double number(String key, double absent, double least, double most) {
    Double value = optionalNumber(key, least, most);
    return value == null ? absent : value;
  }

  /** A number within limits, or null when absent. */
  public @Nullable Double optionalNumber(String key, double least, double most) {
    Double value = value(key, JsonNode::isNumber, JsonNode::doubleValue, "a number");
    // Written so that NaN, which TOML knows, fails too.
    if (value != null && !(value >= least && value <= most)) {
      problem(key, "must be between " + plain(least) + " and " + plain(most) + ", not " + value);
      return least;
    }
    return value;
  }

  /** True or false. */
  public boolean bool(String key, boolean absent) {
    Boolean value = value(key, JsonNode::isBoolean, JsonNode::booleanValue, "true or false");
    return value == null ? absent : value;
  }

  /** An ISO 8601 duration such as {@code P7D} or {@code PT90S}; must be positive. */
  public Duration duration(String key, Duration absent) {
    String value = optionalString(key);
    if (value == null) {
      return absent;
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // The same problem as one that is not positive.
    }
    problem(key, "must be a duration such as \"P7D\" or \"PT30M\", not \"" + value + "\"");
    return absent;
  }

  /** A path, relative to the file it stands in; must be there. */
  public Path path(String key) {
    return required(key, optionalPath(key), Path.of(""));
  }

  /** A path, relative to the file it stands in. */
  public Path path(String key, Path absent) {
    Path value = optionalPath(key);
    return value == null ? absent : value;
  }

  /** A path, relative to the file it stands in, or null when absent. */
  public @Nullable Path optionalPath(String key) {
    String value = optionalString(key);
    if (value == null) {
      return null;
    }
    if (value.isBlank() || value.indexOf('\0') >= 0) {
      problem(key, "must be a path");
      return null;
    }
    return resolve(key, value);
  }

  /** A path that is part of a key's value, made relative to the file that the key stands in. */
  public Path resolve(String key, String path) {
    return reader.folderOf(pathOf(key)).resolve(path).normalize();
  }

  /** A list of paths, relative to the file they stand in; empty when absent. */
  public List<Path> paths(String key) {
    Path folder = reader.folderOf(pathOf(key));
    return strings(key, List.of()).stream().map(p -> folder.resolve(p).normalize()).toList();
  }

  /** A list of strings. */
  public List<String> strings(String key, List<String> absent) {
    return list(key, absent, JsonNode::isTextual, JsonNode::textValue, "a list of strings");
  }

  /** A list of numbers. */
  public List<Double> numbers(String key, List<Double> absent) {
    return list(key, absent, JsonNode::isNumber, JsonNode::doubleValue, "a list of numbers");
  }

  /** A list of so many finite numbers; {@code absent} null makes the key required. */
  public List<Double> numbers(String key, int count, @Nullable List<Double> absent) {
    List<Double> values = numbers(key, absent == null ? List.of() : absent);
    if (!has(key)) {
      return absent == null ? missing(key, java.util.Collections.nCopies(count, 0.0)) : absent;
    }
    if (values.size() != count || values.stream().anyMatch(v -> !Double.isFinite(v))) {
      problem(key, "must be a list of " + count + " numbers");
      return absent == null ? java.util.Collections.nCopies(count, 0.0) : absent;
    }
    return values;
  }

  /** A list of lists of so many finite numbers each, such as points or rectangles. */
  public List<List<Double>> rows(String key, int count, List<List<Double>> absent) {
    Function<JsonNode, Boolean> isRow =
        row -> {
          boolean ok = row.isArray() && row.size() == count;
          for (JsonNode item : row) {
            ok &= item.isNumber() && Double.isFinite(item.doubleValue());
          }
          return ok;
        };
    Function<JsonNode, List<Double>> toRow =
        row -> {
          List<Double> values = new ArrayList<>();
          row.forEach(item -> values.add(item.doubleValue()));
          return values;
        };
    return list(key, absent, isRow, toRow, "a list of lists of " + count + " numbers");
  }

  /** A table below this one, empty if it is not there. */
  public SettingsTable table(String key) {
    ObjectNode value = value(key, JsonNode::isObject, ObjectNode.class::cast, "a table");
    return child(key, value == null ? JsonNodeFactory.instance.objectNode() : value);
  }

  /** A list of tables below this one, empty if it is not there. */
  public List<SettingsTable> tables(String key) {
    List<ObjectNode> nodes =
        list(key, List.of(), JsonNode::isObject, ObjectNode.class::cast, "a list of tables");
    List<SettingsTable> tables = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      tables.add(child(key + "[" + i + "]", nodes.get(i)));
    }
    return tables;
  }

  void reportUnknownKeys() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        String hint =
            NearestKey.to(key, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("known here: " + String.join(", ", known));
        problem(key, "unknown key; " + hint);
      }
    }
    children.values().forEach(SettingsTable::reportUnknownKeys);
  }

  private SettingsTable child(String key, ObjectNode child) {
    return children.computeIfAbsent(key, k -> new SettingsTable(reader, child, pathOf(k)));
  }

  private <T extends @Nullable Object> @Nullable T value(
      String key, Function<JsonNode, Boolean> is, Function<JsonNode, T> get, String what) {
    known.add(key);
    JsonNode value = node.get(key);
    if (value == null) {
      return null;
    }
    if (!is.apply(value)) {
      problem(key, "must be " + what + ", not " + shortened(value));
      return null;
    }
    return get.apply(value);
  }

  private <T> List<T> list(
      String key,
      List<T> absent,
      Function<JsonNode, Boolean> is,
      Function<JsonNode, T> get,
      String what) {
    JsonNode value = value(key, JsonNode::isArray, v -> v, what);
    if (value == null) {
      return absent;
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      if (!is.apply(item)) {
        problem(key + "[" + i + "]", "must be " + what + ", not " + shortened(item));
        return absent;
      }
      items.add(get.apply(item));
    }
    return List.copyOf(items);
  }

  private <T> T required(String key, @Nullable T value, T harmless) {
    if (value != null) {
      return value;
    }
    return has(key) ? harmless : missing(key, harmless);
  }

  private <T> T missing(String key, T harmless) {
    problem(key, "must be set");
    return harmless;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
