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
import java.util.concurrent.CompletableFuture;

/** A simulated printer that runs on a pseudo-terminal of its own until this is closed. */
public final class RunningPrinter implements AutoCloseable {

  private final PtyWire wire;
  private final SimulatedPrinter printer;
  private final CompletableFuture<Void> running;

  /**
   * @param bedFile where what lies on the bed is written
   */
  public RunningPrinter(long seed, PrinterModel model, double timeScale, Path bedFile, Setup setup)
      throws IOException {
    wire = PtyWire.open();
    MachineLife life = new MachineLife(seed, model, Kinematics.CARTESIAN, 0.4);

    printer =
        new SimulatedPrinter(
            wire, life, new Works(life, 0), bedFile, System::nanoTime, timeScale, setup);
    running =
        CompletableFuture.runAsync(
            () -> {
              try {
                printer.run(() -> {});
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            // The common pool has one thread on two cores (since Java 25 always used).
            task -> new Thread(task, "printer").start());
  }

  /** What a host opens. */
  public String address() {
    return wire.address();
  }

  public SimulatedPrinter printer() {
    return printer;
  }

  @Override
  public void close() {
    printer.stop();
    await().atMost(Duration.ofSeconds(30)).until(running::isDone);
    wire.close();
    running.join();
  }
}
