package dev.whorl.agent.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.UserError;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.Kinematics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A coupon's profile as {@code capture.json} carries it: every input of the coupon's generator,
 * under the names of the config. Reading takes what others write: names with or without
 * underscores, and the config's defaults for whatever is left out.
 */
public final class ProfileJson {
  private ProfileJson() {}

  public static ObjectNode write(CouponProfile p) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", p.kind());
    json.put("printer_id", p.printerId());
    json.put("kinematics", p.kinematics().label());
    json.set("bed_mm", numbers(p.bedMm()));
    json.set("travel_mm", numbers(p.travelMm()));
    ArrayNode keepout = json.putArray("keepout_mm");
    p.keepoutMm().forEach(r -> keepout.add(numbers(r)));
    json.set("home_xy_mm", numbers(p.homeXyMm()));
    json.put("nozzle_mm", p.nozzleMm());
    json.put("nozzle_c", p.nozzleC());
    json.put("bed_c", p.bedC());
    json.set("pulley_mm", numbers(p.pulleyMm()));
    json.put("start_gcode", p.startGcode());
    json.put("end_gcode", p.endGcode());
    return json;
  }

  /**
   * Reads a profile.
   *
   * @param json the object
   * @param printer the capture's printer, where the profile names none
   * @param kinematics the capture's, likewise
   * @param nozzleMm the capture's, likewise
   * @param pulleyMm the capture's, likewise
   * @throws UserError naming every field that is missing or of the wrong kind
   */
  public static CouponProfile read(
      JsonNode json, String printer, String kinematics, double nozzleMm, List<Double> pulleyMm) {
    Fields f = new Fields(json);
    List<Double> bedMm = f.numbers("bed_mm", 2, null);
    CouponProfile profile =
        new CouponProfile(
            f.text("kind", "standard-1"),
            f.text("printer_id", f.text("printer", f.text("id", printer))),
            kinematics(f.text("kinematics", kinematics), f),
            bedMm,
            f.numbers("travel_mm", 3, List.of(bedMm.get(0), bedMm.get(1), 200.0)),
            f.rows("keepout_mm"),
            f.numbers("home_xy_mm", 2, List.of(10.0, 10.0)),
            f.number("nozzle_mm", nozzleMm),
            f.number("nozzle_c", null),
            f.number("bed_c", null),
            f.numbers("pulley_mm", 2, pulleyMm),
            f.text("start_gcode", ""),
            f.text("end_gcode", ""));
    f.finish();
    return profile;
  }

  private static Kinematics kinematics(String word, Fields f) {
    for (Kinematics kinematics : Kinematics.values()) {
      if (kinematics.label().equals(word.toLowerCase(Locale.ROOT))) {
        return kinematics;
      }
    }
    f.problems.add("kinematics is neither cartesian nor corexy");
    return Kinematics.CARTESIAN;
  }

  private static ArrayNode numbers(List<Double> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }

  /** The fields of an object by their names without underscores and capitals. */
  private static final class Fields {
    private final TreeMap<String, JsonNode> byName = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    Fields(JsonNode json) {
      json.properties().forEach(e -> byName.put(plain(e.getKey()), e.getValue()));
    }

    private static String plain(String name) {
      return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private @Nullable JsonNode get(String name) {
      JsonNode value = byName.get(plain(name));
      return value == null || value.isNull() ? null : value;
    }

    String text(String name, String absent) {
      JsonNode value = get(name);
      if (value != null && !value.isTextual()) {
        problems.add(name + " is not a string");
      }
      return value == null ? absent : value.asText();
    }

    double number(String name, @Nullable Double absent) {
      JsonNode value = get(name);
      if (value == null && absent != null) {
        return absent;
      }
      if (value == null || !value.isNumber()) {
        problems.add(name + (value == null ? " is missing" : " is not a number"));
        return 0;
      }
      return value.doubleValue();
    }

    List<Double> numbers(String name, int count, @Nullable List<Double> absent) {
      JsonNode value = get(name);
      if (value == null && absent != null) {
        return absent;
      }
      if (value == null) {
        problems.add(name + " is missing");
        return java.util.Collections.nCopies(count, 0.0);
      }
      return row(name, value, count);
    }

    List<List<Double>> rows(String name) {
      JsonNode value = get(name);
      List<List<Double>> rows = new ArrayList<>();
      if (value != null && value.isArray()) {
        value.forEach(row -> rows.add(row(name, row, 4)));
      } else if (value != null) {
        problems.add(name + " is not a list");
      }
      return rows;
    }

    private List<Double> row(String name, JsonNode value, int count) {
      List<Double> numbers = new ArrayList<>();
      if (value.isArray() && value.size() == count) {
        for (JsonNode item : value) {
          if (item.isNumber()) {
            numbers.add(item.doubleValue());
          }
        }
      }
      if (numbers.size() != count) {
        problems.add(name + " is not a list of " + count + " numbers");
        return java.util.Collections.nCopies(count, 0.0);
      }
      return numbers;
    }

    void finish() {
      if (!problems.isEmpty()) {
        throw UserError.usage("capture.json: profile: " + String.join("; ", problems));
      }
    }
  }
}
