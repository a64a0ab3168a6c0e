package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.mqtt.Topic;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An operator at a keyboard: one signed command, one reply. */
public final class OperatorVoice {
  /** Long enough for a clock that is a little off, too short to be played again later. */
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  private static final int WAITING_REPLIES = 16;

  private final MqttSettings broker;
  private final String printer;
  private final SigningKey key;

  /**
   * @param broker how to reach it
   * @param printer whose agent is commanded
   * @param key the operator's
   */
  public OperatorVoice(MqttSettings broker, String printer, SigningKey key) {
    this.broker = broker;
    this.printer = printer;
    this.key = key;
  }

  /**
   * Sends a command and waits. The reply is what the agent's topic said; the operator does not know
   * the agent's key, so its signature is not checked.
   *
   * @return empty when no reply came
   * @throws UserError when the broker cannot be reached
   */
  public Optional<JsonNode> command(String verb, Duration connect, Duration patience)
      throws InterruptedException {
    String id = UUID.randomUUID().toString();
    BlockingQueue<Message> replies = new ArrayBlockingQueue<>(WAITING_REPLIES);
    try (BrokerLink link =
        new BrokerLink(broker, "whorl-cmd-" + id, null, replies::offer, new SplittableRandom())) {
      link.subscribe(Topic.REPLY.of(printer), Topic.REPLY.qos());
      link.start();
      if (!link.awaitConnected(connect)) {
        throw UserError.network(
            broker.url() + ": no connection within " + connect.toSeconds() + " s");
      }
      link.publish(printer, Topic.CMD, envelope(id, verb).toBytes())
          .get(connect.toSeconds(), TimeUnit.SECONDS);
      return await(replies, id, patience);
    } catch (ExecutionException | TimeoutException e) {
      throw UserError.network(broker.url() + ": the command was not sent: " + e.getMessage());
    }
  }

  private Envelope envelope(String id, String verb) {
    Headers headers =
        new Headers(
            UUID.randomUUID().toString(),
            Clock.systemUTC(),
            System::nanoTime,
            MachineClock::synced);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", id).put("verb", verb);
    body.put("not_after", Instant.now().plus(GOOD_FOR).toString());
    return new Voice(printer, key, headers).signed(Topic.CMD, body);
  }

  private static Optional<JsonNode> await(
      BlockingQueue<Message> replies, String id, Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    while (true) {
      Message message = replies.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        return Optional.empty();
      }
      try {
        JsonNode reply = new ObjectMapper().readTree(Envelope.parse(message.payload()).payload());
        if (reply.path("id").asText().equals(id)) {
          return Optional.of(reply);
        }
      } catch (EnvelopeException | IOException e) {
        // Somebody else's noise on the topic is no reply of ours.
        continue;
      }
    }
  }
}
