package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.common.cli.Cli;
import dev.whorl.common.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FleetCommandTest {
  @TempDir Path dir;

  private final StringWriter said = new StringWriter();

  private int run(String... args) {
    CommandLine line = new CommandLine(new FleetCommand());
    line.setErr(new PrintWriter(said, true));
    return Cli.run(line, args);
  }

  @ParameterizedTest
  @CsvSource({
    "--printers=5,choose 10 to 100000",
    "--printers=x,printers",
    "--rendered=2000,choose 0 to 1000",
    "--training=3,choose at least 4",
    "--open-set=20,who are all enrolled",
    "--model=delta,mendel and cube are",
    "--model=cube,give --training"
  })
  void shouldRefuseWhatMakesNoFleetInOneLine(String option, String hint) {
    assertThat(run(option, "--out", dir.resolve("out").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString().lines()).singleElement().asString().contains(hint);
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void shouldRefuseToGoOnWithAnotherRunsMachines() throws Exception {
    Path kept = Files.createDirectories(dir.resolve("drawn")).resolve("training-10000.json");
    Files.writeString(kept, "{\"v\":1,\"seed\":5,\"coupons\":{}}");

    assertThat(run("--printers=10", "--quick", "--out", dir.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .contains("training-10000.json is of another run");
  }

  @Test
  void shouldRefuseAFileThatIsNoFleet() throws Exception {
    Path kept = Files.createDirectories(dir.resolve("drawn")).resolve("training-10000.json");
    Files.writeString(kept, "{");

    assertThat(run("--printers=10", "--quick", "--out", dir.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .contains("training-10000.json cannot be read");
  }
}
