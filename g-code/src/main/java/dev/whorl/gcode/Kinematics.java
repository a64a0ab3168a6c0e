package dev.whorl.gcode;

import java.util.Locale;

/** How the motors move the head: each axis by its own motor, or both by two motors together. */
public enum Kinematics {
  /** One motor moves x, one moves y. */
  CARTESIAN,
  /** One motor moves x + y, one moves x - y. */
  COREXY;

  /** The word used in files: {@code cartesian} or {@code corexy}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
