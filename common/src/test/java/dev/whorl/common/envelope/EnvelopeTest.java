package dev.whorl.common.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final String TYPE = "application/vnd.whorl.event+json";
  private final SigningKey key = SigningKey.generate(new SecureRandom());

  @Test
  void shouldEncodeAsTheProtocolsOwnExample() {
    // From the DSSE specification, protocol.md.
    assertThat(
            Envelope.preAuthenticationEncoding(
                "http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void shouldGiveBackTheExactBytesThatWereSigned() throws EnvelopeException {
    byte[] payload = "{ \"a\" :1}\n".getBytes(UTF_8);
    Envelope read = Envelope.parse(Envelope.sign(TYPE, payload, key).toBytes());
    assertThat(read.verify(TYPE, key.verifyingKey())).isEqualTo(payload);
    assertThat(read.keyIds()).containsExactly(key.verifyingKey().id());
    assertThat(read.digest()).isEqualTo(Digest.sha256Hex(payload));
  }

  @Test
  void shouldRefuseAnotherKeyAnotherTypeAndAnotherPayload() throws EnvelopeException {
    Envelope signed = Envelope.sign(TYPE, "{}".getBytes(UTF_8), key);
    VerifyingKey other = SigningKey.generate(new SecureRandom()).verifyingKey();
    assertThatThrownBy(() -> signed.verify(TYPE, other)).hasMessageStartingWith("not signed by");
    assertThatThrownBy(() -> signed.verify("text/plain", key.verifyingKey()))
        .hasMessage("payload type " + TYPE + ", not text/plain");
    String changed = new String(signed.toBytes(), UTF_8).replace("\"e30=\"", "\"W10=\"");
    assertThatThrownBy(
            () -> Envelope.parse(changed.getBytes(UTF_8)).verify(TYPE, key.verifyingKey()))
        .hasMessageContaining("is wrong");
    // A signature that is no signature at all must be refused, not thrown about.
    String cut =
        new String(signed.toBytes(), UTF_8).replaceAll("\"sig\":\"[^\"]*\"", "\"sig\":\"AA==\"");
    assertThatThrownBy(() -> Envelope.parse(cut.getBytes(UTF_8)).verify(TYPE, key.verifyingKey()))
        .isInstanceOf(EnvelopeException.class);
  }

  @Test
  void shouldRefuseWhatIsNotExactlyAnEnvelope() {
    String good = new String(Envelope.sign(TYPE, "{}".getBytes(UTF_8), key).toBytes(), UTF_8);
    for (String bad :
        new String[] {
          "",
          "{",
          "[]",
          "null",
          good + "x",
          good.replace("\"payload\"", "\"Payload\""),
          good.replaceFirst("\\{", "{\"extra\":1,"),
          good.replaceFirst("\\{", "{\"payload\":\"\","),
          good.replace("\"e30=\"", "\"*\""),
          good.replace("\"e30=\"", "7"),
          good.replaceAll("\\[.*]", "[]"),
          good.replaceAll("\\[.*]", "{}"),
        }) {
      assertThatThrownBy(() -> Envelope.parse(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(EnvelopeException.class);
    }
    assertThatThrownBy(() -> Envelope.parse(new byte[Envelope.MAX_BYTES + 1]))
        .hasMessage("65537 bytes, more than 65536");
  }
}
