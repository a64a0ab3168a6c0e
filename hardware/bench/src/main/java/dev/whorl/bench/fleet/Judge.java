package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.template.Template;
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
    String custody = "machine " + machine.index();
    Template template = Template.enrolled(coupons.get(0), custody);
    for (Fingerprint coupon : coupons.subList(1, coupons.size())) {
      template = template.updated(coupon, custody, models).template();
    }
    return new Enrolled(machine, template);
  }

  /** Compares a probe to a machine that is known. */
  Comparison compare(Enrolled enrolled, Fingerprint probe) {
    return enrolled.template().compare(probe, models);
  }
}
