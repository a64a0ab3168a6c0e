package dev.whorl.sim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Claim 2: one byte changed in 1 % of the lines both ways; is the program executed as it is? */
final class Corruption implements Item {

  private static final int LINES = 50_000;
  private static final long LONGEST_STALL_MS = 5_000;

  /** See docs/link.md, "What cannot be defended": one in 2500 is expected. */
  private static final int UNCHECKED_ONE_IN = 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(8);

  @Override
  public String name() {
    return "corruption";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int lines = bench.amount(LINES);
    List<String> program = CheapProgram.ofLines(lines);
    bench.say().accept("corruption: " + lines + " lines to each of four printers at once");
    return AtOnce.each(Dialects.CHECKING, dialect -> look(bench, dialect, program));
  }

  private Finding look(Bench bench, Dialects dialect, List<String> program)
      throws IOException, InterruptedException {
    int lines = program.size();
    String port = name() + "-" + dialect.name().replace(' ', '-');
    Path file = bench.dir().resolve(port + ".gcode");
    Files.write(file, program);
    List<String> options = new ArrayList<>(dialect.options());
    options.addAll(
        List.of("--faults", "corrupt=0.01", "--fault-seed", Long.toString(bench.seed())));
    try (PrinterProcess printer = PrinterProcess.start(bench, port, options)) {
      Sending sending = SendingProcess.whorl(printer.port(), 115200, file, lines, LIMIT);
      Executed executed = Executed.of(program, printer.executedInTheEnd());
      return new Finding(
          name(),
          dialect.name(),
          (sending.done()
                  ? String.format(
                      Locale.ROOT,
                      "%.0f lines/s, longest stall %d ms, ",
                      sending.linesPerS(),
                      sending.stallMs())
                  : "failed: " + sending.failure() + "; ")
              + executed,
          dialect.insists()
              ? "executed as sent, no stall over 5 s"
              : "none twice, altered only what this firmware does not check: at most one line"
                  + " in 1000; no stall over 5 s",
          sending.done()
              && (executed.identical() || !dialect.insists() && unchecked(executed, lines))
              && sending.stallMs() <= LONGEST_STALL_MS,
          Map.of(
              "lines",
              lines,
              "lines_per_s",
              sending.linesPerS(),
              "longest_stall_ms",
              sending.stallMs(),
              "executed",
              executed));
    }
  }

  /** Whether all that differs is lines of which the firmware did not see the damage. */
  private static boolean unchecked(Executed executed, int lines) {
    return executed.twice() == 0
        && executed.missing() == executed.altered()
        && executed.altered() * UNCHECKED_ONE_IN <= lines;
  }
}
