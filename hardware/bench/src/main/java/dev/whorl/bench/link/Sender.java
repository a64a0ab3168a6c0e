package dev.whorl.bench.link;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The process that sends a program over Whorl's link. It says {@code mark begin}, {@code mark half}
 * and {@code mark end}, then {@code stall MS}: the longest time without an acknowledgement.
 */
final class Sender {

  private Sender() {}

  /**
   * @param args port, baud, file with the program
   */
  public static void main(String[] args) {
    try {
      send(args[0], Integer.parseInt(args[1]), Files.readAllLines(Path.of(args[2])));
    } catch (IOException | HardwareException | LinkException e) {
      System.out.println("failed " + e.getMessage());
      System.exit(1);
    }
  }

  private static void send(String port, int baud, List<String> program)
      throws HardwareException, LinkException {
    try (PrinterLink link =
        PrinterLink.open(
            SerialLines.open(port, baud),
            LinkSettings.at(baud),
            LinkListener.NONE,
            TimeSource.SYSTEM)) {
      link.hello();
      Marks marks = new Marks(program.size());
      System.out.println("mark begin");
      link.stream(program, marks);
      System.out.println("mark end");
      System.out.printf(Locale.ROOT, "stall %d%n", marks.longestNanos / 1_000_000);
    }
  }

  private static final class Marks implements StreamProgress {
    private final int half;
    private boolean halfSaid;
    private long lastNanos = System.nanoTime();
    private long longestNanos;

    Marks(int total) {
      this.half = total / 2;
    }

    @Override
    public void acknowledged(int done, int total) {
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - lastNanos);
      lastNanos = now;
      if (!halfSaid && done >= half) {
        halfSaid = true;
        System.out.println("mark half");
      }
    }
  }
}
