package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import dev.whorl.fingerprint.compare.Event;

/**
 * A comparison whose truth is known.
 *
 * @param probe whose coupon, when
 * @param reference whom it was compared to
 * @param log10Lr of all
 * @param components log10 LR by {@link Component}, NaN where it was not measured in both
 * @param event what was said to have happened
 */
@SuppressWarnings("ArrayRecordComponent")
record Trial(Probe probe, FleetMachine reference, float log10Lr, float[] components, Event event) {

  static Trial of(Probe probe, Enrolled reference, Comparison comparison) {
    float[] components = new float[Component.values().length];
    for (Component component : Component.values()) {
      float log = Float.NaN;
      for (String name : component.names()) {
        ComponentEvidence evidence = comparison.components().get(name);
        if (evidence != null) {
          log = (float) evidence.log10Lr();
        }
      }
      components[component.ordinal()] = log;
    }
    return new Trial(
        probe, reference.machine(), (float) comparison.log10Lr(), components, comparison.event());
  }

  /** Whether one machine made both. */
  boolean isGenuine() {
    return probe.machine().equals(reference);
  }

  Group group() {
    return probe.visit().group();
  }

  float component(Component component) {
    return components[component.ordinal()];
  }
}
