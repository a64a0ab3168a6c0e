package dev.whorl.agent.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Hosts beside the service: Printrun's own link and a raw terminal, over real pseudo-terminals. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class PassThroughTest {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path dir;
  private SharedBench bench;

  @BeforeEach
  void connect() throws Exception {
    bench = new SharedBench(dir, "--time-scale", "2000");
  }

  @AfterEach
  void disconnect() throws Exception {
    bench.close();
  }

  private Child printrun(String name, List<String> print) throws Exception {
    Path file = Files.write(dir.resolve(name + ".gcode"), print);
    Path script = dir.resolve("print.py");
    try (var in = PassThroughTest.class.getResourceAsStream("print.py")) {
      Files.write(script, in.readAllBytes());
    }
    return Child.start(
        dir.resolve(name + ".log"),
        List.of(PYTHON, script.toString(), bench.passThrough.toString(), file.toString()));
  }

  private static boolean printrunIsInstalled() throws Exception {
    Process python =
        new ProcessBuilder(PYTHON, "-c", "import printrun.printcore")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0;
  }

  @Test
  void shouldLetPrintrunAndARawTerminalPrintWhileTheAgentWatches() throws Exception {
    assumeTrue(printrunIsInstalled(), "printcore is not installed");
    bench.startAgent();
    List<String> first = SharedBench.print(150);
    List<String> second = SharedBench.print(120);

    try (Child printrun = printrun("printrun", first)) {
      printrun.awaitSaid("end");
      await().atMost(Child.LONG).untilAsserted(() -> assertThat(bench.executed()).isEqualTo(first));
      assertThat(printrun.said()).doesNotContain("error");
    }
    assertThat(bench.status().path("host").asText()).isEqualTo("printing");
    try (RawTerminal terminal = new RawTerminal(bench.passThrough)) {
      terminal.say("M104 S33");
      await()
          .atMost(Child.LONG)
          .until(() -> bench.status().at("/temperatures/nozzle_target_c").asDouble() == 33);
      terminal.print(second);
      assertThat(terminal.heard).noneMatch(line -> line.startsWith("Error"));
    }

    // The simulated printer writes down what it did once it rests.
    await()
        .atMost(Child.LONG)
        .untilAsserted(
            () ->
                assertThat(bench.executed().stream().skip(first.size() + 1).toList())
                    .isEqualTo(second));
    assertThat(bench.status().path("slots").get(0).path("state").asText())
        .as("a host printed somewhere")
        .isEqualTo("unknown");
  }

  @Test
  void shouldKeepAPrintThatAHostStartsDuringACouponUntilTheBedIsClear() throws Exception {
    assumeTrue(printrunIsInstalled(), "printcore is not installed");
    bench.startAgent();
    bench.ask("clear-bed");
    bench.ask("enroll");
    bench.awaitPhase("PRINT");
    List<String> print = SharedBench.print(100);

    try (Child printrun = printrun("held", print)) {
      printrun.awaitSaid("start");
      bench.awaitPhase("IDLE", "FAULT");
      assertThat(bench.status().path("fault").isNull()).as(bench.status().toString()).isTrue();
      assertThat(bench.status().path("host").asText()).isEqualTo("held");
      assertThat(bench.executed()).doesNotContain(print.get(4));
      int before = bench.executed().size();

      bench.ask("clear-bed");
      printrun.awaitSaid("end");

      await()
          .atMost(Child.LONG)
          .untilAsserted(
              () ->
                  assertThat(bench.executed().subList(before, bench.executed().size()))
                      .endsWith(print.toArray(new String[0])));
      assertThat(printrun.said()).doesNotContain("error");
    }
  }
}
