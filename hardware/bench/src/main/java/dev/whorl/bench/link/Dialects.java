package dev.whorl.bench.link;

import java.util.List;

/**
 * The printers that check their lines, or seem to.
 *
 * @param name as the table says it
 * @param options that make the simulated printer one
 * @param insists whether it refuses a numbered line without a checksum; one that does not executes
 *     a line whose asterisk or end was damaged as it arrives, and no host can prevent that
 */
record Dialects(String name, List<String> options, boolean insists) {

  /** Marlin that tells what its buffer holds, Marlin that does not, and two relatives. */
  static final List<Dialects> CHECKING =
      List.of(
          new Dialects("marlin", List.of("--printer-model", "mendel"), true),
          new Dialects("marlin without ADVANCED_OK", List.of("--printer-model", "cube"), true),
          new Dialects("prusa", List.of("--firmware", "prusa"), true),
          new Dialects("reprapfirmware", List.of("--firmware", "reprapfirmware"), false));
}
