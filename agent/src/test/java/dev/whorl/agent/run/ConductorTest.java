package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.run.ScriptedPrinter.PowerCut;
import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.Position;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConductorTest {
  private static final Slot FIRST = new Slot(80, 40);

  @TempDir Path dir;
  private final ScriptedPrinter printer = new ScriptedPrinter();
  private final RecordingReporter reporter = new RecordingReporter();
  private final List<Phase> phases = new ArrayList<>();
  private Analyst analyst = folder -> write(folder.fingerprint());
  private int analyses;
  private Instant now = Instant.parse("2026-11-24T20:00:00Z");
  private long nanos;

  /** Lines for the config, by table. */
  private final Map<String, String> more = new LinkedHashMap<>();

  private String probe = "";
  private Conductor conductor;

  @BeforeEach
  void takeAPicture() throws IOException {
    BufferedImage frame = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(frame, "png", dir.resolve("shot.png").toFile());
  }

  @AfterEach
  void end() throws IOException {
    if (conductor != null) {
      conductor.close();
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "{}");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The agent starts, for the first time or after it died. */
  private void start() throws Exception {
    end();
    BenchToml toml =
        new BenchToml("unused", 3)
            .id("bench-07")
            .say("printer", "travel_mm = [235, 235, 250]")
            .say("printer", probe)
            .say("coupon", "slots_mm = [[80, 40], [120, 40]]")
            .say("lamps", "settle_ms = 0")
            .camera("cp", dir.resolve("shot.png").toString(), "{out}");
    more.forEach(toml::say);
    Path file = toml.write(dir);
    AgentConfig config = AgentConfigReader.read(file);
    Files.createDirectories(config.agent().stateDir());
    conductor =
        new Conductor(
            new Conductor.Parts(
                config,
                PrinterCoupons.of(config),
                new Rig() {
                  @Override
                  public PrinterSession openPrinter() throws LinkException {
                    if (!printer.reachable) {
                      throw new LinkLost("no such port");
                    }
                    printer.calls.add("open");
                    return printer;
                  }

                  @Override
                  public Bench openBench() throws HardwareException {
                    return Bench.open(config.bench());
                  }
                },
                folder -> {
                  analyses++;
                  analyst.analyse(folder);
                },
                reporter,
                () -> now,
                () -> nanos,
                duration -> {
                  nanos += duration.toNanos();
                  now = now.plus(duration);
                },
                view -> {
                  if (phases.isEmpty() || phases.get(phases.size() - 1) != view.phase()) {
                    phases.add(view.phase());
                  }
                }),
            Journal.open(config.agent().stateDir().resolve("journal")));
  }

  private void enroll(boolean bedIsClear) {
    conductor.request(new Request.Enroll("a person", bedIsClear));
  }

  /** Steps until there is nothing to do at once. */
  private RunView rest() throws Exception {
    while (conductor.step()) {
      continue;
    }
    return conductor.view();
  }

  private void stepTo(Phase phase) throws Exception {
    for (int i = 0; i < 20 && conductor.view().phase() != phase; i++) {
      conductor.step();
    }
    assertThat(conductor.view().phase()).isEqualTo(phase);
  }

  private SlotState firstSlot() {
    return conductor.view().slots().get(FIRST);
  }

  @Test
  void shouldPrintCoolPhotographAnalyseAndReport() throws Exception {
    start();
    printer.mesh = new BedMesh(Collections.nCopies(3, List.of(0.1, -0.25, 0.3)));
    enroll(true);

    RunView view = rest();

    assertThat(phases)
        .containsExactly(
            Phase.IDLE,
            Phase.AWAIT_BED,
            Phase.PREPARE,
            Phase.PRINT,
            Phase.COOL,
            Phase.CAPTURE,
            Phase.ANALYSE,
            Phase.REPORT,
            Phase.IDLE);
    assertThat(view.hot()).isFalse();
    assertThat(firstSlot()).isEqualTo(SlotState.OCCUPIED);
    assertThat(printer.calls)
        .startsWith("open", "print 80.0,40.0", "heaters off")
        .endsWith("close");
    assertThat(reporter.commits).containsExactly("20261124T200000Z");
    assertThat(dir.resolve("state/runs/20261124T200000Z"))
        .isDirectoryContaining("glob:**/a.png")
        .isDirectoryContaining("glob:**/dark.png")
        .isDirectoryContaining("glob:**/capture.json")
        .isDirectoryContaining("glob:**/program.gcode");
    assertThat(dir.resolve("state/runs/20261124T200000Z/mesh.csv"))
        .hasContent("0.1000,-0.2500,0.3000\n".repeat(3));
  }

  @Test
  void shouldUseTheNextSlotWhileTheFirstIsOccupied() throws Exception {
    start();
    enroll(true);
    rest();
    enroll(false);
    rest();

    assertThat(printer.calls).contains("print 80.0,40.0", "print 120.0,40.0");
  }

  @Test
  void shouldNeverAssumeTheBedClear() throws Exception {
    start();
    enroll(false);

    assertThat(rest().phase()).isEqualTo(Phase.AWAIT_BED);
    assertThat(printer.calls).isEmpty();

    conductor.request(new Request.ClearBed("a person"));
    assertThat(rest().phase()).isEqualTo(Phase.IDLE);
    assertThat(reporter.commits).hasSize(1);
  }

  @Test
  void shouldGiveUpWhenNobodyClearsTheBedWithinAnHour() throws Exception {
    start();
    enroll(false);
    rest();
    now = now.plus(Conductor.LONGEST_WAIT_FOR_BED).plusSeconds(1);

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).contains("nobody cleared the bed");
  }

  @Test
  void shouldTakeAnUnattendedPrintersBedAsSetUpOnlyTheFirstTime() throws Exception {
    more.put("schedule", "unattended = true");
    start();
    enroll(false);
    assertThat(rest().phase()).isEqualTo(Phase.IDLE);
    now = now.plus(Duration.ofHours(25));

    enroll(false);

    assertThat(rest().phase()).isEqualTo(Phase.AWAIT_BED);
    assertThat(reporter.commits).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "AWAIT_BED, IDLE, UNKNOWN, 0, 0",
    "PREPARE, FAULT, OCCUPIED, 0, 0",
    "PRINT, FAULT, OCCUPIED, 0, 0",
    "COOL, IDLE, OCCUPIED, 1, 1",
    "CAPTURE, IDLE, OCCUPIED, 1, 1",
    "ANALYSE, IDLE, OCCUPIED, 1, 1",
    "REPORT, IDLE, OCCUPIED, 1, 1"
  })
  void shouldDoAfterDyingInAPhaseWhatTheTableSays(
      Phase died, Phase then, SlotState slot, int committed, int analysed) throws Exception {
    start();
    enroll(died != Phase.AWAIT_BED);
    stepTo(died);
    start();

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(then);
    assertThat(view.hot()).isFalse();
    assertThat(firstSlot()).isEqualTo(slot);
    assertThat(reporter.commits).hasSize(committed);
    assertThat(analyses).isEqualTo(analysed);
    assertThat(printer.calls.stream().filter(c -> c.startsWith("print")).count())
        .as("prints: never twice")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void shouldCoolAndGiveUpAPrintThatAPowerCutInterrupted() throws Exception {
    start();
    enroll(true);
    printer.duringPrint =
        () -> {
          // Nobody is left who could tell the printer anything.
          printer.reachable = false;
          throw new PowerCut();
        };
    assertThatThrownBy(this::rest).isInstanceOf(PowerCut.class);
    assertThat(printer.targetC).isEqualTo(210);
    printer.reachable = true;
    start();

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).contains("printing the coupon").contains("clear the bed");
    assertThat(printer.targetC).isZero();
    assertThat(view.hot()).isFalse();
    assertThat(firstSlot()).isEqualTo(SlotState.OCCUPIED);
  }

  @Test
  void shouldCoolWhenADamagedJournalCannotSayWhetherHeatWasOn() throws Exception {
    start();
    enroll(true);
    printer.duringPrint =
        () -> {
          // Nobody is left who could tell the printer anything.
          printer.reachable = false;
          throw new PowerCut();
        };
    assertThatThrownBy(this::rest).isInstanceOf(PowerCut.class);
    Path journal = dir.resolve("state/journal");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[20] ^= 1;
    Files.write(journal, bytes);
    assertThat(printer.targetC).isEqualTo(210);
    printer.reachable = true;
    start();

    RunView view = rest();

    assertThat(printer.targetC).isZero();
    assertThat(view.hot()).isFalse();
    assertThat(firstSlot()).as("nothing is known of the bed").isEqualTo(SlotState.UNKNOWN);
  }

  @Test
  void shouldNotPhotographACouponThatSomeoneTookAwayMeanwhile() throws Exception {
    start();
    enroll(true);
    stepTo(Phase.CAPTURE);
    conductor.close();
    conductor = null;
    try (Journal journal = Journal.open(dir.resolve("state/journal")).journal()) {
      journal.append(new Entry.BedCleared(now, List.of(FIRST.name()), "a person"));
    }
    start();

    assertThat(rest().fault()).contains("the bed was touched since");
    assertThat(reporter.commits).isEmpty();
  }

  @Test
  void shouldEndAPrintWhenAborted() throws Exception {
    start();
    enroll(true);
    printer.duringPrint = () -> conductor.abort("aborted by a person");

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).isEqualTo("aborted by a person");
    assertThat(view.hot()).isFalse();
    assertThat(printer.calls).contains("heaters off");
    assertThat(firstSlot()).isEqualTo(SlotState.OCCUPIED);
  }

  @Test
  void shouldRaiseTheAlarmOnceWhenAHeaterDoesNotFall() throws Exception {
    start();
    enroll(true);
    printer.falls = false;

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault())
        .contains("nozzle does not cool")
        .contains("switch the printer's power off");
    assertThat(view.hot()).isTrue();
    rest();
    assertThat(reporter.events).containsOnlyOnce("not-cooling");

    printer.falls = true;
    assertThat(rest().hot()).isFalse();
  }

  @Test
  void shouldRaiseTheAlarmWhenThePrinterIsLostWhileHotAndCoolItWhenItIsBack() throws Exception {
    start();
    enroll(true);
    printer.duringPrint = () -> printer.reachable = false;

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.hot()).isTrue();
    assertThat(reporter.events).contains("hot-unreachable");
    assertThat(nanos).isGreaterThanOrEqualTo(HeatWatch.UNREACHABLE_AFTER.toNanos());

    printer.reachable = true;
    printer.duringPrint = () -> {};
    assertThat(rest().hot()).isFalse();
    assertThat(printer.targetC).isZero();
  }

  @Test
  void shouldReportNothingWhenTheFramesCannotServe() throws Exception {
    start();
    enroll(true);
    analyst =
        folder -> {
          throw new RunFault("the frames cannot serve: sharpness: 0.1 (limit: 0.4); focus");
        };

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).contains("sharpness: 0.1 (limit: 0.4)");
    assertThat(reporter.commits).isEmpty();
  }

  @Test
  void shouldEndTheRunWhenTheCameraFails() throws Exception {
    Files.delete(dir.resolve("shot.png"));
    start();
    enroll(true);

    RunView view = rest();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).startsWith("camera.command:");
    assertThat(reporter.commits).isEmpty();
  }

  @Test
  void shouldLeaveTheFingerprintInTheOutboxWhenNobodyAnswers() throws Exception {
    reporter.answered = false;
    start();
    enroll(true);

    assertThat(rest().phase()).isEqualTo(Phase.IDLE);
    assertThat(nanos).isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos());
    assertThat(reporter.commits).hasSize(1);
  }

  @Test
  void shouldBringACameraOnTheToolheadOverTheCouponsCentre() throws Exception {
    toolhead("[-38.0, 12.0]");
    start();
    enroll(true);
    rest();

    assertThat(printer.calls).contains("move 135.0,45.0,55.0");
    assertThat(printer.calls).doesNotContain("home");
    assertThat(reporter.commits).hasSize(1);
  }

  @Test
  void shouldHomeAndTryAgainWhenThePrinterIsNotWhereItWasSent() throws Exception {
    toolhead("[-38.0, 12.0]");
    start();
    printer.homed = false;
    printer.at = new Position(0, 0, 0, 0);
    enroll(true);
    rest();

    assertThat(printer.calls)
        .containsSubsequence("move 135.0,45.0,55.0", "home", "move 135.0,45.0,55.0");
    assertThat(reporter.commits).hasSize(1);
  }

  @Test
  void shouldRefuseBeforeHeatingWhenTheCameraCouldNotReach() throws Exception {
    toolhead("[-180.0, 12.0]");
    start();
    enroll(true);

    assertThat(rest().fault()).contains("X 277.0").contains("camera.offset_mm");
    assertThat(printer.calls).isEmpty();
    assertThat(firstSlot()).isEqualTo(SlotState.CLEAR);
  }

  @Test
  void shouldNotHomeOverASlotThatIsNotClear() throws Exception {
    probe = "home_xy_mm = [117, 60]";
    start();
    enroll(true);
    rest();
    enroll(false);

    assertThat(rest().fault()).contains("homing would probe").contains("80.000,40.000");
    assertThat(reporter.commits).hasSize(1);
  }

  private void toolhead(String offset) {
    more.put("camera", "mount = \"toolhead\"\noffset_mm = " + offset + "\nfocus_z_mm = 55.0");
  }
}
