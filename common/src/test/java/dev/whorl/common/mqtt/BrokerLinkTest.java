package dev.whorl.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrokerLinkTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private final List<BrokerLink> links = new ArrayList<>();
  private final Queue<String> got = new ConcurrentLinkedQueue<>();
  private Broker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = new Broker().start();
  }

  @AfterEach
  void closeAll() {
    links.forEach(BrokerLink::close);
    broker.close();
  }

  private BrokerLink link(String clientId, Will will) {
    BrokerLink link =
        new BrokerLink(
            MqttSettings.plain(broker.url()),
            clientId,
            will,
            message -> got.add(message.topic() + " " + new String(message.payload(), UTF_8)),
            new SplittableRandom(7));
    links.add(link);
    return link;
  }

  @Test
  void shouldDeliverMoreThanItsWindowAtOnce() throws Exception {
    BrokerLink reader = link("reader", null);
    reader.subscribe(Topic.STATE.ofAll(), 1);
    reader.start();
    BrokerLink writer = link("writer", null);
    writer.start();
    assertThat(reader.awaitConnected(LONG)).isTrue();
    assertThat(writer.awaitConnected(LONG)).isTrue();
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      futures.add(writer.publish("bench-07", Topic.STATE, Integer.toString(i).getBytes(UTF_8)));
    }
    CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
    await().atMost(LONG).until(() -> got.size() >= 200);
    assertThat(got.stream().distinct()).hasSize(200).contains("whorl/bench-07/state 199");
  }

  @Test
  void shouldComeBackWithItsSubscriptionsWhenTheBrokerDoes() throws Exception {
    AtomicInteger connects = new AtomicInteger();
    BrokerLink link = link("agent", null);
    link.subscribe("whorl/bench-07/receipt", 1);
    link.onConnected(connects::incrementAndGet);
    link.start();
    await().atMost(LONG).until(() -> connects.get() == 1);
    broker.stop();
    await().atMost(LONG).until(() -> !link.isConnected());
    assertThatThrownBy(() -> link.publish("bench-07", Topic.STATE, new byte[0]).get())
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("not connected to tcp://127.0.0.1:");
    broker.start();
    await().atMost(LONG).until(() -> connects.get() >= 2);
    link.publish("bench-07", Topic.RECEIPT, "back".getBytes(UTF_8)).get(60, TimeUnit.SECONDS);
    await().atMost(LONG).until(() -> got.contains("whorl/bench-07/receipt back"));
  }

  @Test
  void shouldConnectToABrokerThatStartsLater() throws Exception {
    broker.stop();
    BrokerLink link = link("early", null);
    link.start();
    assertThat(link.isConnected()).isFalse();
    broker.start();
    assertThat(link.awaitConnected(LONG)).isTrue();
  }

  @Test
  void shouldHandRetainedMessagesAndTheWillToThoseWhoAsk() throws Exception {
    BrokerLink agent = link("agent", new Will(Topic.STATUS.of("a"), "gone".getBytes(UTF_8), true));
    agent.start();
    assertThat(agent.awaitConnected(LONG)).isTrue();
    agent.publish("a", Topic.STATUS, "here".getBytes(UTF_8)).get(60, TimeUnit.SECONDS);
    Queue<Message> seen = new ConcurrentLinkedQueue<>();
    BrokerLink reader =
        new BrokerLink(
            MqttSettings.plain(broker.url()), "reader", null, seen::add, new SplittableRandom(1));
    links.add(reader);
    reader.subscribe(Topic.STATUS.ofAll(), 1);
    reader.start();
    await().atMost(LONG).until(() -> !seen.isEmpty());
    assertThat(seen.peek().payload()).asString(UTF_8).isEqualTo("here");
    // A second client of the same name throws the first out, which is a loss without goodbye.
    link("agent", null).start();
    await().atMost(LONG).until(() -> seen.size() > 1);
    assertThat(seen.stream().skip(1).findFirst().orElseThrow().payload())
        .asString(UTF_8)
        .isEqualTo("gone");
  }

  @Test
  void shouldGoOnAfterAHandlerThatThrew() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    BrokerLink link =
        new BrokerLink(
            MqttSettings.plain(broker.url()),
            "thrower",
            null,
            message -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
              }
            },
            new SplittableRandom(1));
    links.add(link);
    link.subscribe("t", 1);
    link.start();
    assertThat(link.awaitConnected(LONG)).isTrue();
    link.publish("t", new byte[1], 1, false).get(60, TimeUnit.SECONDS);
    link.publish("t", new byte[1], 1, false).get(60, TimeUnit.SECONDS);
    await().atMost(LONG).until(() -> calls.get() == 2);
  }

  @Test
  void shouldSpreadAndBoundItsWaits() {
    Backoff backoff = new Backoff(new SplittableRandom(3));
    long longestMs = 1000;
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.next().toMillis()).isBetween(longestMs / 2, longestMs);
      longestMs = Math.min(60_000, longestMs * 2);
    }
    backoff.reset();
    assertThat(backoff.next().toMillis()).isBetween(500L, 1000L);
  }
}
