package dev.whorl.common.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.whorl.common.mqtt.Topic;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schemas (draft 2020-12) of what goes over MQTT. A signed topic's schema is that of the
 * payload; {@link #ENVELOPE} is that of what it travels in.
 */
public final class Schemas {
  /** The name of the envelope's schema. */
  public static final String ENVELOPE = "envelope";

  private static final String FOLDER = "classpath:dev/whorl/common/schema/";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();

  private Schemas() {}

  /**
   * Checks a payload (of a signed topic: what was in the envelope).
   *
   * @return the payload's tree
   * @throws SchemaException with the first of what is wrong, and where
   */
  public static JsonNode validate(Topic topic, byte[] payload) throws SchemaException {
    return validate(topic.label(), payload);
  }

  /** As above, by the schema's name: a topic's label or {@link #ENVELOPE}. */
  public static JsonNode validate(String name, byte[] payload) throws SchemaException {
    JsonNode tree;
    try {
      tree = JSON.readTree(payload);
    } catch (IOException e) {
      throw new SchemaException("not JSON");
    }
    Set<ValidationMessage> found = schema(name).validate(tree);
    for (ValidationMessage first : found) {
      throw new SchemaException(first.getMessage());
    }
    return tree;
  }

  private static JsonSchema schema(String name) {
    return LOADED.computeIfAbsent(
        name, n -> FACTORY.getSchema(SchemaLocation.of(FOLDER + n + ".json")));
  }
}
