package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedRelayTest {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final RecordingRelay wire = new RecordingRelay(calls);
  private final TimedRelay relay = new TimedRelay(wire);

  @AfterEach
  void close() {
    relay.close();
  }

  @Test
  void shouldCutByItselfWhenNobodyComesInTime() throws Exception {
    relay.arm(Duration.ofMillis(20));
    relay.arm(Duration.ofMillis(1));

    await().atMost(Duration.ofSeconds(20)).until(relay::isOff);
    relay.powerOff();
    assertThat(calls).as("the conductor only writes it down").containsExactly("power off");

    relay.powerOn();
    assertThat(relay.isOff()).isFalse();
    relay.powerOff();
    assertThat(calls).containsExactly("power off", "power on", "power off");
  }

  @Test
  void shouldNotCutAPrinterThatAnswersAgain() throws Exception {
    relay.arm(Duration.ofSeconds(1));
    relay.disarm();
    relay.arm(Duration.ofHours(1));

    // The first would have fired before a second that is armed anew.
    relay.disarm();
    relay.arm(Duration.ofMillis(1200));
    await().atMost(Duration.ofSeconds(20)).until(relay::isOff);
    assertThat(calls).containsExactly("power off");
  }

  @Test
  void shouldLeaveItToTheConductorWhenTheRelayFails() throws Exception {
    wire.works = false;
    relay.arm(Duration.ofMillis(1));
    await().atMost(Duration.ofSeconds(20)).until(() -> calls.size() == 1);
    wire.works = true;

    relay.powerOff();

    assertThat(relay.isOff()).isTrue();
    assertThat(calls).containsExactly("power off", "power off");
  }
}
