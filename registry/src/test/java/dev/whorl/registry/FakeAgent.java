package dev.whorl.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.envelope.TokenProof;
import dev.whorl.common.mqtt.Header;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

/** An agent that only speaks: its envelopes are what a real one sends. */
public final class FakeAgent {
  public final String printer;
  public final SigningKey key = SigningKey.generate(new SecureRandom());
  public String bootId = "boot-0001";
  private long seq;

  public FakeAgent(String printer) {
    this.printer = printer;
  }

  public Envelope sign(Topic topic, ObjectNode payload) {
    return Envelope.sign(
        topic.payloadType(), payload.toString().getBytes(StandardCharsets.UTF_8), key);
  }

  public ObjectNode header() {
    Instant time = Instant.parse("2026-11-24T20:00:00Z");
    return new Header(1, ++seq, bootId, seq, time, true).toJson().put("printer", printer);
  }

  /** Says the last number again. */
  public void rewind() {
    seq--;
  }

  public Envelope enrol(String token) {
    ObjectNode payload = header().put("public_key", key.verifyingKey().toPem());
    if (token != null) {
      payload.put("proof", TokenProof.of(token, key.verifyingKey()));
    }
    return sign(Topic.ENROL, payload);
  }

  public Envelope event(String kind) {
    return sign(Topic.EVENT, header().put("kind", kind).put("detail", "x"));
  }

  public ObjectNode payload(String run, Fingerprint fingerprint) {
    ObjectNode payload = header().put("run", run).put("coupon", fingerprint.coupon());
    payload.set("fingerprint", FingerprintJson.tree(fingerprint));
    payload.putObject("environment");
    payload.putObject("frames").put("e.png", "0a".repeat(32));
    return payload;
  }

  public Envelope fingerprint(String run, Fingerprint fingerprint) {
    return sign(Topic.FINGERPRINT, payload(run, fingerprint));
  }
}
