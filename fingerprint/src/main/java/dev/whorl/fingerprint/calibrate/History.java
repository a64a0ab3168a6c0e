package dev.whorl.fingerprint.calibrate;

import dev.whorl.fingerprint.Fingerprint;
import java.util.List;

/**
 * What is known of one printer.
 *
 * @param printer names it
 * @param fingerprints its own, beyond doubt, in order of time; the first is what the others are
 *     compared with
 */
public record History(String printer, List<Fingerprint> fingerprints) {
  public History {
    fingerprints = List.copyOf(fingerprints);
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("a history of no fingerprint");
    }
  }
}
