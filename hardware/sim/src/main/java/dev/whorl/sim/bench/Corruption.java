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
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @Override
  public String name() {
    return "corruption";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int lines = bench.amount(LINES);
    List<String> program = CheapProgram.ofLines(lines);
    Path file = bench.dir().resolve("corruption.gcode");
    Files.write(file, program);
    List<Finding> findings = new ArrayList<>();
    for (Dialects dialect : Dialects.CHECKING) {
      bench.say().accept("corruption: " + lines + " lines to " + dialect.name());
      List<String> options = new ArrayList<>(dialect.options());
      options.addAll(
          List.of("--faults", "corrupt=0.01", "--fault-seed", Long.toString(bench.seed())));
      try (PrinterProcess printer = PrinterProcess.start(bench, "corruption", options)) {
        Sending sending = SendingProcess.whorl(printer.port(), 115200, file, lines, LIMIT);
        Executed executed = Executed.of(program, printer.executedInTheEnd());
        findings.add(
            new Finding(
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
                "executed as sent, no stall over 5 s",
                sending.done() && executed.identical() && sending.stallMs() <= LONGEST_STALL_MS,
                Map.of(
                    "lines",
                    lines,
                    "lines_per_s",
                    sending.linesPerS(),
                    "longest_stall_ms",
                    sending.stallMs(),
                    "executed",
                    executed)));
      }
    }
    return findings;
  }
}
