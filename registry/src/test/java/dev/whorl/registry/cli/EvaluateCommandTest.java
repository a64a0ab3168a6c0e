package dev.whorl.registry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.cli.Cli;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.SyntheticPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private String run(int exitCode, String... options) {
    StringWriter out = new StringWriter();
    CommandLine line =
        new CommandLine(new RegistryCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] args = new String[options.length + 2];
    args[0] = "evaluate";
    args[1] = folder.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    assertThat(Cli.run(line, args)).as(err.toString()).isEqualTo(exitCode);
    return out.toString();
  }

  private void fleet(int printers, int coupons) throws IOException {
    for (int p = 0; p < printers; p++) {
      Path of = Files.createDirectories(folder.resolve("p" + p));
      SyntheticPrinter printer = new SyntheticPrinter(100 + p);
      for (int c = 0; c < coupons; c++) {
        Files.write(
            of.resolve(c + ".json"),
            FingerprintJson.write(printer.measure("p" + p, Duration.ofDays(20L * c))));
      }
    }
  }

  private JsonNode json(String... options) throws IOException {
    String[] all = new String[options.length + 1];
    all[0] = "--json";
    System.arraycopy(options, 0, all, 1, options.length);
    return new ObjectMapper().readTree(run(0, all));
  }

  @Test
  void shouldCompareEveryPairOnceAndFindGenuineAboveImpostor() throws IOException {
    fleet(8, 3);
    JsonNode said = json();
    assertThat(said.get("printers").intValue()).isEqualTo(8);
    assertThat(said.get("genuine").intValue()).isEqualTo(8 * 3);
    assertThat(said.get("impostor").intValue()).isEqualTo(24 * 23 / 2 - 8 * 3);
    assertThat(said.get("eer").doubleValue()).isZero();
    assertThat(said.get("rank1").doubleValue()).isEqualTo(1);
    assertThat(said.get("genuine_min").doubleValue())
        .isGreaterThan(said.get("impostor_max").doubleValue());
    assertThat(said.at("/fnmr_at_fmr/1e-2").doubleValue()).isZero();
    assertThat(said.at("/limits/eer").size()).isEqualTo(2);
    assertThat(said.at("/limits/eer/1").doubleValue()).isGreaterThan(0.005);
    assertThat(json()).isEqualTo(said);
  }

  @Test
  void shouldCompareWithTheFirstTheLatestOrTheTemplateWhenAsked() throws IOException {
    fleet(4, 3);
    for (String template : new String[] {"first", "latest", "kalman"}) {
      JsonNode said = json("--template", template);
      assertThat(said.get("genuine").intValue()).isEqualTo(4 * 2);
      assertThat(said.get("impostor").intValue()).isEqualTo(4 * 2 * 3);
    }
  }

  @Test
  void shouldLeaveOutWhatIsTooCloseInTime() throws IOException {
    fleet(4, 3);
    assertThat(json("--min-gap", "P30D").get("genuine").intValue()).isEqualTo(4);
    assertThat(json("--min-gap", "P30D", "--template", "latest").get("genuine").intValue())
        .isEqualTo(4);
    run(2, "--min-gap", "P90D");
    assertThat(err.toString()).contains("no printer has two fingerprints far enough apart");
  }

  @Test
  void shouldSayWhatTooFewComparisonsCannotClaim() throws IOException {
    fleet(3, 2);
    assertThat(run(0).lines())
        .anyMatch(line -> line.startsWith("3 printers, 3 genuine and 12 impostor"))
        .anyMatch(
            line ->
                line.startsWith("FNMR at FMR 1e-3")
                    && line.endsWith(
                        "too few to claim: at least 3000 impostor comparisons are needed"))
        .anyMatch(line -> line.contains("every genuine one above every impostor"))
        .anyMatch(line -> line.startsWith("Figures from simulated printers"));
  }

  @Test
  void shouldWriteTheOperatingPoints() throws IOException {
    fleet(3, 2);
    Path det = folder.resolve("det.csv");
    run(0, "--det", det.toString());
    assertThat(Files.readAllLines(det)).first().isEqualTo("log10_threshold,fmr,fnmr");
    assertThat(Files.readAllLines(det)).hasSizeGreaterThan(15);
  }

  @Test
  void shouldNameEveryFileThatIsNoFingerprint() throws IOException {
    fleet(2, 2);
    Files.writeString(folder.resolve("p0/x.json"), "{}");
    Files.writeString(folder.resolve("p1/y.json"), "nonsense");
    run(2);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("whorl: " + folder))
        .anyMatch(line -> line.contains("p0/x.json: "))
        .anyMatch(line -> line.contains("p1/y.json: not a fingerprint"));
  }

  @Test
  void shouldSayWhenThereIsNothingToCompare() throws IOException {
    run(2);
    assertThat(err.toString()).contains("no fingerprint in it");
    fleet(1, 2);
    run(2);
    assertThat(err.toString()).contains("only one printer");
  }
}
