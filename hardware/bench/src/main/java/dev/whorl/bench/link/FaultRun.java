package dev.whorl.bench.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * One program sent to a printer with a fault, and what came of it.
 *
 * @param lines of the program
 */
record FaultRun(Dialects dialect, int lines, Sending sending, Executed executed) {

  /**
   * Sends it to all printers that check their lines, at once: such runs wait more than they compute
   * and assert no speed.
   *
   * @param name of the item
   * @param faults as {@code whorl sim printer --faults} takes them
   * @return what was found, in the printers' order
   */
  static List<Finding> each(
      Bench bench,
      String name,
      String faults,
      int lines,
      Duration limit,
      Function<FaultRun, Finding> judge)
      throws IOException, InterruptedException {
    bench.say().accept(name + ": " + lines + " lines to each of four printers at once");
    List<String> program = CheapProgram.ofLines(lines);
    ExecutorService threads = Executors.newFixedThreadPool(Dialects.CHECKING.size());
    try {
      List<Future<FaultRun>> runs = new ArrayList<>();
      for (Dialects dialect : Dialects.CHECKING) {
        runs.add(threads.submit(() -> run(bench, name, faults, dialect, program, limit)));
      }
      List<Finding> findings = new ArrayList<>();
      for (Future<FaultRun> run : runs) {
        findings.add(judge.apply(run.get()));
      }
      return findings;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static FaultRun run(
      Bench bench,
      String name,
      String faults,
      Dialects dialect,
      List<String> program,
      Duration limit)
      throws IOException, InterruptedException {
    String port = name + "-" + dialect.name().replace(' ', '-');
    Path file = bench.dir().resolve(port + ".gcode");
    Files.write(file, program);
    List<String> options = new ArrayList<>(dialect.options());
    options.addAll(List.of("--faults", faults, "--fault-seed", Long.toString(bench.seed())));
    try (PrinterProcess printer = PrinterProcess.start(bench, port, options)) {
      Sending sending = SendingProcess.whorl(printer.port(), 115200, file, program.size(), limit);
      return new FaultRun(
          dialect, program.size(), sending, Executed.of(program, printer.executedInTheEnd()));
    }
  }

  /** What a table says of it: what was measured where it got that far, and what was executed. */
  String measured(String measured) {
    return (sending.done() ? measured : "failed: " + sending.failure() + "; ") + executed;
  }
}
