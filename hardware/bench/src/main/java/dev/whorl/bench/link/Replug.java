package dev.whorl.bench.link;

import dev.whorl.gcode.SerialLine;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.pty.PortLink;
import dev.whorl.hardware.serial.SerialLines;
import dev.whorl.sim.pty.PtyWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Claim 6: a cable pulled and put back, each time with another device behind the same link. Whoever
 * waits for it tries to open it again and again, as the agent does.
 */
final class Replug implements Item {

  private static final int CYCLES = 200;

  /** What a first cycle loads and starts is no leak; nor is it the usual load. */
  private static final int FIRST_CYCLES = 10;

  /** A cycle has so long plugged in and so long out. */
  private static final long HALF_MS = 150;

  private static final long RETRY_MS = 50;
  private static final long PATIENCE_MS = 5_000;
  private static final double MOST_CPU_PERCENT = 5;
  private static final double LONGEST_CLOSE_MS = 1_000;

  private double worstNoticeMs;
  private double worstCloseMs;

  @Override
  public String name() {
    return "replug";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int cycles = bench.amount(CYCLES);
    bench.say().accept("replug: " + cycles + " cycles");
    worstNoticeMs = 0;
    worstCloseMs = 0;
    Path link = bench.dir().resolve("replug");
    for (int i = 0; i < Math.min(FIRST_CYCLES, cycles); i++) {
      cycle(link);
    }
    int threads = count("task");
    int descriptors = count("fd");
    long cpuMs = CpuTime.ms(ProcessHandle.current().pid());
    long began = System.nanoTime();
    for (int i = 0; i < cycles; i++) {
      cycle(link);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double percent = (CpuTime.ms(ProcessHandle.current().pid()) - cpuMs) / seconds / 10;
    int moreThreads = Math.max(0, count("task") - threads);
    int moreDescriptors = Math.max(0, count("fd") - descriptors);
    return List.of(
        new Finding(
            name(),
            "pseudo-terminal",
            String.format(
                Locale.ROOT,
                "%d cycles: %d threads and %d descriptors left over, %.1f %% CPU, noticed within"
                    + " %.0f ms, closed within %.0f ms",
                cycles,
                moreThreads,
                moreDescriptors,
                percent,
                worstNoticeMs,
                worstCloseMs),
            "none left over, under 5 % CPU, closed within 1 s",
            moreThreads == 0
                && moreDescriptors == 0
                && percent < MOST_CPU_PERCENT
                && worstCloseMs <= LONGEST_CLOSE_MS,
            Map.of(
                "cycles", cycles,
                "threads_left", moreThreads,
                "descriptors_left", moreDescriptors,
                "cpu_percent", percent,
                "noticed_ms", worstNoticeMs,
                "close_ms", worstCloseMs)));
  }

  private void cycle(Path name) throws IOException, InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    LinkListener listener =
        new LinkListener() {
          @Override
          public void heard(Reply reply) {
            heard.countDown();
          }

          @Override
          public void lost(LinkException reason) {
            lost.countDown();
          }
        };
    PrinterLink link;
    long began;
    try (PtyWire printer = PtyWire.open();
        PortLink made = PortLink.make(name, Path.of(printer.address()))) {
      link =
          PrinterLink.open(
              open(made.path().toString()), LinkSettings.AUTO, listener, TimeSource.SYSTEM);
      printer.write("start\n".getBytes(StandardCharsets.US_ASCII));
      await(heard, "the printer is not heard");
      TimeUnit.MILLISECONDS.sleep(HALF_MS);
      began = System.nanoTime();
    }
    await(lost, "the pulled cable is not noticed");
    long noticed = System.nanoTime();
    try {
      link.close();
    } catch (LinkException e) {
      throw new IOException(e.getMessage(), e);
    }
    worstNoticeMs = Math.max(worstNoticeMs, (noticed - began) / 1e6);
    worstCloseMs = Math.max(worstCloseMs, (System.nanoTime() - noticed) / 1e6);
    for (long waited = 0; waited < HALF_MS; waited += RETRY_MS) {
      try {
        SerialLines.open(name.toString(), 115200).close();
        throw new IOException(name + " can be opened with nothing behind it");
      } catch (HardwareException e) {
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      }
    }
  }

  private static SerialLine open(String port) throws IOException {
    try {
      return SerialLines.open(port, 115200);
    } catch (HardwareException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void await(CountDownLatch event, String otherwise)
      throws IOException, InterruptedException {
    if (!event.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
      throw new IOException(otherwise);
    }
  }

  private static int count(String of) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self", of))) {
      return (int) entries.count();
    }
  }
}
