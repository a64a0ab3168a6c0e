package dev.whorl.sim.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The firmwares that a simulated printer can be heard to run. */
public enum FirmwareKind {
  /** Marlin 2.1. */
  MARLIN(true, Marlin::new),
  /** Prusa's for its 8-bit boards, 3.13. */
  PRUSA(true, Prusa::new),
  /** Klipper 0.12, that is the pseudo-terminal its host program makes. */
  KLIPPER(false, Klipper::new),
  /** RepRapFirmware 3.4. */
  REPRAPFIRMWARE(false, RepRap::new);

  private final boolean asksAgain;
  private final Supplier<Marlin> personality;

  FirmwareKind(boolean asksAgain, Supplier<Marlin> personality) {
    this.asksAgain = asksAgain;
    this.personality = personality;
  }

  /** How it is called on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with that word. */
  public static Optional<FirmwareKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Whether it asks for lines again that came in wrong. */
  public boolean asksAgain() {
    return asksAgain;
  }

  /** One that has just been switched on. */
  Marlin boot() {
    return personality.get();
  }
}
