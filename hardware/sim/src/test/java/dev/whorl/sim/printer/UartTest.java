package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UartTest {

  private static final int BAUD = 19_200;

  @TempDir private Path folder;

  @Test
  void shouldCarryNoByteFasterThanTheBaudRate() throws Exception {
    try (Bench bench = new Bench(folder, Setup.plain().withUart(BAUD))) {
      bench.host.ask("M110 N0");
      long startNanos = System.nanoTime();
      int bytes = 0;
      for (int i = 1; i <= 40; i++) {
        String line = Host.numbered(i, "G92 X10 Y10 Z10 E0");
        bench.host.ask(line);
        bytes += line.length() + 1;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      assertThat(took).isGreaterThan(Duration.ofNanos(bytes * 10_000_000_000L / BAUD));
      assertThat(bench.executed.subList(1, 41))
          .isEqualTo(Collections.nCopies(40, "G92 X10 Y10 Z10 E0"));
      assertThat(bench.printer.overruns()).isZero();
    }
  }

  @Test
  void shouldDropAndCountWhatFindsTheBufferFull() throws Exception {
    try (Bench bench = new Bench(folder, Setup.plain().withUart(BAUD))) {
      bench.host.ask("M110 N0");
      bench.host.say("M0"); // waits for a person: nothing behind it is taken out of the queue
      bench.host.until("echo:busy");
      // Three more commands fill the queue of four; 127 bytes stay in the buffer; 50 are lost.
      bench.host.say("G90\nG90\nG90\n" + "G92 E1\n".repeat(25) + "G");
      await().atMost(Duration.ofSeconds(20)).until(() -> bench.printer.overruns() == 50);
      bench.host.say("M108"); // seen on arrival, full or not
      bench.host.until("ok");
      await().atMost(Duration.ofSeconds(20)).until(() -> bench.executed.size() >= 23);
      assertThat(bench.executed.stream().filter("G92 E1"::equals)).hasSize(18);
    }
  }
}
