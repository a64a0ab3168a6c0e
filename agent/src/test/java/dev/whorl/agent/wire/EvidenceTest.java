package dev.whorl.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.agent.run.Conductor;
import dev.whorl.agent.run.Entry;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run over a real pseudo-terminal whose printer gives evidence that the job cannot go on. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class EvidenceTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** The issue asks for 100 ms; a machine that builds at the same time gets some more. */
  private static final Duration SOON = Duration.ofMillis(500);

  @TempDir Path dir;

  /** Prints until the trouble, and gives the time from its last word to the fault. */
  private Duration untilFault(FarEnd printer) throws Exception {
    ConductorOnPty wired = ConductorOnPty.open(dir, Path.of(printer.pty.address()));
    Conductor conductor = wired.conductor();
    long[] faultNanos = new long[1];
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> {
              try {
                conductor.request(new Request.Enroll("a person", true));
                while (conductor.step()) {
                  continue;
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            task -> new Thread(task, "conductor").start());
    await()
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              faultNanos[0] = System.nanoTime();
              return conductor.view().phase() == Phase.FAULT;
            });
    Duration took = Duration.ofNanos(faultNanos[0] - printer.spokeNanos());
    assertThat(printer.executed)
        .as("commanded off by then or a moment later")
        .satisfies(
            e -> await().atMost(SOON).until(() -> e.containsAll(List.of("M104 S0", "M140 S0"))));
    run.get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(conductor.view().hot()).isFalse();
    conductor.close();
    return took;
  }

  private String cause() throws IOException {
    Journal.Opened opened = Journal.open(dir.resolve("state/journal"));
    opened.journal().close();
    for (Entry entry : opened.entries()) {
      if (entry instanceof Entry.PhaseEntered p && p.phase() == Phase.FAULT) {
        return p.detail();
      }
    }
    return "";
  }

  @Test
  void shouldEndInFaultWhenThePrinterAsksTenTimesForTheSameLine() throws Exception {
    int[] asked = new int[1];
    try (FarEnd printer =
        new FarEnd(
            60,
            (p, number, command) -> {
              if (number == 60) {
                asked[0]++;
                p.sayTrouble("Error:checksum mismatch, Last Line: 59\nResend: 60\nok\n");
              }
            })) {
      assertThat(untilFault(printer)).isLessThan(SOON);
    }
    assertThat(asked[0]).isEqualTo(10);
    assertThat(cause()).contains("10 times for line 60");
  }

  @Test
  void shouldEndInFaultWhenThePrinterAsksForALineOutsideHistory() throws Exception {
    try (FarEnd printer =
        new FarEnd(
            150,
            (p, number, command) ->
                p.sayTrouble("Error:checksum mismatch, Last Line: 1\nResend: 2\nok\n"))) {
      assertThat(untilFault(printer)).isLessThan(SOON);
    }
    assertThat(cause()).contains("asks for line 2");
  }

  @Test
  void shouldEndInFaultWhenThePrinterRestarts() throws Exception {
    try (FarEnd printer =
        new FarEnd(
            60,
            (p, number, command) -> {
              if (number == 60) {
                p.restart();
                p.sayTrouble("\u0000start\necho: External Reset\n");
              }
            })) {
      assertThat(untilFault(printer)).isLessThan(SOON);
    }
    assertThat(cause()).contains("the printer restarted");
  }
}
