package dev.whorl.agent.uplink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Topic;

/**
 * Puts what the agent says into its form: header first, and an envelope around what is signed.
 *
 * @param printer whose agent speaks
 * @param key its key
 * @param headers numbers the messages
 */
record Voice(String printer, SigningKey key, Headers headers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A plain payload. */
  byte[] plain(ObjectNode body) {
    return bytes(withHeader(body));
  }

  /** A signed payload; {@code printer} is added to it. */
  Envelope signed(Topic topic, ObjectNode body) {
    ObjectNode payload = headers.next().toJson();
    payload.put("printer", printer);
    payload.setAll(body);
    return Envelope.sign(topic.payloadType(), bytes(payload), key);
  }

  private ObjectNode withHeader(ObjectNode body) {
    ObjectNode payload = headers.next().toJson();
    payload.setAll(body);
    return payload;
  }

  private static byte[] bytes(ObjectNode payload) {
    try {
      return JSON.writeValueAsBytes(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot fail to be written", e);
    }
  }
}
