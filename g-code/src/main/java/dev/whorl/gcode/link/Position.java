package dev.whorl.gcode.link;

/** Where the printer says the nozzle is, in mm; e is the extruder's coordinate. */
public record Position(double xMm, double yMm, double zMm, double eMm) {

  /** Whether x, y and z each lie within {@code toleranceMm} of the given point. */
  public boolean isAt(double x, double y, double z, double toleranceMm) {
    return Math.abs(xMm - x) <= toleranceMm
        && Math.abs(yMm - y) <= toleranceMm
        && Math.abs(zMm - z) <= toleranceMm;
  }
}
