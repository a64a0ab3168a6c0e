package dev.whorl.bench.fleet;

import dev.whorl.bench.feature.FeatureCoupons;
import dev.whorl.bench.feature.MeasurementJson;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Event;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.machine.Service;
import org.jspecify.annotations.Nullable;

/** Trials with scores of the test's choosing. */
final class MadeTrial {
  private static final Fingerprint ANY =
      new FeatureCoupons(MeasurementJson.shipped(), RenderedBench.START)
          .make(machine(0), Protocol.enrolment().get(0))
          .orElseThrow();

  private MadeTrial() {}

  static FleetMachine machine(int index) {
    return new FleetMachine(FleetMachine.Set.TEST, index, 1, PrinterModel.MENDEL);
  }

  static Trial scored(int probe, int reference, double log10Lr) {
    return of(probe, reference, log10Lr, null, Event.NONE);
  }

  static Trial named(int probe, int reference, @Nullable Service service, Event said) {
    return of(probe, reference, 3, service, said);
  }

  private static Trial of(
      int probe, int reference, double log10Lr, @Nullable Service service, Event said) {
    Visit visit = new Visit("fresh-1", Group.FRESH, 1, service);
    return new Trial(
        new Probe(machine(probe), visit, ANY),
        machine(reference),
        (float) log10Lr,
        new float[Component.values().length],
        said,
        Float.NaN,
        Float.NaN);
  }
}
