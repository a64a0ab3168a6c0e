package dev.whorl.fingerprint.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Templates as JSON. */
public final class TemplateJson {
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TemplateJson() {}

  /** On one line. */
  public static String write(Template template) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", VERSION);
    root.put("custody", template.custody());
    root.put("coupons", template.coupons());
    ObjectNode since = root.putObject("since");
    template.since().forEach((name, time) -> since.put(name, time.toString()));
    ArrayNode restarted = root.putArray("restarted");
    template.restarted().forEach(restarted::add);
    ArrayNode limited = root.putArray("limited");
    template.limited().forEach(limited::add);
    root.set("first", FingerprintJson.tree(template.first()));
    root.set("start", FingerprintJson.tree(template.start()));
    root.set("state", FingerprintJson.tree(template.state()));
    return root.toString();
  }

  /** Reads the state alone, which is all that a search needs. */
  public static Fingerprint readState(String json) throws FingerprintFormatException {
    try {
      return FingerprintJson.read(root(json).path("state"));
    } catch (JsonProcessingException e) {
      throw new FingerprintFormatException("not a template: broken JSON");
    }
  }

  /** Reads what {@link #write} wrote; anything else is refused in one line. */
  public static Template read(String json) throws FingerprintFormatException {
    try {
      JsonNode root = root(json);
      Map<String, Instant> since = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : root.path("since").properties()) {
        since.put(entry.getKey(), Instant.parse(entry.getValue().asText()));
      }
      return new Template(
          FingerprintJson.read(root.path("first")),
          FingerprintJson.read(root.path("start")),
          FingerprintJson.read(root.path("state")),
          root.path("coupons").asInt(),
          since,
          names(root.path("restarted")),
          names(root.path("limited")),
          root.path("custody").asText());
    } catch (JsonProcessingException | DateTimeException e) {
      throw new FingerprintFormatException("not a template: broken JSON");
    }
  }

  private static JsonNode root(String json)
      throws FingerprintFormatException, JsonProcessingException {
    JsonNode root = MAPPER.readTree(json);
    if (root == null || root.path("v").asInt() != VERSION) {
      throw new FingerprintFormatException("not a template of version " + VERSION);
    }
    return root;
  }

  private static Set<String> names(JsonNode array) {
    Set<String> names = new TreeSet<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }
}
