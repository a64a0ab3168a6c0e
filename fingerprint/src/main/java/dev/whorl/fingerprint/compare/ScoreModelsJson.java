package dev.whorl.fingerprint.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Score models as JSON. */
public final class ScoreModelsJson {
  /** Format of the file; another one is refused. */
  private static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private ScoreModelsJson() {}

  /** The file's bytes, ended by a newline. */
  public static byte[] write(ScoreModels models) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", VERSION);
    root.setAll((ObjectNode) MAPPER.valueToTree(models));
    return (root.toPrettyString() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * Reads them.
   *
   * @throws IOException in one line that says what is wrong
   */
  public static ScoreModels read(byte[] json) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root == null || !root.isObject() || root.path("v").asInt() != VERSION) {
        throw new IOException("not score models of version " + VERSION);
      }
      ((ObjectNode) root).remove("v");
      return MAPPER.treeToValue(root, ScoreModels.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "not score models: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }
}
