package dev.whorl.fingerprint.compare;

import java.util.Locale;

/** What most likely happened to the printer between two fingerprints. */
public enum Event {
  NONE,
  NOZZLE_CHANGED,
  /** The same nozzle, turned about its axis. */
  NOZZLE_RESEATED,
  /** A belt moved along its pulley: all its phases shifted by one length. */
  BELT_RETENSIONED,
  /** The toolhead or its extruder. */
  TOOLHEAD_CHANGED,
  OTHER_PRINTER,
  /** Something else, or too little is known to tell. */
  UNKNOWN;

  /** The word used in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
