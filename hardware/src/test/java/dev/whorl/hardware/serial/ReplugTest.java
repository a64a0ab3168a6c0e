package dev.whorl.hardware.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cable pulled and put back, again and again, each time with another device behind the link. */
@Timeout(60)
class ReplugTest {

  private static final int CYCLES = 20;
  private static final Duration CLOSE = Duration.ofSeconds(1);

  @TempDir Path dir;

  private static long count(String of) {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self", of))) {
      return entries.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
  }

  private void plug(FarEnd pty) throws IOException {
    Path link = dir.resolve("printer");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, pty.path());
  }

  private void cycle() throws Exception {
    try (FarEnd pty = new FarEnd()) {
      plug(pty);
      try (SerialLine line = SerialLines.open(dir.resolve("printer").toString(), 115200)) {
        pty.write("start\n");
        byte[] buffer = new byte[16];
        StringBuilder heard = new StringBuilder();
        await()
            .until(
                () ->
                    heard
                        .append(
                            new String(buffer, 0, line.read(buffer, 50), StandardCharsets.US_ASCII))
                        .toString()
                        .equals("start\n"));
        pty.close();
        assertThatThrownBy(() -> line.read(buffer, 50)).isInstanceOf(LineLostException.class);
        long began = System.nanoTime();
        line.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CLOSE);
      }
    }
  }

  @Test
  void shouldLeakNoThreadAndNoDescriptorWhenReplugged() throws Exception {
    cycle();
    List<String> threads = threads();
    long descriptors = count("fd");

    for (int i = 0; i < CYCLES; i++) {
      cycle();
    }

    assertThat(threads()).hasSizeLessThanOrEqualTo(threads.size());
    assertThat(count("fd")).isLessThanOrEqualTo(descriptors);
  }

  @Test
  void shouldNotTurnInCirclesWhileThePrinterIsGone() throws Exception {
    try (FarEnd pty = new FarEnd()) {
      plug(pty);
      try (SerialLine line = SerialLines.open(dir.resolve("printer").toString(), 115200)) {
        pty.close();
        List<String> whileGone = threads();
        assertThatThrownBy(() -> line.read(new byte[16], 50))
            .isInstanceOf(LineLostException.class)
            .hasMessageContaining("unplugged");
        // The library's listener, which calls without a pause, would be a thread of its own.
        assertThat(whileGone).noneMatch(name -> name.contains("jSerialComm"));
      }
    }
  }

  @Test
  void shouldCloseFromAnyThreadWhileOthersReadAndWrite() throws Exception {
    try (FarEnd pty = new FarEnd()) {
      plug(pty);
      SerialLine line = SerialLines.open(dir.resolve("printer").toString(), 115200);
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(
              () -> untilLost(line, true), task -> new Thread(task, "reader").start());
      // Nobody takes what is written: the second thread stays in the kernel.
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> untilLost(line, false), task -> new Thread(task, "writer").start());

      long began = System.nanoTime();
      List<Thread> closers =
          IntStream.range(0, 8).mapToObj(i -> new Thread(line::close, "closer-" + i)).toList();
      closers.forEach(Thread::start);
      for (Thread closer : closers) {
        closer.join();
      }

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CLOSE);
      await().until(() -> reader.isDone() && writer.isDone());
    }
  }

  private static void untilLost(SerialLine line, boolean read) {
    byte[] block = new byte[1024];
    try {
      while (true) {
        if (read) {
          line.read(block, 50);
        } else {
          line.write(block, 0, block.length);
        }
      }
    } catch (IOException e) {
      assertThat(e).isInstanceOf(LineLostException.class);
    }
  }
}
