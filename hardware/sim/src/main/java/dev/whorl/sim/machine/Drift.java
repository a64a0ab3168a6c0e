package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * A walk that forgets: an Ornstein-Uhlenbeck process from 0 in daily steps. The path of a seed is
 * always the same, so that day 60 lies on the way to day 90.
 *
 * @param perRootDay standard deviation after the first day
 * @param limit standard deviation after very long
 */
record Drift(double perRootDay, double limit) {

  /** Where the walk is; between two days it goes straight. */
  double after(double days, long seed, Object... path) {
    SplittableRandom random = Streams.of(seed, path);
    double keep = StrictMath.sqrt(1 - perRootDay * perRootDay / (limit * limit));
    double at = 0;
    long whole = (long) Math.floor(days);
    for (long day = 0; day < whole; day++) {
      at = keep * at + perRootDay * Streams.normal(random);
    }
    double next = keep * at + perRootDay * Streams.normal(random);
    return at + (days - whole) * (next - at);
  }
}
