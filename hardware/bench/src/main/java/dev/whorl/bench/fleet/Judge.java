package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import java.util.List;

/**
 * How machines are enrolled and probes judged: as the registry does it.
 *
 * @param models what ratios are scaled by
 */
record Judge(ScoreModels models) {
  /** As this version comes. */
  static Judge shipped() {
    return new Judge(ScoreModels.shipped());
  }

  /** The same, taking parts to be changed so many times as often. */
  Judge withRates(double factor) {
    return new Judge(models.withRates(factor));
  }

  /**
   * Enrols a machine.
   *
   * @param coupons of the first day, at least one
   */
  Enrolled enrol(FleetMachine machine, List<Fingerprint> coupons) {
    return new Enrolled(machine, coupons.get(0));
  }

  /** Compares a probe to a machine that is known. */
  Comparison compare(Enrolled enrolled, Fingerprint probe) {
    return Comparer.compare(enrolled.template(), probe, models);
  }
}
