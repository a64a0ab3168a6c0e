package dev.whorl.bench.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Claim 9: Whorl's link and Printrun's printcore, one after the other, each on a printer of the
 * same kind with the same faults, as processes of their own. The first half of the lines warms a
 * Java process up; the second half is given apart.
 */
final class SideBySide implements Item {

  /** Without noise the slowest takes one minute; a sender that stands still is not waited for. */
  private static final Duration LIMIT = Duration.ofSeconds(100);

  /** A kind of connection, and how many lines are sent over it without noise. */
  private record Wire(String name, int baud, int lines, List<String> options) {}

  @Override
  public String name() {
    return "peer";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    Printcore printcore = Printcore.installed(bench.dir());
    List<Finding> findings = new ArrayList<>();
    for (Wire wire :
        List.of(
            new Wire("pseudo-terminal", 115200, bench.amount(40_000), List.of()),
            new Wire("250000 baud", 250000, bench.amount(12_000), List.of("--uart", "250000")),
            new Wire("115200 baud", 115200, bench.amount(8_000), List.of("--uart", "115200")))) {
      for (boolean noise : new boolean[] {false, true}) {
        List<String> options = new ArrayList<>(wire.options());
        if (noise) {
          options.addAll(
              List.of("--faults", "corrupt=0.01", "--fault-seed", Long.toString(bench.seed())));
        }
        String on = wire.name() + (noise ? ", 1 % corrupted" : "");
        // With repairs in it a run takes much longer than without.
        int lines = noise ? wire.lines() / 4 : wire.lines();
        List<String> program = CheapProgram.ofLines(lines);
        Path file = bench.dir().resolve("program.gcode");
        Files.write(file, program);

        bench.say().accept("peer: whorl on " + on);
        Sending ours;
        Executed weDid;
        try (PrinterProcess printer = PrinterProcess.start(bench, "peer-whorl", options)) {
          ours = SendingProcess.whorl(printer.port(), wire.baud(), file, lines, LIMIT);
          weDid = Executed.of(program, printer.executedInTheEnd());
        }
        bench.say().accept("peer: printcore on " + on);
        Sending theirs;
        Executed theyDid;
        try (PrinterProcess printer = PrinterProcess.start(bench, "peer-printcore", options)) {
          theirs = printcore.send(printer.port(), wire.baud(), file, lines, LIMIT);
          theyDid = Executed.of(program, printer.executedInTheEnd());
        }
        boolean ahead =
            ours.done()
                && weDid.identical()
                && (!theirs.done()
                    || !theyDid.identical()
                    || ours.linesPerS() >= theirs.linesPerS()
                        && ours.steadyCpuUsPerLine() <= theirs.steadyCpuUsPerLine());
        findings.add(row(on, "whorl", ours, weDid, "ahead of printcore", ahead));
        findings.add(row(on, "printcore", theirs, theyDid, "", null));
      }
    }
    return findings;
  }

  private Finding row(
      String on,
      String who,
      Sending sending,
      Executed executed,
      String asked,
      @Nullable Boolean met) {
    TreeMap<String, Object> figures = new TreeMap<>();
    figures.put("lines_per_s", Math.round(sending.linesPerS()));
    figures.put("steady_lines_per_s", Math.round(sending.steadyLinesPerS()));
    figures.put("cpu_us_per_line", Math.round(sending.cpuUsPerLine()));
    figures.put("steady_cpu_us_per_line", Math.round(sending.steadyCpuUsPerLine()));
    figures.put("longest_stall_ms", sending.stallMs());
    figures.put("executed", executed);
    String measured =
        sending.done()
            ? String.format(
                Locale.ROOT,
                "%5.0f lines/s (steady %5.0f), CPU %4.0f us a line (steady %4.0f), stall %d ms, %s",
                sending.linesPerS(),
                sending.steadyLinesPerS(),
                sending.cpuUsPerLine(),
                sending.steadyCpuUsPerLine(),
                sending.stallMs(),
                executed)
            : "failed: " + sending.failure() + "; " + executed;
    return new Finding(name(), who + " on " + on, measured, asked, met, figures);
  }
}
