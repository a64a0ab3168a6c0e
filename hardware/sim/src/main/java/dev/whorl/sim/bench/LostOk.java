package dev.whorl.sim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Claim 3: answers that get lost. How long does it take to notice, and is a line done twice? */
final class LostOk implements Item {

  private static final int LINES = 500;

  /** The link's patience with a silent printer (5 s), and one more second. */
  private static final long LONGEST_STALL_MS = 6_000;

  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Override
  public String name() {
    return "lost-ok";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int lines = bench.amount(LINES);
    List<String> program = CheapProgram.ofLines(lines);
    bench.say().accept("lost-ok: " + lines + " lines to each of four printers at once");
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
        List.of("--faults", "lost-ok=0.01", "--fault-seed", Long.toString(bench.seed())));
    try (PrinterProcess printer = PrinterProcess.start(bench, port, options)) {
      Sending sending = SendingProcess.whorl(printer.port(), 115200, file, lines, LIMIT);
      Executed executed = Executed.of(program, printer.executedInTheEnd());
      return new Finding(
          name(),
          dialect.name(),
          (sending.done()
                  ? String.format(
                      Locale.ROOT,
                      "%d lines, longest stall %.1f s, ",
                      lines,
                      sending.stallMs() / 1e3)
                  : "failed: " + sending.failure() + "; ")
              + executed,
          "recovered within the timeout of 5 s plus 1 s, no line twice",
          sending.done() && executed.identical() && sending.stallMs() <= LONGEST_STALL_MS,
          Map.of(
              "lines", lines,
              "longest_stall_ms", sending.stallMs(),
              "executed", executed));
    }
  }
}
