package dev.whorl.bench.link;

import dev.whorl.gcode.SerialLine;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Claim 5: M112 while a program is on its way at 115200 baud and as much of it is under way as may
 * be. From the call to the last byte written, and to the printer's word that it has stopped.
 */
final class Emergency implements Item {

  private static final int BAUD = 115_200;
  private static final int CALLS = 100;
  private static final double MOST_P99_MS = 20;

  /** M112 comes when so many lines are done: the window has long been full. */
  private static final int LINES_BEFORE = 60;

  private static final long PATIENCE_S = 20;

  @Override
  public String name() {
    return "emergency";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int calls = bench.amount(CALLS);
    bench.say().accept("emergency: " + calls + " times M112 at " + BAUD + " baud");
    List<Double> written = new ArrayList<>();
    List<Double> confirmed = new ArrayList<>();
    List<String> program = CheapProgram.ofLines(100 * LINES_BEFORE);
    try (PrinterProcess printer =
        PrinterProcess.start(bench, "emergency", List.of("--uart", Integer.toString(BAUD)))) {
      for (int i = 0; i < calls; i++) {
        stop(printer, program, written, confirmed);
      }
    } catch (HardwareException | LinkException e) {
      throw new IOException(e.getMessage(), e);
    }
    double p99 = percentile(written, 99);
    return List.of(
        new Finding(
            name(),
            BAUD + " baud",
            String.format(
                Locale.ROOT,
                "%d calls: last byte written after %.2f ms (p50), %.2f ms (p99); the printer says"
                    + " stopped after %.1f ms (p50), %.1f ms (p99)",
                calls,
                percentile(written, 50),
                p99,
                percentile(confirmed, 50),
                percentile(confirmed, 99)),
            "p99 at most 20 ms to the last byte written",
            p99 <= MOST_P99_MS,
            Map.of(
                "calls", calls,
                "written_p50_ms", percentile(written, 50),
                "written_p99_ms", p99,
                "confirmed_p50_ms", percentile(confirmed, 50),
                "confirmed_p99_ms", percentile(confirmed, 99))));
  }

  private static void stop(
      PrinterProcess printer, List<String> program, List<Double> written, List<Double> confirmed)
      throws IOException, HardwareException, LinkException, InterruptedException {
    StampedLine line = new StampedLine(SerialLines.open(printer.port(), BAUD));
    try (PrinterLink link =
        PrinterLink.open(line, LinkSettings.at(BAUD), LinkListener.NONE, TimeSource.SYSTEM)) {
      printer.powerCycle();
      link.hello();
      CountDownLatch underWay = new CountDownLatch(LINES_BEFORE);
      Thread streaming =
          new Thread(
              () -> {
                try {
                  link.stream(program, (done, total) -> underWay.countDown());
                } catch (LinkException e) {
                  // M112 is on its way: so it must end.
                }
              },
              "bench-stream");
      streaming.start();
      if (!underWay.await(PATIENCE_S, TimeUnit.SECONDS)) {
        throw new IOException("the program does not get under way");
      }
      long called = System.nanoTime();
      link.emergencyStop();
      confirmed.add((System.nanoTime() - called) / 1e6);
      written.add((line.emergencyNanos - called) / 1e6);
      streaming.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    }
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.size()) - 1));
  }

  /** Notes when the first M112 had been written. */
  private static final class StampedLine implements SerialLine {
    private final SerialLine line;
    private volatile long emergencyNanos;

    StampedLine(SerialLine line) {
      this.line = line;
    }

    @Override
    public String name() {
      return line.name();
    }

    @Override
    public int read(byte[] buffer, int timeoutMs) throws IOException {
      return line.read(buffer, timeoutMs);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      line.write(bytes, offset, length);
      // N123 M112*... or M112 alone: no other command of the program has it.
      if (emergencyNanos == 0
          && new String(bytes, offset, length, StandardCharsets.US_ASCII).contains("M112")) {
        emergencyNanos = System.nanoTime();
      }
    }

    @Override
    public void discardOutput() {
      line.discardOutput();
    }

    @Override
    public void setBaud(int baud) throws IOException {
      line.setBaud(baud);
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
