package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.run.ScriptedPrinter.PowerCut;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a host waits, and when it is let go on. */
class ConductorHostTest {
  private static final Slot FIRST = new Slot(80, 40);

  @TempDir Path dir;
  private final ScriptedPrinter printer = new ScriptedPrinter();
  private ScriptedHost host = new ScriptedHost();
  private String slots = "[[80, 40], [120, 40]]";
  private boolean unattended;
  private Instant now = Instant.parse("2026-11-24T20:00:00Z");
  private long nanos;
  private Conductor conductor;

  @BeforeEach
  void begin() throws Exception {
    BufferedImage frame = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(frame, "png", dir.resolve("shot.png").toFile());
    start();
  }

  @AfterEach
  void end() throws IOException {
    if (conductor != null) {
      conductor.close();
    }
  }

  /** The agent starts, for the first time or after it died; the host with it. */
  private void start() throws Exception {
    end();
    host = new ScriptedHost();
    BenchToml toml =
        new BenchToml("unused", 3)
            .id("bench-07")
            .say("printer", "travel_mm = [235, 235, 250]")
            .say("coupon", "slots_mm = " + slots)
            .say("lamps", "settle_ms = 0")
            .camera("cp", dir.resolve("shot.png").toString(), "{out}");
    if (unattended) {
      toml.say("schedule", "unattended = true");
    }
    Path file = toml.write(dir);
    AgentConfig config = AgentConfigReader.read(file);
    Files.createDirectories(config.agent().stateDir());
    Rig rig =
        new Rig() {
          @Override
          public PrinterSession openPrinter() {
            printer.calls.add(host.held() ? "open, host held" : "open, host free");
            return printer;
          }

          @Override
          public Bench openBench() throws HardwareException {
            return Bench.open(config.bench());
          }

          @Override
          public Host host() {
            return host;
          }
        };
    conductor =
        new Conductor(
            new Conductor.Parts(
                config,
                PrinterCoupons.of(config),
                rig,
                folder -> {},
                new RecordingReporter(),
                () -> now,
                () -> nanos,
                duration -> {
                  nanos += duration.toNanos();
                  now = now.plus(duration);
                },
                view -> {}),
            Journal.open(config.agent().stateDir().resolve("journal")));
  }

  private void enroll(boolean bedIsClear) {
    conductor.request(new Request.Enroll("a person", bedIsClear));
  }

  private void clearBed() {
    conductor.request(new Request.ClearBed("a person"));
  }

  private RunView rest() throws Exception {
    while (conductor.step()) {
      continue;
    }
    return conductor.view();
  }

  private SlotState first() {
    return conductor.view().slots().get(FIRST);
  }

  @Test
  void shouldHoldTheHostFromPrepareUntilTheBedIsCleared() throws Exception {
    rest();
    assertThat(host.held()).isFalse();
    enroll(true);

    assertThat(rest().phase()).isEqualTo(Phase.IDLE);

    assertThat(printer.calls).startsWith("open, host held", "print 80.0,40.0");
    assertThat(host.holds).as("never let go in between").containsExactly(false, true);
    assertThat(conductor.view().host()).isEqualTo(HostState.HELD);

    clearBed();
    rest();
    assertThat(host.holds).containsExactly(false, true, false);
  }

  @Test
  void shouldWaitForAHostThatUsesThePrinterAndSayWhy() throws Exception {
    host.busy = true;
    enroll(true);

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.AWAIT_BED);
    assertThat(view.doing()).isEqualTo("a host is using the printer");
    assertThat(view.host()).isEqualTo(HostState.PRINTING);
    assertThat(printer.calls).isEmpty();
    assertThat(host.held()).isFalse();

    host.busy = false;
    assertThat(rest().phase()).isEqualTo(Phase.IDLE);
    assertThat(printer.calls).contains("print 80.0,40.0");
  }

  @Test
  void shouldGiveUpWaitingForAHostAfterAnHour() throws Exception {
    host.busy = true;
    enroll(true);
    rest();
    now = now.plus(Conductor.LONGEST_WAIT_FOR_BED).plusSeconds(1);

    assertThat(rest().phase()).isEqualTo(Phase.FAULT);
    assertThat(conductor.view().fault()).contains("was not free for an hour");
    assertThat(host.held()).isFalse();
  }

  @Test
  void shouldNotPrintWhereAHostPrintedSinceTheBedWasCleared() throws Exception {
    clearBed();
    rest();
    assertThat(first()).isEqualTo(SlotState.CLEAR);
    host.touched = "a host extruded";
    enroll(false);

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.AWAIT_BED);
    assertThat(view.doing()).contains("no slot is known to be clear");
    assertThat(first()).isEqualTo(SlotState.UNKNOWN);
    assertThat(host.held()).isFalse();
    assertThat(printer.calls).isEmpty();
  }

  @Test
  void shouldNotTakeABedThatAHostPrintedOnAsSetUp() throws Exception {
    unattended = true;
    start();
    host.touched = "a host extruded";
    enroll(false);

    assertThat(rest().phase()).isEqualTo(Phase.AWAIT_BED);
    assertThat(printer.calls).isEmpty();
  }

  @Test
  void shouldJournalAForgottenBedOnce() throws Exception {
    clearBed();
    rest();
    Path journal = dir.resolve("state/journal");
    for (int i = 0; i < 3; i++) {
      host.touched = "a host extruded";
      rest();
    }

    assertThat(Files.readString(journal)).containsOnlyOnce("slots-forgotten");
  }

  @Test
  void shouldHoldTheHostFromTheStartWhereACouponLies() throws Exception {
    enroll(true);
    rest();
    start();

    assertThat(host.holds).as("before the first step").containsExactly(true);
    rest();
    assertThat(host.holds).as("and after it").containsExactly(true);
  }

  @Test
  void shouldHoldTheHostForACouponInASlotThatTheConfigNoLongerHas() throws Exception {
    enroll(true);
    rest();
    slots = "[[150, 40]]";
    start();
    rest();
    assertThat(host.held()).isTrue();

    clearBed();
    rest();
    assertThat(host.held()).isFalse();
  }

  @Test
  void shouldHoldTheHostWhileThePrinterWasRestartedOverACoupon() throws Exception {
    enroll(true);
    rest();
    host.touched = "the printer restarted";
    rest();

    assertThat(first()).isEqualTo(SlotState.OCCUPIED);
    assertThat(host.held()).isTrue();
  }

  @Test
  void shouldHoldTheHostAfterAnAbortAndAPowerCutAlike() throws Exception {
    enroll(true);
    printer.duringPrint = () -> conductor.abort("aborted by a person");
    assertThat(rest().phase()).isEqualTo(Phase.FAULT);
    assertThat(host.holds).containsExactly(false, true);
    clearBed();
    rest();
    assertThat(host.held()).isFalse();

    enroll(false);
    printer.duringPrint =
        () -> {
          throw new PowerCut();
        };
    assertThatThrownBy(this::rest).isInstanceOf(PowerCut.class);
    start();
    assertThat(rest().phase()).isEqualTo(Phase.FAULT);
    assertThat(host.holds).containsExactly(true);
  }

  @Test
  void shouldLetTheHostGoOnWhenNothingWasPrinted() throws Exception {
    enroll(true);
    conductor.step();
    conductor.step();
    conductor.step();
    assertThat(conductor.view().phase()).isEqualTo(Phase.PREPARE);
    assertThat(host.held()).isTrue();
    conductor.abort("aborted by a person");

    assertThat(rest().phase()).isEqualTo(Phase.FAULT);
    assertThat(first()).isEqualTo(SlotState.CLEAR);
    assertThat(host.held()).isFalse();
  }

  @Test
  void shouldCoolWhileAHostPrintsAndGiveThePrinterBack() throws Exception {
    host.busy = true;
    printer.targetC = 210;
    conductor.request(new Request.Cool("a person"));
    rest();

    assertThat(printer.targetC).isZero();
    assertThat(printer.calls).startsWith("open, host free").endsWith("close");
    assertThat(host.held()).isFalse();
  }
}
