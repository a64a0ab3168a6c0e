package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.compare.Drift;

/** How an extruder's gear walks: it hardly does, until it is exchanged. */
final class FlowWalk implements Walk<FlowComponent> {
  /** A gear's teeth wear and fill; its number of teeth stays. */
  private static final double MEMORY_YEARS = 3;

  @Override
  public FlowComponent settled(FlowComponent measured) {
    return flow(
        period(measured, Drift.GEAR_PERIOD_REPEAT * measured.gearPeriodMm()),
        amplitude(measured, Drift.GEAR_AMPLITUDE_REPEAT * measured.gearAmplitude()));
  }

  @Override
  public FlowComponent grown(FlowComponent state, double years) {
    return flow(
        period(state, 0).grown(periodDrift(state, years)),
        amplitude(state, 0).grown(amplitudeDrift(state, years)));
  }

  @Override
  public FlowComponent updated(FlowComponent state, FlowComponent settled) {
    return flow(
        period(state, 0).updated(period(settled, 0)),
        amplitude(state, 0).updated(amplitude(settled, 0)));
  }

  @Override
  public double walked(FlowComponent state, FlowComponent start, double years) {
    return Math.max(
        period(state, 0).walked(period(start, 0), periodDrift(start, years)),
        amplitude(state, 0).walked(amplitude(start, 0), amplitudeDrift(start, years)));
  }

  private static double periodDrift(FlowComponent flow, double years) {
    double repeat = Drift.GEAR_PERIOD_REPEAT * flow.gearPeriodMm();
    return Estimate.drift(repeat * repeat, MEMORY_YEARS, years);
  }

  private static double amplitudeDrift(FlowComponent flow, double years) {
    return Estimate.drift(flow.gearAmplitude() * flow.gearAmplitude(), MEMORY_YEARS, years);
  }

  private static Estimate period(FlowComponent flow, double repeatMm) {
    return Estimate.of(flow.gearPeriodMm(), flow.gearPeriodSeMm(), repeatMm);
  }

  private static Estimate amplitude(FlowComponent flow, double repeat) {
    return Estimate.of(flow.gearAmplitude(), flow.gearAmplitudeSe(), repeat);
  }

  private static FlowComponent flow(Estimate periodMm, Estimate amplitude) {
    return new FlowComponent(periodMm.value(), periodMm.se(), amplitude.value(), amplitude.se());
  }
}
