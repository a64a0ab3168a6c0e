package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import java.util.Optional;

/** Where a machine's fingerprints come from. Safe for many threads. */
public interface Coupons {
  /** The fingerprint of one coupon, none where it could not be read and the owner is told so. */
  Optional<Fingerprint> make(FleetMachine machine, Visit visit);
}
