package dev.whorl.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final String OURS = "00112233aabbccdd";

  private static ObjectNode payload() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("digest", "ab".repeat(32))
        .put("result", "refused")
        .put("reason", "unknown key");
  }

  @Test
  void shouldReadWhatBecameOfADigest() {
    Receipt receipt = Receipt.of(payload());

    assertThat(receipt).isEqualTo(new Receipt("ab".repeat(32), "refused", "unknown key"));
    assertThat(receipt.refused()).isTrue();
  }

  @Test
  void shouldNotTakeAnAnswerToAnotherKeyForItsOwn() {
    assertThat(Receipt.answers(payload().put("key_id", OURS), OURS)).isTrue();
    assertThat(Receipt.answers(payload().put("key_id", "ffff2233aabbccdd"), OURS)).isFalse();
    assertThat(Receipt.answers(payload(), OURS)).as("a registry that names no key").isTrue();
  }
}
