package dev.whorl.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.Relay;
import dev.whorl.hardware.RelaySettings;
import dev.whorl.hardware.serial.SerialLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** M112 over a real pseudo-terminal: to a printer that listens, and to one that stopped reading. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class EmergencyTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<String> PROGRAM =
      IntStream.range(0, 2000).mapToObj(i -> "G1 X%d.125 Y10.250 E0.01234".formatted(i)).toList();

  @TempDir Path dir;
  private final List<String> record = Collections.synchronizedList(new ArrayList<>());

  private List<String> recorded() {
    synchronized (record) {
      return List.copyOf(record);
    }
  }

  private static CompletableFuture<Throwable> stream(PrinterLink link) {
    return CompletableFuture.supplyAsync(
        () -> catchThrowable(() -> link.stream(PROGRAM, (done, total) -> {})),
        task -> new Thread(task, "streaming").start());
  }

  private PrinterLink greet(RecordingLine line) throws LinkException {
    PrinterLink link =
        PrinterLink.open(line, LinkSettings.at(115200), LinkListener.NONE, TimeSource.SYSTEM);
    link.hello();
    return link;
  }

  @Test
  void shouldStopFlushSendCloseAndCutInThisOrderWhenAWriteIsStuck() throws Exception {
    AtomicBoolean struck = new AtomicBoolean();
    try (FarEnd printer =
        new FarEnd(
            60,
            (p, number, command) -> {
              if (struck.compareAndSet(false, true)) {
                p.goDeaf();
              }
            })) {
      RecordingLine line =
          new RecordingLine(SerialLines.open(printer.pty.address(), 115200), record);
      PrinterLink link = greet(line);
      Path cut = dir.resolve("cut");
      try (Relay relay =
          Bench.openRelay(
              new RelaySettings(
                  "command", List.of("sh", "-c", "echo {power} > " + cut + ".{power}")))) {
        CompletableFuture<Throwable> stream = stream(link);
        await().atMost(LONG).until(line::stuck);
        record.clear();
        long began = System.nanoTime();

        Throwable unconfirmed = catchThrowable(link::emergencyStop);
        Throwable closed = catchThrowable(link::close);
        record.add("cut");
        relay.powerOff();

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(unconfirmed)
            .isInstanceOf(LinkException.class)
            .hasMessageContaining("cut")
            .hasMessageContaining("power");
        assertThat(closed == null || closed instanceof LinkException).isTrue();
        assertThat(recorded()).containsSubsequence("discard", "M112", "close", "cut");
        assertThat(recorded()).as("no line of the program after the stop").doesNotContain("line");
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(stream.get(LONG.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(LinkException.class);
        assertThat(Files.exists(Path.of(cut + ".off"))).isTrue();
      }
    }
  }

  @Test
  void shouldWriteM112AtOnceWhileTheWindowIsFull() throws Exception {
    AtomicBoolean waits = new AtomicBoolean();
    try (FarEnd printer = new FarEnd(60, (p, number, command) -> waits.set(true))) {
      RecordingLine line =
          new RecordingLine(SerialLines.open(printer.pty.address(), 115200), record);
      PrinterLink link = greet(line);
      CompletableFuture<Throwable> stream = stream(link);
      await().atMost(LONG).until(waits::get);
      long began = System.nanoTime();

      link.urgent("M112");

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
      // A line that was about to be written may follow: the printer does it no more.
      assertThat(recorded()).contains("M112");
      await().atMost(LONG).until(() -> printer.executed.contains("M112"));
      assertThat(printer.executed).as("nothing of the program went ahead").hasSizeLessThan(100);
      link.abort();
      assertThat(stream.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(LinkException.class);
      link.close();
    }
  }
}
