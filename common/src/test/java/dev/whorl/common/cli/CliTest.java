package dev.whorl.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CliTest {
  private final StringWriter err = new StringWriter();

  @Command(name = "top", subcommands = Verb.class, versionProvider = Version.class)
  static class Top {}

  @Command(name = "verb")
  static class Verb implements Callable<Integer> {
    @Option(names = "--how", required = true)
    String how = "";

    @Override
    public Integer call() {
      return switch (how) {
        case "no" -> ExitCode.NO;
        case "user" -> throw UserError.hardware("camera: no answer\nlamps: no answer");
        case "fault" -> throw new IllegalStateException("broken");
        default -> ExitCode.DONE;
      };
    }
  }

  private int run(String... args) {
    return Cli.run(new CommandLine(new Top()).setErr(new PrintWriter(err)), args);
  }

  @Test
  void shouldReturnWhatTheVerbReturns() {
    assertThat(run("verb", "--how", "well")).isZero();
    assertThat(run("verb", "--how", "no")).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldPrintALinePerProblemOfAUserError() {
    assertThat(run("verb", "--how", "user")).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("whorl: camera: no answer\nwhorl: lamps: no answer\n");
  }

  @Test
  void shouldAnswerWrongUsageInOneLine() {
    assertThat(run("verb")).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("whorl: Missing required option: '--how");
  }

  @Test
  void shouldKeepTheDetailsOfAFault() throws IOException {
    assertThat(run("verb", "--how", "fault")).isEqualTo(70);
    String line = err.toString().strip();
    assertThat(line)
        .startsWith("whorl: unexpected IllegalStateException: broken; details are in ")
        .doesNotContain("\n");
    Path log = Path.of(line.substring(line.indexOf("details are in ") + 15));
    assertThat(Files.readString(log)).contains("IllegalStateException: broken", "\tat ");
    Files.delete(log);
  }

  @Test
  void shouldPrintTheStackTraceWhenAsked() {
    assertThat(run("verb", "--how", "fault", "--debug")).isEqualTo(70);
    assertThat(err.toString()).contains("\tat dev.whorl.common.cli.CliTest");
  }
}
