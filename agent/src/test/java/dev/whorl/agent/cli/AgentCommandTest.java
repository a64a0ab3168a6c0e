package dev.whorl.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.agent.run.Entry;
import dev.whorl.agent.run.Journal;
import dev.whorl.common.cli.Cli;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.SyntheticPrinter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Isolated("reads what is printed")
class AgentCommandTest {
  @TempDir Path dir;
  private int exitCode;
  private String out;
  private List<String> errors;

  private void whorl(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new AgentCommand());
    line.setErr(new PrintWriter(err));
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      exitCode = Cli.run(line, arguments);
    } finally {
      System.setOut(before);
    }
    out = bytes.toString(UTF_8);
    errors = err.toString().lines().map(l -> l.replace(dir + "/", "")).toList();
  }

  private String config(String bed, String nozzleC, String rest) throws Exception {
    return Files.writeString(
            dir.resolve("c.toml"),
            """
            [printer]
            id = "bench-07"
            port = "/dev/null"
            bed_mm = %s
            nozzle_c = %s
            bed_c = 60
            %s
            [agent]
            state_dir = "state"
            http = "127.0.0.1:0"
            """
                .formatted(bed, nozzleC, rest))
        .toString();
  }

  @Test
  void shouldPrintTheSameProgramTwiceAsPlainGcode() throws Exception {
    String config = config("[235, 235]", "210", "");
    whorl("coupon", "--config", config);
    String first = out;
    whorl("coupon", "--config", config);

    assertThat(exitCode).isZero();
    assertThat(out).isEqualTo(first).contains("; whorl coupon standard-1:").contains("\nG28\n");
  }

  @Test
  void shouldMakeACouponForACorexyOf350() throws Exception {
    Path file = dir.resolve("c.gcode");
    whorl(
        "coupon",
        "--config",
        config("[350, 350]", "240", "kinematics = \"corexy\""),
        "--out",
        file.toString(),
        "--json");

    assertThat(exitCode).isZero();
    assertThat(new ObjectMapper().readTree(out).path("estimate_s").asDouble())
        .isBetween(60.0, 480.0);
    assertThat(file).content().contains("; whorl kinematics corexy");
  }

  @Test
  void shouldRefuseACouponThatCannotBePrintedWithALineForEachReason() throws Exception {
    whorl("coupon", "--config", config("[20, 20]", "150", ""));

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors).isNotEmpty().allMatch(line -> line.startsWith("whorl: c.toml: "));
    assertThat(out).isEmpty();
  }

  @Test
  void shouldNotPrintMoreCouponsThanABedHolds() throws Exception {
    whorl("enroll", "--coupons", "10", "--config", config("[235, 235]", "210", ""));

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors).containsExactly("whorl: --coupons 10 is not between 1 and 9");
  }

  @Test
  void shouldRefuseHardwareThatIsNotBuiltRatherThanIgnoreIt() throws Exception {
    whorl(
        "enroll",
        "--config",
        config("[235, 235]", "210", "[button]\ngpio = 22\n[relay]\ngpio = 27"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors)
        .containsExactly(
            "whorl: c.toml: relay.driver \"gpio\" is not built in this version; use \"command\" with a"
                + " program that switches the printer's power",
            "whorl: c.toml: [button] is not built in this version; take it out");
  }

  @Test
  void shouldGiveThePowerBackAndSayWhyItWasCutWithoutAService() throws Exception {
    Path power = dir.resolve("power");
    String config =
        config(
            "[235, 235]",
            "210",
            "[relay]\ndriver = \"command\"\ncommand = [\"sh\", \"-c\", \"echo {power} >> "
                + power
                + "\"]");
    Path journal = Files.createDirectories(dir.resolve("state")).resolve("journal");
    try (Journal opened = Journal.open(journal).journal()) {
      opened.append(new Entry.PowerCut(Instant.now(), "the nozzle ran away"));
    }

    whorl("status", "--config", config);
    assertThat(out).contains("power   cut: the nozzle ran away");
    whorl("check", "--config", config);
    assertThat(out).contains("the nozzle ran away");
    whorl("clear-bed", "--config", config);

    assertThat(exitCode).isZero();
    assertThat(Files.readAllLines(power)).containsExactly("on");
    whorl("status", "--config", config);
    assertThat(out).doesNotContain("power ");
    whorl("check", "--config", config);
    assertThat(out).contains("command sh: there; not tried");
  }

  @Test
  void shouldMissTheRelaysProgramInACheck() throws Exception {
    String relay = "[relay]\ndriver = \"command\"\ncommand = [\"/no/such\", \"{power}\"]";
    whorl("check", "--config", config("[235, 235]", "210", relay));

    assertThat(out).contains("relay.command: no program `/no/such` that could be run");
    assertThat(exitCode).isEqualTo(3);
  }

  @Test
  void shouldRefuseToEnrollWithTooFewLamps() throws Exception {
    whorl("enroll", "--config", config("[235, 235]", "210", ""));

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.get(0)).contains("lamps.lamp names 0 lamps").contains("at least 3");
  }

  @Test
  void shouldSayThatTheBedIsClearAndForgetNothingElse() throws Exception {
    String config = config("[235, 235]", "210", "");
    whorl("clear-bed", "--config", config);
    assertThat(exitCode).isZero();
    whorl("status", "--config", config, "--json");

    assertThat(new ObjectMapper().readTree(out).path("slots").get(0).path("state").asText())
        .isEqualTo("clear");
  }

  @Test
  void shouldHaveNothingToAbort() throws Exception {
    whorl("abort", "--config", config("[235, 235]", "210", ""));

    assertThat(exitCode).isEqualTo(1);
    assertThat(errors).containsExactly("whorl: bench-07: no run is under way");
  }

  @Test
  void shouldLeaveAPrinterAloneWhoseHeatIsNotItsOwn() throws Exception {
    whorl("cool", "--own", "--config", config("[235, 235]", "210", ""));

    assertThat(exitCode).as("the port, which is none, was not opened").isZero();
    assertThat(out).isEqualTo("bench-07: no heat of the agent's own is left\n");
  }

  @Test
  void shouldTryThePassThroughWithoutLeavingItBehind() throws Exception {
    Path at = dir.resolve("host");
    whorl("check", "--config", config("[235, 235]", "210", "passthrough = \"" + at + "\""));

    assertThat(out.lines().filter(line -> line.contains(" host ")))
        .singleElement()
        .asString()
        .startsWith("ok ")
        .contains(at + " can be made")
        .contains("additional serial ports");
    assertThat(at).doesNotExist();
  }

  @Test
  void shouldRefuseFramesWithoutAProgram() throws Exception {
    Path frames = Files.createDirectory(dir.resolve("frames"));
    Files.writeString(
        frames.resolve("capture.json"),
        """
        { "v": 1, "printer": "bench-07", "coupon": "standard-1:%s", "slot_mm": [80.0, 40.0],
          "time": "2026-11-24T20:00:00Z", "kinematics": "cartesian", "pulley_mm": [40.0, 40.0],
          "nozzle_mm": 0.4, "px_per_mm": 60, "metric": false, "transfer": "srgb",
          "lamps": [
            { "name": "a", "file": "a.png", "azimuth_deg": 0, "elevation_deg": 25 },
            { "name": "b", "file": "b.png", "azimuth_deg": 120, "elevation_deg": 25 },
            { "name": "c", "file": "c.png", "azimuth_deg": 240, "elevation_deg": 25 } ] }
        """
            .formatted("0".repeat(64)));
    String to = dir.resolve("f.json").toString();

    whorl("fingerprint", "--frames", frames.toString(), "--out", to);
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.get(0)).contains("has no profile").contains("--program");

    whorl("coupon", "--config", config("[235, 235]", "210", ""), "--out", dir + "/other.gcode");
    whorl(
        "fingerprint",
        "--frames",
        frames.toString(),
        "--program",
        dir + "/other.gcode",
        "--out",
        to);
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.get(0))
        .contains("is the program of coupon standard-1:")
        .contains("but the capture");
    assertThat(dir.resolve("f.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--vibration", "--mesh"})
  void shouldSayWhatIsWrongWithAFileOfAnotherSense(String option) throws Exception {
    Path none = dir.resolve("none.csv");
    whorl("fingerprint", "--frames", dir.toString(), "--out", "f.json", option, none.toString());
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.get(0)).contains("none.csv: there is no such file");

    Path words = Files.writeString(dir.resolve("words.csv"), "no,numbers,in,here\n");
    whorl("fingerprint", "--frames", dir.toString(), "--out", "f.json", option, words.toString());
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors).last().asString().contains("words.csv: line 1: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "check",
        "enroll",
        "abort",
        "status",
        "clear-bed",
        "cool",
        "outbox",
        "coupon",
        "capture",
        "fingerprint",
        "compare"
      })
  void shouldExplainEveryVerb(String verb) {
    whorl(verb, "--help");

    assertThat(exitCode).isZero();
  }

  @Test
  void shouldSayInOneLineWhatIsNoFingerprint() throws Exception {
    Path file = Files.writeString(dir.resolve("a.json"), "[]");
    whorl("compare", file.toString(), dir.resolve("b.json").toString());

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0)).startsWith("whorl: a.json: ");
  }

  @Test
  void shouldWriteAPageThatSaysHowTwoFingerprintsWereJudged() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(5);
    Path first = dir.resolve("first.json");
    Path second = dir.resolve("second.json");
    Files.write(first, FingerprintJson.write(printer.measure(Duration.ZERO)));
    Files.write(second, FingerprintJson.write(printer.measure(Duration.ofDays(1))));
    Path page = dir.resolve("page.html");

    whorl("compare", first.toString(), second.toString(), "--report", page.toString());

    assertThat(exitCode).isZero();
    assertThat(page).content().contains("<p class=\"decided match\">The same printer, unchanged");
  }

  @Test
  void shouldAskForAPageWhenToldWhatToCompareTo() {
    String[] line = {"fingerprint", "--frames", "f", "--out", "o.json", "--against", "a.json"};
    whorl(line);

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors).singleElement().asString().contains("--against needs --report");
  }
}
