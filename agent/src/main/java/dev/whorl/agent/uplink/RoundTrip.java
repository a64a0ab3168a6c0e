package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.mqtt.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Proves the way to the registry and back: an event is sent and its signed receipt waited for. A
 * broker's acknowledgement alone proves nothing, for it comes even when an ACL denied the publish.
 */
public final class RoundTrip {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int WAITING = 16;

  private final MqttSettings broker;
  private final String printer;
  private final SigningKey key;

  public RoundTrip(MqttSettings broker, String printer, SigningKey key) {
    this.broker = broker;
    this.printer = printer;
    this.key = key;
  }

  /**
   * Goes there and back.
   *
   * @param registry whose receipt is believed; null where only the broker can be tried
   * @return what was found, for people
   * @throws UserError when the broker or the registry does not answer
   */
  public String make(@Nullable VerifyingKey registry) throws InterruptedException {
    BlockingQueue<Message> receipts = new ArrayBlockingQueue<>(WAITING);
    String client = "whorl-check-" + UUID.randomUUID();
    try (BrokerLink link =
        new BrokerLink(broker, client, null, receipts::offer, new SplittableRandom())) {
      link.subscribe(Topic.RECEIPT.of(printer), Topic.RECEIPT.qos());
      link.start();
      if (!link.awaitConnected(CONNECT)) {
        throw UserError.network(
            broker.url()
                + ": no connection, or no leave to read "
                + Topic.RECEIPT.of(printer)
                + ", within "
                + CONNECT.toSeconds()
                + " s");
      }
      if (registry == null) {
        return "connected; nothing can prove the way to the registry without registry.key";
      }
      Envelope event = event();
      link.publish(printer, Topic.EVENT, event.toBytes()).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
      return await(receipts, event.digest(), registry);
    } catch (ExecutionException | TimeoutException e) {
      throw UserError.network(broker.url() + ": nothing could be sent: " + e.getMessage());
    }
  }

  private Envelope event() {
    Headers headers =
        new Headers(
            UUID.randomUUID().toString(),
            Clock.systemUTC(),
            System::nanoTime,
            MachineClock::synced);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("kind", "check").put("detail", "a round trip");
    return new Voice(printer, key, headers).signed(Topic.EVENT, body);
  }

  private String await(BlockingQueue<Message> receipts, String digest, VerifyingKey registry)
      throws InterruptedException {
    long endNanos = System.nanoTime() + ANSWER.toNanos();
    String disbelieved = "";
    while (true) {
      Message message = receipts.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw UserError.network(
            broker.url()
                + ": connected, but no receipt from the registry within "
                + ANSWER.toSeconds()
                + " s"
                + disbelieved
                + "; is it running, and may this agent write "
                + Topic.EVENT.of(printer)
                + "?");
      }
      try {
        JsonNode receipt =
            RegistryVoice.believe(Topic.RECEIPT, message.payload(), List.of(registry), printer);
        if (receipt.path("digest").asText().equals(digest)) {
          String result = receipt.path("result").asText();
          String reason = receipt.path("reason").asText();
          return "there and back, the registry says "
              + result
              + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
      } catch (EnvelopeException e) {
        disbelieved = " (one came that was not believed: " + e.getMessage() + ")";
      }
    }
  }
}
