package dev.whorl.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.agent.run.Conductor;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.Request;
import dev.whorl.agent.run.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The cable of a simulated printer is pulled out while it is hot. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class UnplugTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final double TIME_SCALE = 300;

  @TempDir Path dir;
  private Path port;
  private PrinterOnPty printer;
  private ConductorOnPty wired;

  @BeforeEach
  void plugIn() throws Exception {
    port = dir.resolve("printer");
    printer = PrinterOnPty.plugIn(port, TIME_SCALE);
  }

  @AfterEach
  void end() throws Exception {
    printer.close();
    wired.conductor().close();
  }

  /** Prints until the nozzle is hot, pulls the cable, and steps until there is nothing to do. */
  private RunView unplugWhileHot() throws Exception {
    Conductor conductor = wired.conductor();
    conductor.request(new Request.Enroll("a person", true));
    CompletableFuture<RunView> rest =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return rest();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            task -> new Thread(task, "conductor").start());
    await().atMost(LONG).until(() -> conductor.view().doing().matches("line [1-9]\\d\\d of .*"));
    printer.unplug();
    return rest.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private RunView rest() throws IOException, InterruptedException {
    while (wired.conductor().step()) {
      continue;
    }
    return wired.conductor().view();
  }

  @Test
  void shouldCutThePowerOfAPrinterThatWasUnpluggedWhileHot() throws Exception {
    Path power = dir.resolve("power");
    wired =
        ConductorOnPty.open(
            dir,
            port,
            "driver = \"command\"\ncommand = [\"sh\", \"-c\", \"echo {power} >> " + power + "\"]");

    RunView view = unplugWhileHot();

    assertThat(view.phase()).isEqualTo(Phase.FAULT);
    assertThat(view.fault()).contains(port.toString()).doesNotContain("\n");
    assertThat(view.powerCut()).contains("the relay cut the printer's power");
    assertThat(Files.readAllLines(power)).containsExactly("off");
    assertThat(wired.events()).containsExactly("run-fault", "power-cut");

    printer = PrinterOnPty.plugIn(port, TIME_SCALE);
    wired.conductor().request(new Request.ClearBed("a person"));
    view = rest();

    assertThat(Files.readAllLines(power)).containsExactly("off", "on");
    assertThat(view.hot()).isFalse();
    assertThat(view.powerCut()).isNull();
  }

  @Test
  void shouldRaiseTheAlarmWithoutARelayAndCoolThePrinterWhereItIsPluggedInAgain() throws Exception {
    wired = ConductorOnPty.open(dir, port);

    RunView view = unplugWhileHot();

    assertThat(wired.events()).containsExactly("run-fault", "hot-unreachable");
    assertThat(view.hot()).isTrue();
    assertThat(view.doing()).endsWith("switch the printer's power off now");

    // Another pseudo-terminal takes the name over, as another ttyUSB does a by-id link.
    printer = PrinterOnPty.plugIn(port, TIME_SCALE);
    printer.heatAsAHost(210);
    view = rest();

    assertThat(view.hot()).isFalse();
    assertThat(printerTargetsOff()).isTrue();
  }

  private boolean printerTargetsOff() throws Exception {
    return printer.read().targetsOff();
  }
}
