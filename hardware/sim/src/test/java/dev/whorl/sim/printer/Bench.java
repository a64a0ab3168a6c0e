package dev.whorl.sim.printer;

import dev.whorl.sim.machine.PrinterModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A printer that runs on a pseudo-terminal of its own, a host at it, and what it has executed. */
final class Bench implements AutoCloseable {

  static final double TIME_SCALE = 2000;

  final List<String> executed = new CopyOnWriteArrayList<>();
  final SimulatedPrinter printer;
  final Host host;
  private final RunningPrinter running;

  Bench(Path folder, Setup setup) throws Exception {
    running =
        new RunningPrinter(
            1,
            PrinterModel.MENDEL,
            TIME_SCALE,
            folder.resolve("p.bed"),
            setup.withExecuted(executed::add));
    printer = running.printer();
    host = new Host(running.address());
  }

  @Override
  public void close() {
    host.close();
    running.close();
  }
}
