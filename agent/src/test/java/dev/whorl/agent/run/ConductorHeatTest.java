package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.gcode.link.HeaterFault;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conductor does about heat that does not go: the wire itself has tests of its own. */
class ConductorHeatTest {
  private static final Slot FIRST = new Slot(80, 40);

  @TempDir Path dir;
  private final ScriptedPrinter printer = new ScriptedPrinter();
  private final RecordingRelay relay = new RecordingRelay(printer.calls);
  private final RecordingReporter reporter = new RecordingReporter();
  private Instant now = Instant.parse("2026-11-24T20:00:00Z");
  private long nanos;
  private Conductor conductor;

  @BeforeEach
  void start() throws Exception {
    Path file =
        new BenchToml("unused", 3)
            .id("bench-07")
            .say("printer", "travel_mm = [235, 235, 250]")
            .say("coupon", "slots_mm = [[80, 40], [120, 40]]")
            .camera("false", "{out}")
            .write(dir);
    AgentConfig config = AgentConfigReader.read(file);
    Files.createDirectories(config.agent().stateDir());
    conductor =
        new Conductor(
            new Conductor.Parts(
                config,
                PrinterCoupons.of(config),
                rig(config),
                folder -> {},
                reporter,
                () -> now,
                () -> nanos,
                duration -> {
                  nanos += duration.toNanos();
                  now = now.plus(duration);
                },
                view -> {}),
            Journal.open(journal()));
  }

  @AfterEach
  void end() throws IOException {
    conductor.close();
  }

  private Path journal() {
    return dir.resolve("state/journal");
  }

  private Rig rig(AgentConfig config) {
    return new Rig() {
      @Override
      public PrinterSession openPrinter() throws LinkException {
        if (!printer.reachable) {
          throw new LinkLost("port: no such port");
        }
        return printer;
      }

      @Override
      public Bench openBench() throws HardwareException {
        return Bench.open(config.bench());
      }

      @Override
      public Relay openRelay() {
        return relay;
      }
    };
  }

  private RunView printUntil(Runnable trouble) throws Exception {
    printer.duringPrint = trouble;
    conductor.request(new Request.Enroll("a person", true));
    return rest();
  }

  private RunView rest() throws Exception {
    while (conductor.step()) {
      continue;
    }
    return conductor.view();
  }

  private void unplug() {
    printer.reachable = false;
  }

  private List<Entry> journalled() throws IOException {
    return Journal.open(journal()).entries();
  }

  @Test
  void shouldCutThePowerOfAPrinterThatIsLostWhileHotAfterHalfAMinute() throws Exception {
    long began = nanos;

    RunView view = printUntil(this::unplug);

    assertThat(nanos - began)
        .isBetween(Duration.ofSeconds(30).toNanos(), Duration.ofSeconds(34).toNanos());
    assertThat(printer.calls).containsOnlyOnce("power off");
    assertThat(reporter.events).containsExactly("run-fault", "power-cut");
    assertThat(view.fault()).isEqualTo("unplugged");
    assertThat(view.doing())
        .contains("the relay cut the printer's power")
        .contains("`whorl agent clear-bed` gives it back");
    assertThat(view.powerCut()).isEqualTo(view.doing());
    assertThat(view.slots()).containsEntry(FIRST, SlotState.OCCUPIED);
    assertThat(journalled()).anyMatch(e -> e instanceof Entry.PowerCut);

    rest();
    assertThat(printer.calls).as("not twice").containsOnlyOnce("power off");
  }

  @Test
  void shouldGiveThePowerBackOnlyWhenAPersonClearsTheBed() throws Exception {
    printUntil(this::unplug);
    printer.reachable = true;
    conductor.request(new Request.Cool("an operator"));
    rest();
    end();
    start();
    rest();
    assertThat(printer.calls).doesNotContain("power on");

    conductor.request(new Request.ClearBed("a person"));
    RunView view = rest();

    assertThat(printer.calls).containsSubsequence("power off", "power on", "heaters off");
    assertThat(view.powerCut()).isNull();
    assertThat(view.hot()).as("seen to be cold once it was up").isFalse();
    assertThat(journalled()).anyMatch(e -> e instanceof Entry.PowerBack);
  }

  @Test
  void shouldRaiseTheAlarmAgainEveryTenMinutesWhereThereIsNoRelay() throws Exception {
    relay.present = false;
    RunView view = printUntil(this::unplug);
    assertThat(view.doing()).endsWith("switch the printer's power off now");
    assertThat(reporter.events).containsExactly("run-fault", "hot-unreachable");

    for (int minute = 0; minute < 25; minute++) {
      nanos += Duration.ofMinutes(1).toNanos();
      rest();
    }

    assertThat(reporter.events)
        .containsExactly("run-fault", "hot-unreachable", "hot-unreachable", "hot-unreachable");
  }

  @Test
  void shouldServeRequestsWhileAHotPrinterCannotBeReached() throws Exception {
    relay.present = false;
    printUntil(this::unplug);
    long began = nanos;
    conductor.request(new Request.ClearBed("a person"));

    RunView view = rest();

    assertThat(view.slots()).containsEntry(FIRST, SlotState.CLEAR);
    assertThat(nanos - began).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void shouldSayOfARunAndOfCoolingThatThePowerIsCut() throws Exception {
    String cut = printUntil(this::unplug).powerCut();
    end();
    start();
    assertThat(rest().doing()).isEqualTo(cut);

    conductor.request(new Request.Cool("a person"));
    assertThat(rest().doing()).isEqualTo(cut);

    relay.works = false;
    conductor.request(new Request.Enroll("a person", true));
    RunView view = rest();
    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).isEqualTo(cut);
    assertThat(reporter.events).contains("relay-failed");
  }

  @Test
  void shouldTellWhenTheRelayDoesNotCut() throws Exception {
    relay.works = false;

    RunView view = printUntil(this::unplug);

    assertThat(reporter.events).containsExactly("run-fault", "relay-failed");
    assertThat(view.doing()).contains("no such socket").endsWith("pull the plug now");
    assertThat(view.powerCut()).isNull();

    relay.works = true;
    assertThat(rest().powerCut()).as("tried again").isNotNull();
  }

  @Test
  void shouldStopThePrinterForGoodAndThenCutWhenAHeaterDoesNotGoOff() throws Exception {
    printer.falls = false;

    RunView view = printUntil(() -> {});

    assertThat(printer.calls).containsSubsequence("heaters off", "emergency stop", "power off");
    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).startsWith("the nozzle does not cool though its heater is off");
    assertThat(view.powerCut()).isNotNull();
  }

  @Test
  void shouldCutAtOnceWhenTheLinkFindsAHeaterOutOfControl() throws Exception {
    printer.printFails = new HeaterFault("port: the nozzle is at 250.0 C for 10 s", true);

    RunView view = printUntil(() -> {});

    assertThat(nanos).isZero();
    assertThat(printer.calls).contains("power off").doesNotContain("heaters off");
    assertThat(view.fault()).isEqualTo("port: the nozzle is at 250.0 C for 10 s");
  }

  @Test
  void shouldOnlyCoolWhenANozzleDoesNotHeatUp() throws Exception {
    printer.printFails = new HeaterFault("port: the nozzle does not heat up", false);

    RunView view = printUntil(() -> {});

    assertThat(printer.calls).contains("heaters off").doesNotContain("power off");
    assertThat(view.hot()).isFalse();
  }

  @Test
  void shouldHaveTheFaultInTheJournalBeforeAnythingIsWaitedFor() throws Exception {
    printer.printFails = new PrinterReset("port: the printer restarted");
    List<Entry> seen = new ArrayList<>();
    RunView[] view = new RunView[1];
    printer.duringRead =
        () -> {
          seen.addAll(journalled());
          view[0] = conductor.view();
        };

    printUntil(() -> {});

    assertThat(view[0].phase()).isEqualTo(Phase.FAULT);
    assertThat(view[0].fault()).isEqualTo("port: the printer restarted");
    assertThat(seen)
        .anyMatch(
            e ->
                e instanceof Entry.PhaseEntered p
                    && p.phase() == Phase.FAULT
                    && p.detail().equals("port: the printer restarted"));
    assertThat(reporter.events).containsOnlyOnce("run-fault");
  }

  @Test
  void shouldSwitchOffAndGoWithoutWaitingWhenStopped() throws Exception {
    printer.nozzleLagC = 1000;

    RunView view = printUntil(conductor::stop);

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).isEqualTo("the agent was stopped");
    assertThat(printer.targetC).isZero();
    assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(4));
    assertThat(view.hot()).as("not seen to fall: the next start looks").isTrue();

    printer.nozzleLagC = 0;
    end();
    start();
    assertThat(rest().hot()).isFalse();
  }

  @Test
  void shouldCutBeforeItGoesWhenItCannotSwitchOffWhatIsHot() throws Exception {
    printUntil(
        () -> {
          unplug();
          conductor.stop();
        });

    assertThat(printer.calls).contains("power off");
    assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OutOfMemoryError", "IllegalStateException"})
  void shouldSwitchTheHeatersOffWhateverIsThrown(String thrown) {
    assertThatThrownBy(
            () ->
                printUntil(
                    () -> {
                      if (thrown.equals("OutOfMemoryError")) {
                        throw new OutOfMemoryError("in a test");
                      }
                      throw new IllegalStateException("in a test");
                    }))
        .hasMessage("in a test");

    assertThat(printer.targetC).isZero();
    assertThat(printer.calls).endsWith("heaters off", "close");
  }

  @Test
  void shouldSwitchTheHeatersOffWhenTheJournalCannotBeWritten() {
    assertThatThrownBy(
            () ->
                printUntil(
                    () -> {
                      try {
                        conductor.close();
                      } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                      }
                    }))
        .isInstanceOf(IOException.class);

    assertThat(printer.targetC).isZero();
    assertThat(printer.calls).endsWith("heaters off", "close");
  }

  @Test
  void shouldCutWhenNothingCanBeWrittenAndNobodyAnswers() {
    assertThatThrownBy(
            () ->
                printUntil(
                    () -> {
                      unplug();
                      throw new OutOfMemoryError("in a test");
                    }))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(printer.calls).contains("power off");
  }

  @Test
  void shouldLeaveHeatAloneThatNobodyAskedThisFor() throws Exception {
    printer.targetC = 200;
    printer.nozzleC = 200;

    rest();
    conductor.stop();
    rest();
    end();
    start();
    rest();

    assertThat(printer.targetC).isEqualTo(200);
    assertThat(printer.calls).isEmpty();
  }
}
