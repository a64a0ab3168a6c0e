package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * The extruder's gears: relative error of feed over filament length in mm.
 *
 * @param tooth once per tooth of the drive gear
 * @param turn once per turn of it
 */
public record Gears(Wave tooth, Wave turn) {

  /** 12 mm of track of a 0.43 x 0.2 mm bead, in filament of 1.75 mm. */
  static final double TOOTH_MM = 0.43;

  /** 600 mm of such track: a gear of 6.8 mm. */
  static final double TURN_MM = 21.5;

  private static final Drift DRIFT = new Drift(0.005, 0.15);

  /** Ripple of 1 to 5 % of flow, log-uniform. */
  static Gears draw(SplittableRandom random) {
    return new Gears(
        new Wave(
            TOOTH_MM, Streams.logUniform(random, 0.01, 0.05), 2 * Math.PI * random.nextDouble()),
        new Wave(
            TURN_MM, Streams.logUniform(random, 0.01, 0.05), 2 * Math.PI * random.nextDouble()));
  }

  Gears aged(long seed, double days) {
    return new Gears(
        tooth.scaled(StrictMath.exp(DRIFT.after(days, seed, "tooth"))),
        turn.scaled(StrictMath.exp(DRIFT.after(days, seed, "turn"))));
  }

  /** Relative error of feed. */
  public double errorAt(double filamentMm) {
    return tooth.at(filamentMm) + turn.at(filamentMm);
  }
}
