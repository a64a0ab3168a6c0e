package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.common.schema.SchemaException;
import dev.whorl.common.schema.Schemas;
import java.util.List;

/** Reads signed messages and believes those that are what they should be, for this printer. */
final class RegistryVoice {
  private RegistryVoice() {}

  /**
   * The payload of a message signed by one of some keys.
   *
   * @param printer whom it must be about
   * @throws EnvelopeException with the reason, when it is not to be believed
   */
  static JsonNode believe(Topic topic, byte[] message, List<VerifyingKey> keys, String printer)
      throws EnvelopeException {
    Envelope envelope = Envelope.parse(message);
    EnvelopeException last = new EnvelopeException("no key to check it with is configured");
    for (VerifyingKey key : keys) {
      try {
        JsonNode payload = Schemas.validate(topic, envelope.verify(topic.payloadType(), key));
        if (!payload.path("printer").asText().equals(printer)) {
          throw new EnvelopeException("it is for printer " + payload.path("printer").asText());
        }
        return payload;
      } catch (EnvelopeException e) {
        last = e;
      } catch (SchemaException e) {
        throw new EnvelopeException(e.getMessage());
      }
    }
    throw last;
  }

  /** The id of the key among some that signed a message that was believed. */
  static String signer(byte[] message, List<VerifyingKey> keys) throws EnvelopeException {
    List<String> signed = Envelope.parse(message).keyIds();
    return keys.stream().map(VerifyingKey::id).filter(signed::contains).findFirst().orElse("?");
  }
}
