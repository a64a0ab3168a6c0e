package dev.whorl.agent.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.SerialLine;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.pty.PortLink;
import dev.whorl.hardware.serial.SerialLines;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.SimulatedPrinter;
import dev.whorl.sim.printer.Works;
import dev.whorl.sim.pty.PtyWire;
import dev.whorl.sim.pty.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A simulated printer behind a pseudo-terminal at a given path, which can be pulled out. */
final class PrinterOnPty implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Path port;
  private final Wire wire;
  private final PortLink link;
  private final SimulatedPrinter printer;
  private final Thread thread;

  private PrinterOnPty(
      Path port, Wire wire, PortLink link, SimulatedPrinter printer, Thread thread) {
    this.port = port;
    this.wire = wire;
    this.link = link;
    this.printer = printer;
    this.thread = thread;
  }

  /**
   * @param timeScale how many times faster than ours its time runs
   */
  static PrinterOnPty plugIn(Path port, double timeScale) throws Exception {
    MachineLife life =
        new MachineLife(7, PrinterModel.MENDEL, PrinterModel.MENDEL.kinematics(), 0.4);
    Wire wire = PtyWire.open();
    PortLink link = PortLink.make(port, Path.of(wire.address()));
    SimulatedPrinter printer =
        new SimulatedPrinter(
            wire, life, new Works(life, 0), BedFile.beside(port), System::nanoTime, timeScale);
    CountDownLatch ready = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                printer.run(ready::countDown);
              } catch (IOException e) {
                // The cable was pulled.
                printer.stop();
              }
            },
            "printer on pty");
    thread.start();
    await().atMost(LONG).until(() -> ready.getCount() == 0);
    return new PrinterOnPty(port, wire, link, printer, thread);
  }

  /** What the printer says of its heaters to somebody who opens the port. */
  Temperatures read() throws Exception {
    try (PrinterLink open = open()) {
      return open.hello().temperatures();
    }
  }

  /** What a host leaves behind: a heater on, and nobody at the port. */
  void heatAsAHost(int nozzleC) throws Exception {
    try (var line = SerialLines.open(port.toString(), 115200)) {
      byte[] command =
          ("M104 S" + nozzleC + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      line.write(command, 0, command.length);
      StringBuilder said = new StringBuilder();
      byte[] buffer = new byte[256];
      await()
          .atMost(LONG)
          .until(
              () -> {
                int count = line.read(buffer, 50);
                said.append(new String(buffer, 0, count, ISO_8859_1));
                return said.toString().contains("ok");
              });
    }
  }

  /** As soon as whoever has the port lets go of it. */
  private SerialLine openLine() {
    return await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(HardwareException.class)
        .until(() -> SerialLines.open(port.toString(), 115200), Objects::nonNull);
  }

  private PrinterLink open() {
    return PrinterLink.open(
        openLine(), LinkSettings.at(115200), LinkListener.NONE, TimeSource.SYSTEM);
  }

  /** The cable is pulled out, and its name goes. */
  void unplug() throws InterruptedException {
    printer.stop();
    link.close();
    wire.close();
    thread.join(LONG.toMillis());
  }

  @Override
  public void close() throws InterruptedException {
    unplug();
  }
}
