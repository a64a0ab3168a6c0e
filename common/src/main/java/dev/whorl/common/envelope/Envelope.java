package dev.whorl.common.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A signed envelope, DSSE 1.0: {@code {"payloadType", "payload": base64, "signatures": [{"keyid",
 * "sig"}]}}. Signatures are over the pre-authentication encoding of the type and the exact payload
 * bytes, so nothing is ever re-serialised to be checked.
 */
public final class Envelope {
  /** The largest envelope that is read: a fingerprint is at most 8 KB, base64 adds a third. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_SIGNATURES = 4;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private record Signed(String keyId, byte[] signature) {}

  private final String payloadType;
  private final byte[] payload;
  private final List<Signed> signatures;

  private Envelope(String payloadType, byte[] payload, List<Signed> signatures) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signatures = signatures;
  }

  /** Signs payload bytes with one key. */
  public static Envelope sign(String payloadType, byte[] payload, SigningKey key) {
    byte[] signature = key.sign(preAuthenticationEncoding(payloadType, payload));
    return new Envelope(
        payloadType, payload.clone(), List.of(new Signed(key.verifyingKey().id(), signature)));
  }

  /**
   * Reads an envelope; its signature is not checked yet.
   *
   * @throws EnvelopeException when the bytes are too many or not exactly an envelope
   */
  public static Envelope parse(byte[] bytes) throws EnvelopeException {
    if (bytes.length > MAX_BYTES) {
      throw new EnvelopeException(bytes.length + " bytes, more than " + MAX_BYTES);
    }
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new EnvelopeException("not JSON");
    }
    fields(node, Set.of("payloadType", "payload", "signatures"));
    List<Signed> signatures = new ArrayList<>();
    JsonNode list = node.path("signatures");
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_SIGNATURES) {
      throw new EnvelopeException("not 1 to " + MAX_SIGNATURES + " signatures");
    }
    for (JsonNode signature : list) {
      fields(signature, Set.of("keyid", "sig"));
      signatures.add(new Signed(text(signature, "keyid"), base64(signature, "sig")));
    }
    return new Envelope(text(node, "payloadType"), base64(node, "payload"), signatures);
  }

  /**
   * Checks that the envelope is of a type and signed by a key.
   *
   * @return the payload's exact bytes
   * @throws EnvelopeException when it is not
   */
  public byte[] verify(String expectedType, VerifyingKey key) throws EnvelopeException {
    if (!payloadType.equals(expectedType)) {
      throw new EnvelopeException("payload type " + payloadType + ", not " + expectedType);
    }
    byte[] signed = preAuthenticationEncoding(payloadType, payload);
    boolean named = false;
    for (Signed signature : signatures) {
      if (signature.keyId.equals(key.id())) {
        named = true;
        if (key.verifies(signed, signature.signature)) {
          return payload();
        }
      }
    }
    throw new EnvelopeException(
        named ? "the signature of key " + key.id() + " is wrong" : "not signed by key " + key.id());
  }

  /** What kind of payload it says it carries. */
  public String payloadType() {
    return payloadType;
  }

  /** The payload's bytes, which nobody vouches for until {@link #verify} did. */
  public byte[] payload() {
    return payload.clone();
  }

  /** SHA-256 of the payload's bytes in hex: the name under which receipts speak of it. */
  public String digest() {
    return Digest.sha256Hex(payload);
  }

  /** The ids of the keys that are said to have signed. */
  public List<String> keyIds() {
    return signatures.stream().map(Signed::keyId).toList();
  }

  /** The envelope as JSON. */
  public byte[] toBytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("payloadType", payloadType);
    node.put("payload", Base64.getEncoder().encodeToString(payload));
    for (Signed signature : signatures) {
      node.withArray("signatures")
          .addObject()
          .put("keyid", signature.keyId)
          .put("sig", Base64.getEncoder().encodeToString(signature.signature));
    }
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings cannot fail to be written", e);
    }
  }

  /** "DSSEv1" SP length(type) SP type SP length(payload) SP payload; lengths in bytes, decimal. */
  static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream encoding = new ByteArrayOutputStream();
    encoding.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
    encoding.writeBytes(type);
    encoding.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    encoding.writeBytes(payload);
    return encoding.toByteArray();
  }

  private static void fields(JsonNode node, Set<String> expected) throws EnvelopeException {
    Set<String> present = new TreeSet<>();
    node.fieldNames().forEachRemaining(present::add);
    if (!node.isObject() || !present.equals(expected)) {
      throw new EnvelopeException("not an object of exactly " + new TreeSet<>(expected));
    }
  }

  private static String text(JsonNode node, String field) throws EnvelopeException {
    String value = node.path(field).textValue();
    if (value == null) {
      throw new EnvelopeException(field + " is not a string");
    }
    return value;
  }

  private static byte[] base64(JsonNode node, String field) throws EnvelopeException {
    try {
      return Base64.getDecoder().decode(text(node, field));
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException(field + " is not base64");
    }
  }
}
