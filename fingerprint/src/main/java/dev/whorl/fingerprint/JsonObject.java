package dev.whorl.fingerprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One object of a JSON text, read strictly: every complaint names the field by its full path. */
final class JsonObject {
  private static final int MAX_TEXT = 512;

  private final JsonNode node;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  private JsonObject(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static JsonObject of(@Nullable JsonNode node, String path) throws FingerprintFormatException {
    if (node == null || !node.isObject()) {
      throw new FingerprintFormatException(
          path.isEmpty() ? "not a fingerprint: not a JSON object" : path + " must be an object");
    }
    return new JsonObject(node, path.isEmpty() ? "" : path + ".");
  }

  FingerprintFormatException bad(String name, String what) {
    return new FingerprintFormatException("fingerprint: " + path + name + " " + what);
  }

  /** To be called last: a field that nobody asked for is an error. */
  void refuseUnknown() throws FingerprintFormatException {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw bad(name.length() > 40 ? name.substring(0, 40) : name, "is not a known field");
      }
    }
  }

  JsonObject object(String name) throws FingerprintFormatException {
    return of(present(name), path + name);
  }

  @Nullable JsonObject optional(String name) throws FingerprintFormatException {
    JsonNode value = find(name);
    return value == null ? null : of(value, path + name);
  }

  List<JsonObject> objects(String name, int most) throws FingerprintFormatException {
    JsonNode value = present(name);
    if (!value.isArray() || value.size() > most) {
      throw bad(name, "must be a list of at most " + most + " objects");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      objects.add(of(value.get(i), path + name + "[" + i + "]"));
    }
    return objects;
  }

  String text(String name) throws FingerprintFormatException {
    JsonNode value = present(name);
    if (!value.isTextual()
        || value.textValue().isEmpty()
        || value.textValue().length() > MAX_TEXT) {
      throw bad(name, "must be a text of 1 to " + MAX_TEXT + " characters");
    }
    return value.textValue();
  }

  Instant instant(String name) throws FingerprintFormatException {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw bad(name, "must be a time like 2026-11-24T20:00:00Z");
    }
  }

  <T> T oneOf(String name, List<T> choices, Function<T, String> key)
      throws FingerprintFormatException {
    String text = text(name);
    for (T choice : choices) {
      if (key.apply(choice).equals(text)) {
        return choice;
      }
    }
    throw bad(name, "must be one of " + choices.stream().map(key).toList());
  }

  boolean flag(String name) throws FingerprintFormatException {
    JsonNode value = present(name);
    if (!value.isBoolean()) {
      throw bad(name, "must be true or false");
    }
    return value.booleanValue();
  }

  @Nullable Boolean optionalFlag(String name) throws FingerprintFormatException {
    return find(name) == null ? null : flag(name);
  }

  int integer(String name, int least, int most) throws FingerprintFormatException {
    JsonNode value = present(name);
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw bad(name, "must be a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  @Nullable Integer optionalInteger(String name, int least, int most)
      throws FingerprintFormatException {
    return find(name) == null ? null : integer(name, least, most);
  }

  double number(String name) throws FingerprintFormatException {
    return finite(present(name), name);
  }

  @Nullable Double optionalNumber(String name) throws FingerprintFormatException {
    return find(name) == null ? null : number(name);
  }

  double positive(String name) throws FingerprintFormatException {
    double value = number(name);
    if (value <= 0) {
      throw bad(name, "must be above 0");
    }
    return value;
  }

  double notNegative(String name) throws FingerprintFormatException {
    double value = number(name);
    if (value < 0) {
      throw bad(name, "must not be below 0");
    }
    return value;
  }

  double[] numbers(String name, int count) throws FingerprintFormatException {
    return numbers(name, count, count);
  }

  double[] numbers(String name, int least, int most) throws FingerprintFormatException {
    JsonNode value = present(name);
    if (!value.isArray() || value.size() < least || value.size() > most) {
      throw bad(
          name, "must be a list of " + (least == most ? "" : least + " to ") + most + " numbers");
    }
    double[] numbers = new double[value.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = finite(value.get(i), name);
    }
    return numbers;
  }

  private double finite(JsonNode value, String name) throws FingerprintFormatException {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw bad(name, "must be a number");
    }
    return value.doubleValue();
  }

  private JsonNode present(String name) throws FingerprintFormatException {
    JsonNode value = find(name);
    if (value == null) {
      throw bad(name, "is missing");
    }
    return value;
  }

  private @Nullable JsonNode find(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
