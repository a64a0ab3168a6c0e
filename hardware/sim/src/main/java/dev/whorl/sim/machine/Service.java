package dev.whorl.sim.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can do to the machine, and which parts it touches. */
public enum Service {
  /** A new nozzle of the same kind. */
  NOZZLE,
  /**
   * The first belt is re-tensioned: every phase of its axis moves by one and the same length of
   * belt, amplitudes stay, and the resonance shifts with the tension.
   */
  BELT_X,
  /** The second belt is re-tensioned. */
  BELT_Y,
  /** A new extruder: other gears, and a slightly other mass on a direct drive. */
  EXTRUDER,
  /** A new toolhead with its extruder, the old nozzle screwed in: other masses, other gears. */
  TOOLHEAD,
  /** The same nozzle taken out and put back, which turns it by a little. */
  RESEAT;

  /** As written on the command line, for instance {@code belt-x}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The service of a word, if there is one. */
  public static Optional<Service> of(String word) {
    return Arrays.stream(values()).filter(service -> service.word().equals(word)).findFirst();
  }
}
