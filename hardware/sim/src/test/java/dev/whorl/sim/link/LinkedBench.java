package dev.whorl.sim.link;

import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.serial.SerialLines;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.RunningPrinter;
import dev.whorl.sim.printer.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A simulated printer on a pseudo-terminal, and the link to it through the serial library. */
final class LinkedBench implements AutoCloseable {

  private static final int BAUD = 115_200;

  /** A greeting alone may take 20 s, and a printer that starts wants more than one. */
  private static final Duration STARTED = Duration.ofMinutes(1);

  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final RunningPrinter running;
  private final PrinterLink link;
  private long longestStallNanos;
  private long lastNanos;

  LinkedBench(Path folder, PrinterModel model, Setup setup) throws Exception {
    running =
        new RunningPrinter(
            1, model, 1, folder.resolve("printer.bed"), setup.withExecuted(executed::add));
    link =
        PrinterLink.open(
            SerialLines.open(running.address(), BAUD),
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

  /** Greets the printer and asks for its bed, again where it is still starting. */
  Optional<BedMesh> bedMesh() {
    return await()
        .atMost(STARTED)
        .ignoreExceptionsMatching(e -> e instanceof PrinterHalted)
        .until(
            () -> {
              link.hello();
              return link.bedMesh();
            },
            answer -> true);
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
    return running.printer().overruns();
  }

  @Override
  public void close() throws Exception {
    try {
      link.close();
    } finally {
      running.close();
    }
  }
}
