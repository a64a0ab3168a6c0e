package dev.whorl.fingerprint;

import java.util.List;

/** How motors move the nozzle. */
public enum Kinematics {
  CARTESIAN("cartesian", List.of(Axis.X, Axis.Y)),
  COREXY("corexy", List.of(Axis.A, Axis.B));

  private final String key;
  private final List<Axis> axes;

  Kinematics(String key, List<Axis> axes) {
    this.key = key;
    this.axes = axes;
  }

  /** The name used in settings, programs and JSON. */
  public String key() {
    return key;
  }

  /** The two driven axes, first the one whose pulley is named first. */
  public List<Axis> axes() {
    return axes;
  }
}
