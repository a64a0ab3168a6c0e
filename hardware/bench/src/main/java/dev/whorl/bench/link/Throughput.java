package dev.whorl.bench.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Claim 1: how much of a UART's speed the link uses, and whether it ever sends too fast. */
final class Throughput implements Item {

  private static final int LINES = 100_000;

  /** With fewer the first seconds of a Java process count for too much. */
  private static final int LEAST_LINES = 25_000;

  private static final double LEAST_PERCENT = 95;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    int lines = Math.max(LEAST_LINES, bench.amount(LINES));
    List<String> program = CheapProgram.ofLines(lines);
    Path file = bench.dir().resolve("throughput.gcode");
    Files.write(file, program);
    for (int baud : new int[] {250_000, 115_200}) {
      bench.say().accept("throughput: " + lines + " lines at " + baud + " baud");
      try (PrinterProcess printer =
          PrinterProcess.start(bench, "throughput", List.of("--uart", Integer.toString(baud)))) {
        Sending sending = SendingProcess.whorl(printer.port(), baud, file, lines, LIMIT);
        findings.add(finding(baud, program, sending, printer));
      }
    }
    return findings;
  }

  private Finding finding(int baud, List<String> program, Sending sending, PrinterProcess printer)
      throws IOException, InterruptedException {
    double bytesPerLine = CheapProgram.bytesPerLine(program);
    double limit = baud / 10.0 / bytesPerLine;
    double percent = 100 * sending.linesPerS() / limit;
    long overruns = printer.overruns();
    Executed executed = Executed.of(program, printer.executedInTheEnd());
    return new Finding(
        name(),
        baud + " baud",
        sending.done()
            ? String.format(
                Locale.ROOT,
                "%.1f %% of %.0f lines/s of %.1f bytes, %d bytes overrun, CPU %.0f us a line, %s",
                percent,
                limit,
                bytesPerLine,
                overruns,
                sending.cpuUsPerLine(),
                executed)
            : "failed: " + sending.failure(),
        "95 %, no overrun",
        sending.done() && percent >= LEAST_PERCENT && overruns == 0 && executed.identical(),
        Map.of(
            "lines", program.size(),
            "lines_per_s", sending.linesPerS(),
            "limit_lines_per_s", limit,
            "percent_of_limit", percent,
            "overrun_bytes", overruns,
            "cpu_us_per_line", sending.cpuUsPerLine(),
            "longest_stall_ms", sending.stallMs()));
  }
}
