package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.compare.Drift;

/** How skew and scale walk. */
final class GeometryWalk implements Walk<GeometryComponent> {
  @Override
  public GeometryComponent settled(GeometryComponent measured) {
    return geometry(
        skew(measured, Drift.SKEW_REPEAT_MRAD),
        scaleX(measured, Drift.SCALE_REPEAT_PPM),
        scaleY(measured, Drift.SCALE_REPEAT_PPM));
  }

  @Override
  public GeometryComponent grown(GeometryComponent state, double years) {
    return geometry(
        skew(state, 0).grown(skewDrift(years)),
        scaleX(state, 0).grown(scaleDrift(years)),
        scaleY(state, 0).grown(scaleDrift(years)));
  }

  @Override
  public GeometryComponent updated(GeometryComponent state, GeometryComponent settled) {
    return geometry(
        skew(state, 0).updated(skew(settled, 0)),
        scaleX(state, 0).updated(scaleX(settled, 0)),
        scaleY(state, 0).updated(scaleY(settled, 0)));
  }

  /** Of scale only what the axes differ by: what they share is the plastic's shrinkage. */
  @Override
  public double walked(GeometryComponent state, GeometryComponent start, double years) {
    return Math.max(
        skew(state, 0).walked(skew(start, 0), skewDrift(years)),
        unequal(state).walked(unequal(start), 2 * scaleDrift(years)));
  }

  private static Estimate unequal(GeometryComponent geometry) {
    Estimate x = scaleX(geometry, 0);
    Estimate y = scaleY(geometry, 0);
    return new Estimate(x.value() - y.value(), x.variance() + y.variance());
  }

  private static double skewDrift(double years) {
    return Estimate.drift(
        Drift.SKEW_SD_MRAD * Drift.SKEW_SD_MRAD, Drift.GEOMETRY_MEMORY_YEARS, years);
  }

  private static double scaleDrift(double years) {
    return Estimate.drift(
        Drift.SCALE_SD_PPM * Drift.SCALE_SD_PPM, Drift.GEOMETRY_MEMORY_YEARS, years);
  }

  private static Estimate skew(GeometryComponent geometry, double repeatMrad) {
    return Estimate.of(geometry.skewMrad(), geometry.skewSeMrad(), repeatMrad);
  }

  private static Estimate scaleX(GeometryComponent geometry, double repeatPpm) {
    return Estimate.of(geometry.scaleXPpm(), geometry.scaleXSePpm(), repeatPpm);
  }

  private static Estimate scaleY(GeometryComponent geometry, double repeatPpm) {
    return Estimate.of(geometry.scaleYPpm(), geometry.scaleYSePpm(), repeatPpm);
  }

  private static GeometryComponent geometry(
      Estimate skewMrad, Estimate scaleXPpm, Estimate scaleYPpm) {
    return new GeometryComponent(
        skewMrad.value(),
        skewMrad.se(),
        scaleXPpm.value(),
        scaleXPpm.se(),
        scaleYPpm.value(),
        scaleYPpm.se());
  }
}
