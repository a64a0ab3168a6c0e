package dev.whorl.bench.link;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.serial.SerialLines;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process that listens to noise: opens a port and says {@code heard LINES} once a nozzle of
 * {@value #SENSIBLE_C} degrees was reported, which no noise does.
 */
final class Listening {

  static final double SENSIBLE_C = 123.25;

  private static final long LIMIT_S = 120;

  private Listening() {}

  /**
   * @param args port
   */
  public static void main(String[] args) throws InterruptedException {
    AtomicLong lines = new AtomicLong();
    try (PrinterLink link =
        PrinterLink.open(
            SerialLines.open(args[0], 115200),
            LinkSettings.AUTO,
            reply -> lines.incrementAndGet(),
            TimeSource.SYSTEM)) {
      System.out.println("listening");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
      while (System.nanoTime() - end < 0) {
        Temperatures temperatures = link.lastTemperatures();
        if (temperatures != null && temperatures.nozzleC() == SENSIBLE_C) {
          System.out.println("heard " + lines.get());
          return;
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      System.out.println("deaf after " + lines.get());
    } catch (HardwareException | LinkException e) {
      System.out.println("failed " + e.getMessage());
    }
  }
}
