package dev.whorl.sim.printer;

import static org.awaitility.Awaitility.await;

import dev.whorl.sim.machine.Kinematics;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.pty.PtyWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A printer that runs on a pseudo-terminal of its own, a host at it, and what it has executed. */
final class Bench implements AutoCloseable {

  static final double TIME_SCALE = 2000;

  final List<String> executed = new CopyOnWriteArrayList<>();
  final SimulatedPrinter printer;
  final Host host;
  private final PtyWire wire;
  private final CompletableFuture<Void> running;

  Bench(Path folder, Setup setup) throws Exception {
    wire = PtyWire.open();
    MachineLife life = new MachineLife(1, PrinterModel.MENDEL, Kinematics.CARTESIAN, 0.4);
    printer =
        new SimulatedPrinter(
            wire,
            life,
            new Works(life, 0),
            folder.resolve("p.bed"),
            System::nanoTime,
            TIME_SCALE,
            setup.withExecuted(executed::add));
    running =
        CompletableFuture.runAsync(
            () -> {
              try {
                printer.run(() -> {});
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    host = new Host(wire.address());
  }

  @Override
  public void close() {
    host.close();
    printer.stop();
    await().atMost(Duration.ofSeconds(30)).until(running::isDone);
    wire.close();
    running.join();
  }
}
