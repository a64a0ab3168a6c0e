package dev.whorl.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.envelope.TokenProof;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.common.schema.Schemas;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The far end of the broker: checks what an agent sends as the protocol says, and answers. */
final class RegistryStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final SigningKey key = SigningKey.generate(new SecureRandom());
  final List<JsonNode> fingerprints = new CopyOnWriteArrayList<>();
  final List<String> heard = new CopyOnWriteArrayList<>();
  final List<String> wrong = new CopyOnWriteArrayList<>();
  private final String token;
  private final Headers headers =
      new Headers(UUID.randomUUID().toString(), Clock.systemUTC(), System::nanoTime, () -> true);
  private final BrokerLink link;
  private volatile VerifyingKey agent;

  RegistryStandIn(MqttSettings broker, String token) throws InterruptedException {
    this.token = token;
    link = new BrokerLink(broker, "registry", null, this::receive, new SplittableRandom(1));
    link.subscribe("whorl/#", 1);
    link.start();
    if (!link.awaitConnected(Duration.ofSeconds(20))) {
      throw new IllegalStateException("the broker does not answer");
    }
  }

  private void receive(Message message) {
    heard.add(message.topic());
    Topic.Address address = Topic.parse(message.topic()).orElseThrow();
    try {
      switch (address.topic()) {
        case ENROL -> enrol(address.printer(), message.payload());
        case EVENT, FINGERPRINT -> take(address, message.payload());
        case RECEIPT, VERDICT -> {}
        default -> Schemas.validate(address.topic(), message.payload());
      }
    } catch (Exception e) {
      wrong.add(message.topic() + ": " + e.getMessage());
    }
  }

  private void enrol(String printer, byte[] bytes) throws Exception {
    Envelope envelope = Envelope.parse(bytes);
    VerifyingKey claimed =
        VerifyingKey.fromPem(JSON.readTree(envelope.payload()).path("public_key").asText());
    JsonNode payload =
        Schemas.validate(Topic.ENROL, envelope.verify(Topic.ENROL.payloadType(), claimed));
    if (TokenProof.holds(payload.path("proof").asText(), token, claimed)) {
      agent = claimed;
      receipt(printer, envelope.digest(), "stored", "");
    } else {
      receipt(printer, envelope.digest(), "refused", "wrong token");
    }
  }

  private void take(Topic.Address address, byte[] bytes) throws Exception {
    Envelope envelope = Envelope.parse(bytes);
    VerifyingKey known = agent;
    if (known == null) {
      receipt(address.printer(), envelope.digest(), "retry", "not enrolled");
      return;
    }
    JsonNode payload =
        Schemas.validate(address.topic(), envelope.verify(address.topic().payloadType(), known));
    receipt(address.printer(), envelope.digest(), "stored", "");
    if (address.topic() == Topic.FINGERPRINT) {
      fingerprints.add(payload);
      verdict(address.printer(), payload.path("run").asText(), envelope.digest());
    }
  }

  private void receipt(String printer, String digest, String result, String reason) {
    ObjectNode body = headers.next().toJson();
    body.put("printer", printer).put("digest", digest);
    body.put("result", result).put("reason", reason);
    publish(printer, Topic.RECEIPT, body);
  }

  private void verdict(String printer, String run, String digest) {
    ObjectNode body = headers.next().toJson();
    body.put("printer", printer).put("run", run).put("digest", digest);
    body.putNull("log10_lr").put("verdict", "match").put("event", "none");
    body.putObject("components");
    body.put("template", "created");
    publish(printer, Topic.VERDICT, body);
  }

  private void publish(String printer, Topic topic, ObjectNode body) {
    byte[] payload = body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    link.publish(printer, topic, Envelope.sign(topic.payloadType(), payload, key).toBytes());
  }

  @Override
  public void close() {
    link.close();
  }
}
