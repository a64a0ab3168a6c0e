package dev.whorl.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

  @TempDir Path dir;
  private final SigningKey operator = SigningKey.generate(new SecureRandom());
  private final SigningKey stranger = SigningKey.generate(new SecureRandom());
  private final List<String> done = new ArrayList<>();
  private boolean synced = true;
  private Commands commands;

  @BeforeEach
  void start() throws Exception {
    commands = commands(false);
  }

  private Commands commands(boolean allowClearBed) throws Exception {
    return new Commands(
        "bench-07",
        List.of(operator.verifyingKey()),
        allowClearBed,
        new RememberedIds(dir.resolve("commands.json")),
        new CommandTarget() {
          @Override
          public String enroll(String by) {
            done.add("enroll");
            return null;
          }

          @Override
          public String clearBed(String by) {
            done.add("clear-bed");
            return null;
          }

          @Override
          public String cool(String by) {
            done.add("cool");
            return null;
          }

          @Override
          public String abort(String by) {
            done.add("abort");
            return "no run is under way";
          }
        },
        () -> NOW,
        () -> synced);
  }

  private static Message command(
      SigningKey key, String printer, String id, String verb, Instant notAfter, boolean retained) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", id).put("verb", verb).put("not_after", notAfter.toString());
    Headers headers = new Headers("0123456789", () -> NOW, () -> 0, () -> true);
    return new Message(
        Topic.CMD.of("bench-07"),
        new Voice(printer, key, headers).signed(Topic.CMD, body).toBytes(),
        retained);
  }

  private Message command(String id, String verb) {
    return command(operator, "bench-07", id, verb, NOW.plusSeconds(60), false);
  }

  @Test
  void shouldDoWhatAnOperatorSigned() {
    assertThat(commands.take(command("a1", "enroll")))
        .contains(new Commands.Outcome("a1", true, ""));
    assertThat(done).containsExactly("enroll");
  }

  @Test
  void shouldTellWhyTheAgentWillNot() {
    assertThat(commands.take(command("a1", "abort")))
        .contains(new Commands.Outcome("a1", false, "no run is under way"));
  }

  @Test
  void shouldIgnoreStrangersOtherPrintersAndWhatWasRetained() {
    Instant soon = NOW.plusSeconds(60);

    assertThat(commands.take(command(stranger, "bench-07", "a1", "enroll", soon, false))).isEmpty();
    assertThat(commands.take(command(operator, "bench-08", "a2", "enroll", soon, false))).isEmpty();
    assertThat(commands.take(command(operator, "bench-07", "a3", "enroll", soon, true))).isEmpty();
    assertThat(
            commands.take(
                new Message("t", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), false)))
        .isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void shouldRefuseWhatExpiredOrIsGoodForTooLong() {
    assertThat(
            commands
                .take(command(operator, "bench-07", "a1", "cool", NOW.minusMillis(1), false))
                .get()
                .reason())
        .startsWith("expired at");
    assertThat(
            commands
                .take(
                    command(
                        operator, "bench-07", "a2", "cool", NOW.plus(Duration.ofDays(2)), false))
                .get()
                .reason())
        .startsWith("good for longer than a day");
    assertThat(done).isEmpty();
  }

  @Test
  void shouldDoNothingTwiceNotEvenAfterARestart() throws Exception {
    Message message = command("a1", "enroll");
    commands.take(message);
    commands = commands(false);

    assertThat(commands.take(message).get())
        .isEqualTo(new Commands.Outcome("a1", false, "a command of this id was taken before"));
    assertThat(done).containsExactly("enroll");
  }

  @Test
  void shouldOnlyCoolAndAbortBeforeTheTimeIsKnown() {
    synced = false;
    Instant longAgo = NOW.minus(Duration.ofDays(9000));

    assertThat(commands.take(command("a1", "enroll")).get().ok()).isFalse();
    assertThat(
            commands.take(command(operator, "bench-07", "a2", "cool", longAgo, false)).get().ok())
        .isTrue();
    assertThat(done).containsExactly("cool");
  }

  @Test
  void shouldClearTheBedByCommandOnlyWhereTheConfigAllowsIt() throws Exception {
    assertThat(commands.take(command("a1", "clear-bed")).get().reason())
        .contains("mqtt.allow_clear_bed is false");
    assertThat(commands(true).take(command("a2", "clear-bed")).get().ok()).isTrue();
    assertThat(done).containsExactly("clear-bed");
  }
}
