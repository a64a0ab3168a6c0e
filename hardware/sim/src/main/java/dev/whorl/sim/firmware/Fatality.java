package dev.whorl.sim.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes a firmware stop itself. */
public enum Fatality {
  /** The temperature went away from its target. */
  THERMAL_RUNAWAY,
  /** The temperature did not rise. */
  HEATING_FAILED,
  /** Above what the sensor or the heater may have. */
  MAXTEMP,
  /** Below: the sensor is off. */
  MINTEMP,
  /** Killed by a button or by itself. */
  KILL,
  /** Stopped, to be restarted by hand. */
  STOPPED;

  /** As in {@code thermal-runaway}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with that word. */
  public static Optional<Fatality> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
