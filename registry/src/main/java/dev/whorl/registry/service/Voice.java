package dev.whorl.registry.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.registry.intake.Receipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the registry says: receipts and verdicts, numbered and signed. */
final class Voice implements Receipts {
  private static final Logger LOG = LoggerFactory.getLogger(Voice.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Hands an envelope to the broker. */
  interface Publisher {
    /** Completes when the broker has it. */
    CompletableFuture<Void> publish(String printer, Topic topic, byte[] payload);
  }

  private final SigningKey key;
  private final Headers headers;
  private final Publisher publisher;

  Voice(SigningKey key, Headers headers, Publisher publisher) {
    this.key = key;
    this.headers = headers;
    this.publisher = publisher;
  }

  @Override
  public void send(String printer, String digest, String keyId, Result result, String reason) {
    ObjectNode receipt = JSON.createObjectNode();
    receipt.put("digest", digest);
    receipt.put("result", result.name().toLowerCase(Locale.ROOT));
    receipt.put("reason", reason);
    receipt.put("key_id", keyId);
    say(printer, Topic.RECEIPT, receipt)
        .whenComplete(
            (done, thrown) -> {
              if (thrown != null) {
                LOG.warn("{}: a receipt did not go out: {}", printer, thrown.getMessage());
              }
            });
  }

  /** Publishes a verdict, retained. */
  CompletableFuture<Void> sendVerdict(String printer, String json) {
    try {
      return say(printer, Topic.VERDICT, JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException("a stored verdict cannot be read", e);
    }
  }

  private CompletableFuture<Void> say(String printer, Topic topic, JsonNode body) {
    ObjectNode payload = headers.next().toJson().put("printer", printer);
    payload.setAll((ObjectNode) body);
    byte[] bytes = payload.toString().getBytes(StandardCharsets.UTF_8);
    return publisher.publish(
        printer, topic, Envelope.sign(topic.payloadType(), bytes, key).toBytes());
  }
}
