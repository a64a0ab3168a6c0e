package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import java.util.List;

/** How machines are enrolled and probes judged: as the registry does it. */
final class Judge {
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
    return Comparer.compare(enrolled.template(), probe);
  }
}
