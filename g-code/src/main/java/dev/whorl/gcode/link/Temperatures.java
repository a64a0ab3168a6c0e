package dev.whorl.gcode.link;

/**
 * What the printer says of its heaters, in degrees C.
 *
 * @param nozzleC measured at the hot end in use
 * @param nozzleTargetC 0 when the heater is off
 * @param bedC measured at the bed; NaN where the printer reports no bed
 * @param bedTargetC 0 when the heater is off or there is none
 * @param nozzlePower heater duty 0..127 as Marlin counts it; 0 where not reported
 * @param bedPower likewise for the bed
 */
public record Temperatures(
    double nozzleC,
    double nozzleTargetC,
    double bedC,
    double bedTargetC,
    int nozzlePower,
    int bedPower) {

  /** Whether no heater is asked to heat. */
  public boolean targetsOff() {
    return nozzleTargetC == 0 && bedTargetC == 0;
  }

  /** Whether the printer reports a bed. */
  public boolean hasBed() {
    return !Double.isNaN(bedC);
  }
}
