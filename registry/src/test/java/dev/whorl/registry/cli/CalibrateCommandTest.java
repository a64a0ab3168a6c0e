package dev.whorl.registry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.cli.Cli;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModelsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CalibrateCommandTest {
  @TempDir Path dir;
  private final StringWriter err = new StringWriter();

  @Test
  void shouldWriteModelsFittedOnTheOwnersFleetForTheRegistryToUse() throws Exception {
    fleet(10, 3);
    String said = run(0, "calibrate", fleet().toString(), "--simulated");
    Path file = dir.resolve("state/score-models.json");
    ScoreModels models = ScoreModelsJson.read(Files.readAllBytes(file));

    assertThat(models.fittedOn().printers()).isEqualTo(10);
    assertThat(models.fittedOn().fingerprints()).isEqualTo(30);
    assertThat(models.fittedOn().simulated()).isTrue();
    assertThat(models.fittedOn().text()).isEqualTo("simulated printers in fleet");
    assertThat(models.components()).containsKeys("axis", "nozzle", "ringing");
    assertThat(said)
        .contains("10 printers, 20 genuine and 180 impostor comparisons")
        .contains("Written to " + file);
  }

  @Test
  void shouldGiveTheSameModelsForTheSameFleet() throws Exception {
    fleet(8, 2);
    run(0, "calibrate", fleet().toString(), "--out", dir.resolve("a.json").toString());
    run(0, "calibrate", fleet().toString(), "--out", dir.resolve("b.json").toString());

    assertThat(dir.resolve("a.json")).hasSameBinaryContentAs(dir.resolve("b.json"));
  }

  @Test
  void shouldLeaveWhatEvaluateReadsNoCostlierThanBefore() throws Exception {
    fleet(10, 3);
    Path models = dir.resolve("m.json");
    JsonNode said =
        new ObjectMapper()
            .readTree(
                run(0, "calibrate", fleet().toString(), "--out", models.toString(), "--json"));
    JsonNode before = evaluate();
    JsonNode after = evaluate("--models", models.toString());

    assertThat(said.get("cllr_before").doubleValue()).isBetween(0.0, 0.5);
    assertThat(said.get("cllr_after").doubleValue())
        .isLessThan(said.get("cllr_before").doubleValue() + 0.005);
    assertThat(after.get("cllr").doubleValue())
        .isLessThan(before.get("cllr").doubleValue() + 0.005);
    assertThat(after.get("eer").doubleValue())
        .isCloseTo(before.get("eer").doubleValue(), within(0.02));
  }

  @Test
  void shouldRefuseAFleetThatIsTooSmallAndModelsThatAreNone() throws Exception {
    fleet(7, 2);
    run(2, "calibrate", fleet().toString());
    assertThat(err.toString()).contains("7 printers with two fingerprints or more; at least 8");
    assertThat(dir.resolve("state/score-models.json")).doesNotExist();

    Path none = Files.writeString(dir.resolve("none.json"), "{}");
    run(2, "evaluate", fleet().toString(), "--models", none.toString());
    assertThat(err.toString()).contains("none.json: not score models").doesNotContain("\tat ");
  }

  private JsonNode evaluate(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("evaluate", fleet().toString(), "--json"));
    args.addAll(List.of(options));
    return new ObjectMapper().readTree(run(0, args.toArray(String[]::new)));
  }

  private Path fleet() {
    return dir.resolve("fleet");
  }

  private void fleet(int printers, int coupons) throws IOException {
    for (int p = 0; p < printers; p++) {
      Path of = Files.createDirectories(fleet().resolve("p" + p));
      SyntheticPrinter printer = new SyntheticPrinter(100 + p);
      for (int c = 0; c < coupons; c++) {
        Files.write(
            of.resolve(c + ".json"),
            FingerprintJson.write(printer.measure("p" + p, Duration.ofDays(20L * c))));
      }
    }
  }

  private String run(int exitCode, String... args) throws IOException {
    Path config = dir.resolve("registry.toml");
    Files.createDirectories(dir.resolve("state"));
    Files.writeString(config, "state_dir = \"state\"\n[mqtt]\nurl = \"tcp://localhost:1883\"\n");
    List<String> all = new ArrayList<>(List.of(args));
    if (args[0].equals("calibrate")) {
      all.addAll(List.of("--config", config.toString()));
    }
    StringWriter out = new StringWriter();
    CommandLine line =
        new CommandLine(new RegistryCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    assertThat(Cli.run(line, all.toArray(String[]::new))).as(err.toString()).isEqualTo(exitCode);
    return out.toString();
  }
}
