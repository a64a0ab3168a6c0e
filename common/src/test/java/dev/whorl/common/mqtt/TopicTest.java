package dev.whorl.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void shouldNameTopicsAndTakeThemApart() {
    assertThat(Topic.FINGERPRINT.of("bench-07")).isEqualTo("whorl/bench-07/fingerprint");
    assertThat(Topic.CMD.ofAll()).isEqualTo("whorl/+/cmd");
    assertThat(Topic.parse("whorl/bench-07/verdict"))
        .contains(new Topic.Address("bench-07", Topic.VERDICT));
    for (String none :
        new String[] {
          "", "whorl/a", "whorl/A/cmd", "whorl/a/cmd/x", "other/a/cmd", "whorl/a/zzz"
        }) {
      assertThat(Topic.parse(none)).as(none).isEmpty();
    }
  }

  @Test
  void shouldNumberMessagesFromOneAndReadThemBack() {
    AtomicLong nanos = new AtomicLong(5_000_000);
    Instant now = Instant.parse("2026-11-24T20:00:00.123456Z");
    Headers headers = new Headers("0123-boot", () -> now, nanos::get, () -> true);
    headers.next();
    nanos.set(1_005_000_000);
    Header second = headers.next();
    assertThat(second.seq()).isEqualTo(2);
    assertThat(second.uptimeMs()).isEqualTo(1000);
    ObjectNode json = second.toJson();
    assertThat(json.get("time").textValue()).isEqualTo("2026-11-24T20:00:00.123Z");
    assertThat(Header.read(json)).isEqualTo(second);
  }
}
