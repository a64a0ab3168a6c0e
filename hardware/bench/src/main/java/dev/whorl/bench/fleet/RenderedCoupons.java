package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.sim.machine.Streams;
import java.util.Optional;

/**
 * Coupons that are printed, photographed and read. Every coupon stands before another camera, and
 * all carry the same markers: neither may tell whose it is.
 */
final class RenderedCoupons implements Coupons {
  private static final String EVERYBODY = "fleet";

  @Override
  public Optional<Fingerprint> make(FleetMachine machine, Visit visit) {
    long camera = Streams.seedOf(machine.seed(), "camera", visit.name());
    try {
      return Optional.of(
          new RenderedBench(EVERYBODY, machine.at(visit), camera).coupon().fingerprint());
    } catch (UnfitCapture e) {
      return Optional.empty();
    }
  }
}
