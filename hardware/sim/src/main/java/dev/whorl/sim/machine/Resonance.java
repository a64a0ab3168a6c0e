package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * How one direction of the frame answers to acceleration: a damped oscillator.
 *
 * @param hz natural frequency
 * @param zeta damping ratio
 */
public record Resonance(double hz, double zeta) {

  /** Spread of the logarithm of f between printers, measured on resonance spectra of hobbyists. */
  static final double LOG_SD = 0.3;

  /**
   * Damping scatters by as much (a guess) about 0.08; Klipper takes 0.1 for printers not measured.
   */
  private static final double ZETA_MEDIAN = 0.08;

  /** About 1 % from day to day; 0.12 to 0.17 over months, measured likewise. */
  private static final Drift DRIFT = new Drift(0.01, 0.17);

  /** Draws a frame's resonance about the model's median. */
  static Resonance draw(SplittableRandom random, double medianHz) {
    return new Resonance(
        Streams.logNormal(random, medianHz, LOG_SD),
        Streams.logNormal(random, ZETA_MEDIAN, LOG_SD));
  }

  /** The same some days on. */
  Resonance aged(long seed, double days, String axis) {
    return new Resonance(
        hz * StrictMath.exp(DRIFT.after(days, seed, axis, "hz")),
        zeta * StrictMath.exp(DRIFT.after(days, seed, axis, "zeta")));
  }

  Resonance tuned(double factor) {
    return new Resonance(hz * factor, zeta);
  }
}
