package dev.whorl.bench.feature;

import dev.whorl.bench.fleet.FleetMachine;
import dev.whorl.bench.fleet.Visit;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.sim.machine.Machine;

/**
 * A coupon whose machine is known.
 *
 * @param machine which
 * @param visit when
 * @param truth the machine then
 * @param fingerprint what was read
 */
public record Example(FleetMachine machine, Visit visit, Machine truth, Fingerprint fingerprint) {
  /** Of a machine's visit. */
  public static Example of(FleetMachine machine, Visit visit, Fingerprint fingerprint) {
    return new Example(machine, visit, machine.at(visit).today(0), fingerprint);
  }
}
