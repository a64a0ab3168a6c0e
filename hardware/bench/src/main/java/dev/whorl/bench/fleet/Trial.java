package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Axis;
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
 * @param firstSlipMm how far the first belt is said to have moved, NaN where nothing is
 * @param secondSlipMm likewise the second
 */
@SuppressWarnings("ArrayRecordComponent")
record Trial(
    Probe probe,
    FleetMachine reference,
    float log10Lr,
    float[] components,
    Event event,
    float firstSlipMm,
    float secondSlipMm) {

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
        probe,
        reference.machine(),
        (float) comparison.log10Lr(),
        components,
        comparison.event(),
        slipMm(comparison, Axis.X, Axis.A),
        slipMm(comparison, Axis.Y, Axis.B));
  }

  private static float slipMm(Comparison comparison, Axis... names) {
    for (Axis axis : names) {
      Comparison.Shift shift = comparison.beltShifts().get(axis);
      if (shift != null) {
        return (float) shift.mm();
      }
    }
    return Float.NaN;
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
