package dev.whorl.sim.bench;

import java.util.List;

/**
 * The printers that check their lines, or seem to.
 *
 * @param name as the table says it
 * @param options that make the simulated printer one
 */
record Dialects(String name, List<String> options) {

  /** Marlin that tells what its buffer holds, Marlin that does not, and two relatives. */
  static final List<Dialects> CHECKING =
      List.of(
          new Dialects("marlin", List.of("--printer-model", "mendel")),
          new Dialects("marlin without ADVANCED_OK", List.of("--printer-model", "cube")),
          new Dialects("prusa", List.of("--firmware", "prusa")),
          new Dialects("reprapfirmware", List.of("--firmware", "reprapfirmware")));
}
