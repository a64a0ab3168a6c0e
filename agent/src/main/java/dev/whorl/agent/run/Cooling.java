package dev.whorl.agent.run;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.ThermalGuard;
import dev.whorl.gcode.link.TimeSource;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Switches the heaters off and believes it only when the temperatures are seen to fall. */
final class Cooling {
  /** Firmware measures a few times a second; a reading a second shows a fall soon enough. */
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

  private final TimeSource time;
  private final Pause pause;

  Cooling(TimeSource time, Pause pause) {
    this.time = time;
    this.pause = pause;
  }

  /**
   * Returns when both heaters are seen falling or are cold.
   *
   * @param readings told every reading
   * @param enough whether to look no longer; the heaters are read back as off all the same
   * @return false when it was enough before the fall was seen
   * @throws HeaterStuck when a heater does not fall in time: its power must be cut
   * @throws LinkException when the printer does not answer
   */
  boolean coolDown(PrinterSession printer, Consumer<Temperatures> readings, BooleanSupplier enough)
      throws LinkException, HeaterStuck, InterruptedException {
    printer.heatersOff();
    Temperatures first = printer.temperatures();
    ThermalGuard guard = new ThermalGuard(first, time.nanos());
    for (Temperatures now = first; ; now = printer.temperatures()) {
      readings.accept(now);
      if (!now.targetsOff()) {
        printer.heatersOff();
      }
      switch (guard.step(now, time.nanos())) {
        case FALLING -> {
          return true;
        }
        case WATCHING -> {
          if (enough.getAsBoolean()) {
            return false;
          }
          pause.of(BETWEEN_READINGS);
        }
        case NOZZLE_NOT_FALLING -> throw notFalling("nozzle", first.nozzleC(), now.nozzleC());
        case BED_NOT_FALLING -> throw notFalling("bed", first.bedC(), now.bedC());
      }
    }
  }

  private static HeaterStuck notFalling(String heater, double fromC, double nowC) {
    return new HeaterStuck(
        String.format(
            Locale.ROOT,
            "the %s does not cool though its heater is off (%.1f C, then %.1f C)",
            heater,
            fromC,
            nowC));
  }
}
