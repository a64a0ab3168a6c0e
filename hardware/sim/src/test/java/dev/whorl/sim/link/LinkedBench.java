package dev.whorl.sim.link;

import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.serial.SerialLines;
import dev.whorl.sim.machine.Kinematics;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.Setup;
import dev.whorl.sim.printer.SimulatedPrinter;
import dev.whorl.sim.printer.Works;
import dev.whorl.sim.pty.PtyWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A simulated printer on a pseudo-terminal, and the link to it through the serial library. */
final class LinkedBench implements AutoCloseable {

  private static final int BAUD = 115_200;

  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final PtyWire wire;
  private final SimulatedPrinter printer;
  private final CompletableFuture<Void> running;
  private final PrinterLink link;
  private long longestStallNanos;
  private long lastNanos;

  LinkedBench(Path folder, PrinterModel model, Setup setup) throws Exception {
    wire = PtyWire.open();
    MachineLife life = new MachineLife(1, model, Kinematics.CARTESIAN, 0.4);
    printer =
        new SimulatedPrinter(
            wire,
            life,
            new Works(life, 0),
            folder.resolve("printer.bed"),
            System::nanoTime,
            1,
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
    link =
        PrinterLink.open(
            SerialLines.open(wire.address(), BAUD),
            LinkSettings.at(BAUD),
            LinkListener.NONE,
            TimeSource.SYSTEM);
  }

  /** Commands as long as a move, which do nothing and are all different. */
  static List<String> program(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(i -> String.format(Locale.ROOT, "G92 X%07.3f E%06d.000", i / 1000.0, i))
        .toList();
  }

  /** Greets the printer and sends it a program. */
  void stream(List<String> program) throws Exception {
    link.hello();
    lastNanos = System.nanoTime();
    link.stream(
        program,
        (done, total) -> {
          long now = System.nanoTime();
          longestStallNanos = Math.max(longestStallNanos, now - lastNanos);
          lastNanos = now;
        });
  }

  /** What the printer has executed of the program's kind of command. */
  List<String> executed() {
    return executed.stream().filter(command -> command.startsWith("G92")).toList();
  }

  /** The longest time without an acknowledgement. */
  Duration longestStall() {
    return Duration.ofNanos(longestStallNanos);
  }

  long overruns() {
    return printer.overruns();
  }

  @Override
  public void close() throws Exception {
    try {
      link.close();
    } finally {
      printer.stop();
      await().atMost(Duration.ofSeconds(30)).until(running::isDone);
      wire.close();
    }
  }
}
