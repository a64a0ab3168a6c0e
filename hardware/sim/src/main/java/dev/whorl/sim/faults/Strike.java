package dev.whorl.sim.faults;

import dev.whorl.sim.firmware.Fatality;
import dev.whorl.sim.firmware.Heater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens once, when a line has been taken.
 *
 * @param name as given
 * @param line the line's number
 * @param deed what happens
 */
record Strike(String name, long line, Consumer<Victim> deed) {

  /** A line of 1 MB. */
  private static final int ENDLESS_BYTES = 1 << 20;

  /**
   * The one of a name, or null.
   *
   * @param argument of {@code fatal}, else empty
   */
  static @Nullable Strike of(String name, String argument, long line) {
    Consumer<Victim> deed =
        switch (name) {
          case "reset" -> victim -> victim.reset(false);
          case "zero-reset" -> victim -> victim.reset(true);
          case "silence" -> Victim::fallSilent;
          case "deaf" -> Victim::fallDeaf;
          case "endless" -> victim -> victim.sayEndless(ENDLESS_BYTES);
          case "thermistor-stuck" -> victim -> victim.breakHeater(Heater.Fault.THERMISTOR_STUCK);
          case "heater-stuck-on" -> victim -> victim.breakHeater(Heater.Fault.STUCK_ON);
          case "no-heat" -> victim -> victim.breakHeater(Heater.Fault.NO_HEAT);
          case "fatal" -> Fatality.of(argument).map(Strike::dying).orElse(null);
          default -> null;
        };
    return deed == null ? null : new Strike(name, line, deed);
  }

  private static Consumer<Victim> dying(Fatality why) {
    return victim -> victim.die(why);
  }

  /** Whether it can be there from the beginning. */
  static boolean mayBeConstant(String name) {
    return name.equals("thermistor-stuck")
        || name.equals("heater-stuck-on")
        || name.equals("no-heat");
  }
}
