package dev.whorl.fingerprint.compare;

/** What may have become of each part between two fingerprints. */
final class PartState {
  private PartState() {}

  /** Of the nozzle. */
  enum Nozzle {
    KEPT,
    TURNED,
    CHANGED
  }

  /** Of an axis: its belt, pulley and motor. */
  enum Drive {
    KEPT,
    SHIFTED,
    CHANGED
  }

  /** Of what carries the nozzle. */
  enum Head {
    KEPT,
    EXTRUDER_CHANGED,
    CHANGED
  }
}
