package dev.whorl.common.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The fields with which every payload starts.
 *
 * @param v version of the payload's form, 1
 * @param seq counts the sender's messages since {@code bootId} began
 * @param bootId names one start of the sender; order is by (bootId, seq), never by time
 * @param uptimeMs since that start
 * @param time the sender's clock
 * @param timeSynced whether that clock had been set from the network
 */
public record Header(
    int v, long seq, String bootId, long uptimeMs, Instant time, boolean timeSynced) {

  /** A new object that holds these fields and to which the payload's own are added. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("v", v)
        .put("seq", seq)
        .put("boot_id", bootId)
        .put("uptime_ms", uptimeMs)
        .put("time", time.toString())
        .put("time_synced", timeSynced);
  }

  /**
   * Reads the header of a payload that its schema found well-formed.
   *
   * @throws IllegalArgumentException when the time is none
   */
  public static Header read(JsonNode payload) {
    try {
      return new Header(
          payload.path("v").asInt(),
          payload.path("seq").asLong(),
          payload.path("boot_id").asText(),
          payload.path("uptime_ms").asLong(),
          Instant.parse(payload.path("time").asText()),
          payload.path("time_synced").asBoolean());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time is not an instant", e);
    }
  }
}
