package dev.whorl.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.RunState;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.gcode.link.Temperatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The agent as a process of its own that is ended in every way there is while the nozzle is hot.
 */
@Execution(ExecutionMode.CONCURRENT)
class HeatAndSignalsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path dir;
  private PrinterOnPty printer;
  private Process agent;

  @BeforeEach
  void plugIn() throws Exception {
    printer = PrinterOnPty.plugIn(dir.resolve("printer"), 300);
    new BenchToml(dir.resolve("printer").toString(), 3)
        .id("bench-07")
        .say("printer", "baud = 115200")
        .camera("false", "{out}")
        .say("agent", "http = \"127.0.0.1:0\"")
        .write(dir);
  }

  @AfterEach
  void unplug() throws Exception {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
    }
    printer.close();
  }

  private void start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.whorl.agent.Main");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", dir.resolve("agent.toml").toString()));
    agent =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("agent.log").toFile()))
            .start();
  }

  private RunState journalled() throws IOException {
    Path file = dir.resolve("state/journal");
    if (!Files.exists(file)) {
      return RunState.EMPTY;
    }
    // A copy: opening the file itself would cut off what is just being written.
    Path copy = Files.copy(file, Files.createTempDirectory(dir, "copy").resolve("journal"));
    Journal.Opened opened = Journal.open(copy);
    opened.journal().close();
    return RunState.of(opened.entries());
  }

  private void startService() throws IOException {
    start("run");
    await().atMost(LONG).until(() -> log().contains("is up"));
  }

  /** The service prints, and the program is past the line that waits for the nozzle. */
  private void printUntilHot() throws Exception {
    startService();
    ControlClient client = ControlClient.of(dir.resolve("state"));
    client.command("clear-bed");
    client.command("enroll");
    await().atMost(LONG).until(() -> line(client.status().path("doing").asText()) > 60);
    assertThat(journalled().hot()).isTrue();
  }

  private static int line(String doing) {
    Matcher line = Pattern.compile("line (\\d+) of .*").matcher(doing);
    return line.matches() ? Integer.parseInt(line.group(1)) : 0;
  }

  private String log() throws IOException {
    return Files.readString(dir.resolve("agent.log"));
  }

  private void kill(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(agent.pid())).start().waitFor();
  }

  private void awaitEnd(Duration atMost) throws InterruptedException {
    assertThat(agent.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
        .as("gone within " + atMost)
        .isTrue();
  }

  @Test
  void shouldSwitchTheHeatersOffAndBeGoneWithinFiveSecondsOfASignal() throws Exception {
    printUntilHot();
    kill("TERM");

    awaitEnd(Duration.ofSeconds(5));

    assertThat(printer.read().targetsOff()).isTrue();
    RunState left = journalled();
    assertThat(left.phase()).isEqualTo(Phase.FAULT);
    assertThat(left.entered().detail()).isEqualTo("the agent was stopped");
  }

  @Test
  void shouldCoolFirstAndSeeTheFallWhenStartedAgainAfterAKill() throws Exception {
    printUntilHot();
    kill("KILL");
    awaitEnd(Duration.ofSeconds(5));
    Temperatures left = printer.read();
    assertThat(left.targetsOff()).as("nobody could").isFalse();
    assertThat(journalled().hot()).isTrue();

    startService();

    await().atMost(LONG).until(() -> !journalled().hot());
    assertThat(printer.read().targetsOff()).isTrue();
    assertThat(journalled().phase()).isEqualTo(Phase.FAULT);
    assertThat(journalled().entered().detail()).contains("the agent ended while it was printing");
  }

  @Test
  void shouldLeaveHeatAloneThatAHostSet() throws Exception {
    printer.heatAsAHost(200);
    startService();
    kill("INT");
    awaitEnd(Duration.ofSeconds(5));
    start("cool", "--own");
    awaitEnd(LONG);

    assertThat(printer.read().nozzleTargetC()).isEqualTo(200);
  }
}
