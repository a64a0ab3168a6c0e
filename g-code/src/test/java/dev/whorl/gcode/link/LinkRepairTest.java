package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the link does about lines and answers that get lost or damaged. */
@Execution(ExecutionMode.CONCURRENT)
class LinkRepairTest extends LinkedToMarlin {
  @Test
  void shouldPokeWithTheNextNumberAfterALostOk() throws Exception {
    hello();
    marlin.on("G28", (m, c) -> {});
    int first = marlin.received.size();
    CompletableFuture<List<String>> reply =
        inBackground(() -> link.send("G28", Duration.ofHours(1)));
    await().until(() -> !marlin.executed("G28").isEmpty());
    forwardUntil(reply::isDone, Duration.ofSeconds(1));
    reply.get();

    List<String> sent = marlin.received.subList(first, marlin.received.size());
    int number = numberOf(sent.get(0));
    assertThat(sent.get(0)).startsWith("N" + number + " G28*");
    assertThat(sent).hasSizeGreaterThan(1);
    for (int i = 1; i < sent.size(); i++) {
      assertThat(sent.get(i)).startsWith("N" + (number + i) + " M105*");
    }
    assertThat(marlin.executed("G28")).hasSize(1);
  }

  @Test
  void shouldGoOnAfterSeveralLostOks() throws Exception {
    hello();
    marlin.on("G1 X5 ", (m, c) -> {}).on("G1 X6 ", (m, c) -> {}).on("G1 X40 ", (m, c) -> {});
    streamForwarding(moves(80));
    assertThat(marlin.executed("G1")).isEqualTo(moves(80));
  }

  @Test
  void shouldGoOnAfterTheVeryLastOkIsLost() throws Exception {
    hello();
    marlin.on("G1 X9 ", (m, c) -> {});
    streamForwarding(moves(10));
    assertThat(marlin.executed("G1")).isEqualTo(moves(10));
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldRepeatDamagedLinesHoweverManyOksComeWithTheRequest(int oks) throws Exception {
    marlin.oksAfterResend = oks;
    hello();
    marlin
        .onArrival(" G1 X5 ", 2, (m, line) -> m.refuse("checksum mismatch"))
        .onArrival(" G1 X20 ", 1, (m, line) -> m.refuse("checksum mismatch"))
        .onArrival(" G1 X59 ", 1, (m, line) -> m.refuse("checksum mismatch"));
    streamForwarding(moves(60));
    assertThat(marlin.executed("G1")).isEqualTo(moves(60));
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @Test
  void shouldRepeatALineThatVanished() throws Exception {
    hello();
    marlin.onArrival(" G1 X5 ", 1, (m, line) -> {}).onArrival(" G1 X29 ", 1, (m, line) -> {});
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldUnderstandARequestOfWhichOnlyTheErrorArrived() throws Exception {
    hello();
    marlin.onArrival(
        " G1 X5 ",
        1,
        (m, line) -> m.say("Error:checksum mismatch, Last Line: " + (numberOf(line) - 1)));
    streamForwarding(moves(12));
    assertThat(marlin.executed("G1")).isEqualTo(moves(12));
  }

  @Test
  void shouldIgnoreALateCopyOfAnOldRequest() throws Exception {
    hello();
    marlin.on(
        "G1 X8 ",
        (m, c) -> {
          m.say("Resend: " + (numberOf(c) - 3));
          m.say("ok");
          m.ok(c);
        });
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldNotFollowAGarbledRequest() throws Exception {
    hello();
    marlin.on(
        "G1 X8 ",
        (m, c) -> {
          m.say("Resend: 1");
          m.ok(c);
        });
    marlin.on(
        "G1 X15 ",
        (m, c) -> {
          m.say("Resend: 88888");
          m.ok(c);
        });
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldStopWhenOneLineIsAskedForTenTimes() throws Exception {
    hello();
    marlin.onArrival(" G1 X5 ", 1000, (m, line) -> m.refuse("checksum mismatch"));
    assertThat(failureOf(stream(moves(30))))
        .isExactlyInstanceOf(LinkException.class)
        .hasMessageContaining("asked 10 times for line")
        .hasMessageContaining("too noisy");
    assertThat(marlin.executed).contains("M104 S0", "M140 S0");
    assertThat(marlin.executed("G1")).isEqualTo(moves(5));
  }

  @Test
  void shouldStopWhenThePrinterLostCount() throws Exception {
    hello();
    marlin.on(
        "G1 X20 ",
        (m, c) -> {
          m.loseCount();
          m.ok(c);
        });
    assertThat(failureOf(stream(moves(60))))
        .isExactlyInstanceOf(LinkException.class)
        .hasMessageContaining("it lost count");
    assertThat(marlin.executed("G1").size()).isBetween(21, 25);
    assertThat(marlin.executed("G1")).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepCountWithAdvancedOks() throws Exception {
    marlin.advancedOk = true;
    hello();
    marlin
        .on("G1 X5 ", (m, c) -> {})
        .on("G1 X6 ", (m, c) -> {})
        .onArrival(" G1 X20 ", 1, (m, line) -> m.refuse("checksum mismatch"));
    link.stream(moves(60), (d, t) -> {});
    assertThat(marlin.executed("G1")).isEqualTo(moves(60));
    assertThat(marlin.overruns).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldDeliverEveryLineOnceAndInOrderOverABadCable(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    marlin.advancedOk = random.nextBoolean();
    marlin.oksAfterResend = random.nextInt(3);
    hello();
    for (int i = 0; i < 12; i++) {
      String prefix = "G1 X" + random.nextInt(150) + " ";
      switch (random.nextInt(3)) {
        case 0 -> marlin.on(prefix, (m, c) -> {});
        case 1 -> marlin.onArrival(" " + prefix, 1, (m, line) -> {});
        default -> marlin.onArrival(" " + prefix, 1, (m, line) -> m.refuse("checksum mismatch"));
      }
    }
    streamForwarding(moves(150));
    assertThat(marlin.executed("G1")).isEqualTo(moves(150));
  }

  @Test
  void shouldNotMindNoiseAmongTheReplies() throws Exception {
    hello();
    marlin.on(
        "G1 X3 ",
        (m, c) -> {
          cable.say("\u0000\u00ff\u0000" + "z".repeat(100_000) + "\n");
          cable.say("o\u0000k\n");
        });
    link.stream(moves(10), (d, t) -> {});
    assertThat(marlin.executed("G1")).isEqualTo(moves(10));
    assertThat(heard).allSatisfy(r -> assertThat(r.text().length()).isLessThanOrEqualTo(1024));
  }

  // ---- Waiting.
}
