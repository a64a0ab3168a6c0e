package dev.whorl.agent.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** M112 from the host, and what becomes of printer, cable and agent while a host is there. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class HostsEmergencyTest {
  @TempDir Path dir;
  private SharedBench bench;
  private RawTerminal terminal;

  @BeforeEach
  void connect() throws Exception {
    bench = new SharedBench(dir, "--time-scale", "2000");
    bench.startAgent();
    terminal = new RawTerminal(bench.passThrough);
  }

  @AfterEach
  void disconnect() throws Exception {
    terminal.close();
    bench.close();
  }

  /** The machine writes down what it did a moment after it said so. */
  private void awaitExecuted(String... last) {
    await().atMost(Child.LONG).untilAsserted(() -> assertThat(bench.executed()).endsWith(last));
  }

  private void stopAndReset(String moment) throws Exception {
    int before = terminal.listen().size();
    terminal.say("M112");
    terminal.awaitHeard("Error:Printer halted. kill() called!", before);
    bench.hands("power-cycle");
    terminal.awaitHeard("start", before);
    await(moment + ", and the printer is back")
        .atMost(Child.LONG)
        .until(() -> bench.status().path("temperatures").isObject());
  }

  @Test
  void shouldStopThePrinterForTheHostAtAnyMoment() throws Exception {
    stopAndReset("idle");

    // A dwell of a second of this machine's time: what is queued behind it must not move.
    terminal.say("G4 S2000");
    terminal.say("G28 X");
    stopAndReset("in a print of its own");
    assertThat(bench.executed()).doesNotContain("G28 X");

    bench.ask("clear-bed");
    bench.ask("enroll");
    bench.awaitPhase("PRINT");
    terminal.say("G28 Y");
    stopAndReset("in a coupon");
    bench.awaitPhase("FAULT");
    assertThat(bench.status().path("fault").asText()).contains("M112");
    assertThat(bench.status().path("host").asText()).isEqualTo("held");

    terminal.say("G28 Z");
    terminal.awaitHeard("echo:busy: paused for user", terminal.listen().size());
    stopAndReset("while held");
    bench.ask("clear-bed");
    terminal.print(List.of("M117 free"));
    awaitExecuted("M117 free");
    assertThat(bench.executed())
        .as("what M112 found waiting is gone")
        .doesNotContain("G28 Y", "G28 Z");
  }

  @Test
  void shouldGoOnAfterThePrinterWasPluggedInUnderAnotherName() throws Exception {
    terminal.print(List.of("M117 before"));
    bench.unplug();
    terminal.awaitHeard("Error:", 0);
    int before = terminal.listen().size();
    terminal.say("M117 lost");
    bench.plug();

    terminal.awaitHeard("start", before);
    terminal.print(List.of("M117 after"));
    awaitExecuted("M117 after");
    assertThat(bench.executed()).doesNotContain("M117 lost");
    assertThat(bench.agent().said()).containsOnlyOnce("trying until the printer is back");
  }

  @Test
  void shouldHoldTheHostFromTheFirstByteAfterTheAgentDiedOverACoupon() throws Exception {
    bench.ask("clear-bed");
    bench.ask("enroll");
    bench.awaitPhase("PRINT");
    bench.agent().kill();
    terminal.close();
    bench.startAgent();
    terminal = new RawTerminal(bench.passThrough);
    terminal.say("G28 X");
    terminal.awaitHeard("echo:busy: paused for user", 0);
    bench.awaitPhase("FAULT");
    assertThat(terminal.oks()).isZero();
    assertThat(bench.executed()).doesNotContain("G28 X");

    bench.ask("clear-bed");
    await().atMost(Child.LONG).until(() -> terminal.oks() == 1);
    awaitExecuted("G28 X");
  }

  @Test
  void shouldEndAtOnceBesideAnIdleHostAndAfterThePrintOfABusyOne() throws Exception {
    terminal.print(List.of("M104 S190"));
    assertThat(bench.agent().terminate()).isEqualTo(143);
    awaitExecuted("M104 S190");
    assertThat(bench.agent().said()).contains("the heat that a host set is left alone");
    terminal.close();

    bench.startAgent();
    terminal = new RawTerminal(bench.passThrough);
    terminal.say("G28");
    terminal.say("G4 S6000");
    await().atMost(Child.LONG).until(() -> terminal.oks() == 1);
    terminal.say("M104 S0");
    terminal.say("M117 end");
    assertThat(bench.agent().terminate()).isEqualTo(143);

    assertThat(bench.agent().said()).contains("the service stops when that ends");
    awaitExecuted("G28", "G4 S6000", "M104 S0", "M117 end");
  }
}
