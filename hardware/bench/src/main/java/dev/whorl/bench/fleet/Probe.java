package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;

/**
 * A coupon in question.
 *
 * @param machine whose it is
 * @param visit when it was printed, and what was serviced before
 * @param fingerprint what was read
 */
record Probe(FleetMachine machine, Visit visit, Fingerprint fingerprint) {}
