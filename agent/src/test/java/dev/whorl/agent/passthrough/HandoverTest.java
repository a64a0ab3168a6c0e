package dev.whorl.agent.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.HostState;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.StreamAborted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a run takes from a host and gives back, with the simulated printer as a process. */
@Execution(ExecutionMode.CONCURRENT)
class HandoverTest {
  @TempDir Path dir;
  private final AtomicLong skippedNanos = new AtomicLong();
  private final List<String> stops = new ArrayList<>();
  private SharedBench bench;
  private PassThrough passThrough;
  private RawTerminal terminal;
  private Program coupon;

  @BeforeEach
  void connect() throws Exception {
    bench = new SharedBench(dir, "--time-scale", "2000");
    AgentConfig config = bench.config();
    PrinterCoupons coupons = PrinterCoupons.of(config);
    coupon = coupons.program(coupons.bed().slots().get(0));
    passThrough =
        PassThrough.open(
            config.printer(), bench.passThrough, () -> System.nanoTime() + skippedNanos.get());
    passThrough.start(stops::add);
    passThrough.hold(false);
    await().atMost(Child.LONG).until(() -> passThrough.temperatures() != null);
    terminal = new RawTerminal(bench.passThrough);
  }

  @AfterEach
  void disconnect() throws Exception {
    terminal.close();
    passThrough.close();
    bench.close();
  }

  private void skip(Duration duration) {
    skippedNanos.addAndGet(duration.toNanos());
  }

  @Test
  void shouldGiveBackWhatTheHostHadSetOnceTheBedIsClear() throws Exception {
    terminal.print(
        List.of(
            "G28",
            "G90",
            "M82",
            "M204 P700.00 R800.00 T900.00",
            "G1 X50 Y60 Z5 F1800",
            "M221 S95",
            "G91",
            "M83"));
    assertThat(passThrough.holdIfIdle()).get().asString().contains("within the last minute");
    assertThat(passThrough.state()).isEqualTo(HostState.PRINTING);
    skip(Duration.ofSeconds(61));
    assertThat(passThrough.holdIfIdle()).isEmpty();

    try (PrinterSession session = passThrough.openPrinter()) {
      session.print(coupon, (done, total) -> {});
    }
    terminal.say("G1 X1 E0.2");
    terminal.awaitHeard("echo:busy: paused for user", 0);
    assertThat(bench.executed()).doesNotContain("G1 X1 E0.2");
    long before = terminal.oks();
    int from = bench.executed().size();
    passThrough.hold(false);
    await().atMost(Child.LONG).until(() -> terminal.oks() > before);

    await()
        .atMost(Child.LONG)
        .untilAsserted(() -> assertThat(bench.executed()).endsWith("G1 X1 E0.2"));
    assertThat(bench.executed().subList(from, bench.executed().size()))
        .containsSubsequence("G0 X50.000 Y60.000 F3000", "M221 S95", "G91", "M83", "G1 X1 E0.2");
    assertThat(stops).isEmpty();
  }

  @Test
  void shouldTellTheHostOfARestartInARunThatTheRunHasDealtWith() throws Exception {
    AtomicBoolean cycled = new AtomicBoolean();
    assertThat(passThrough.holdIfIdle()).isEmpty();
    try (PrinterSession session = passThrough.openPrinter()) {
      terminal.say("G28 X");
      assertThatThrownBy(
              () ->
                  session.print(
                      coupon,
                      (done, total) -> {
                        if (!cycled.getAndSet(true)) {
                          power();
                        }
                      }))
          .isInstanceOf(PrinterReset.class);
      session.heatersOff();
    }
    terminal.awaitHeard("start", 0);
    assertThat(passThrough.bedTouched()).contains("restarted");
    passThrough.hold(false);
    terminal.print(List.of("M117 after"));
    assertThat(bench.executed()).doesNotContain("G28 X");
  }

  @Test
  void shouldHaveTheHostStartAnewWhereARunWasBrokenOffAndTheNozzleMayBeAnywhere() throws Exception {
    terminal.print(List.of("G28", "G90", "M82", "G1 X50 Y60 Z5 F1800"));
    skip(Duration.ofSeconds(61));
    assertThat(passThrough.holdIfIdle()).isEmpty();
    try (PrinterSession session = passThrough.openPrinter()) {
      terminal.say("G1 X51");
      assertThatThrownBy(() -> session.print(coupon, (done, total) -> session.abort()))
          .isInstanceOf(StreamAborted.class);
    }
    int before = terminal.listen().size();
    passThrough.hold(false);

    terminal.awaitHeard("start", before);
    terminal.print(List.of("M117 after"));
    assertThat(bench.executed()).doesNotContain("G1 X51", "G0 X50.000 Y60.000 F3000");
  }

  private void power() {
    try {
      bench.hands("power-cycle");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldTakeThePrinterFromAHostThatHeatsForWhoeverCoolsIt() throws Exception {
    terminal.say("M104 S215");
    terminal.say("M0");
    await().atMost(Child.LONG).until(() -> terminal.oks() == 1);

    try (PrinterSession session = passThrough.openPrinter()) {
      session.heatersOff();
      assertThat(session.temperatures().targetsOff()).isTrue();
    }

    await("the pause was ended").atMost(Child.LONG).until(() -> terminal.oks() == 2);
    terminal.print(List.of("M117 after"));
    assertThat(terminal.heard).noneMatch(line -> line.startsWith("Error"));
    assertThat(terminal.heard).doesNotContain("start");
  }
}
