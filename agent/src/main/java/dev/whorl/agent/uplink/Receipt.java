package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry says became of a message.
 *
 * @param digest which
 * @param result stored, refused or retry
 * @param reason why, empty where it was stored
 */
public record Receipt(String digest, String result, String reason) {
  /** Reads a receipt whose form its schema has checked. */
  static Receipt of(JsonNode payload) {
    return new Receipt(
        payload.path("digest").asText(),
        payload.path("result").asText(),
        payload.path("reason").asText());
  }

  /**
   * Whether it answers what one key signed. Another key's copy of the same message may have been
   * refused, and that must not take ours out of the outbox.
   */
  static boolean answers(JsonNode payload, String keyId) {
    return payload.path("key_id").asText(keyId).equals(keyId);
  }

  public boolean stored() {
    return result.equals("stored");
  }

  public boolean refused() {
    return result.equals("refused");
  }
}
