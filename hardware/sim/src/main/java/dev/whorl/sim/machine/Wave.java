package dev.whorl.sim.machine;

/**
 * A periodic error.
 *
 * @param period in the unit of its argument
 * @param amplitude half of peak to peak
 * @param phaseRad at argument 0
 */
public record Wave(double period, double amplitude, double phaseRad) {

  /** Its value. */
  public double at(double u) {
    return amplitude * Math.sin(2 * Math.PI * u / period + phaseRad);
  }

  /** Moved by a length in the unit of the argument. */
  Wave shifted(double by) {
    return new Wave(period, amplitude, phaseRad + 2 * Math.PI * by / period);
  }

  /** Louder or softer. */
  Wave scaled(double factor) {
    return new Wave(period, amplitude * factor, phaseRad);
  }
}
