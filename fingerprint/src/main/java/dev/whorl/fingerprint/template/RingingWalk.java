package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.compare.Drift;
import org.jspecify.annotations.Nullable;

/**
 * How the frame's swing walks: the logarithm of its frequency and its damping, in each direction.
 */
final class RingingWalk implements Walk<RingingComponent> {
  @Override
  public RingingComponent settled(RingingComponent measured) {
    return new RingingComponent(settled(measured.x()), settled(measured.y()));
  }

  private static @Nullable Ring settled(@Nullable Ring ring) {
    return ring == null
        ? null
        : ring(frequency(ring, Drift.LOG_F_REPEAT), zeta(ring, Drift.ZETA_REPEAT), ring);
  }

  @Override
  public RingingComponent grown(RingingComponent state, double years) {
    return new RingingComponent(grown(state.x(), years), grown(state.y(), years));
  }

  private static @Nullable Ring grown(@Nullable Ring ring, double years) {
    return ring == null
        ? null
        : ring(
            frequency(ring, 0).grown(frequencyDrift(years)),
            zeta(ring, 0).grown(zetaDrift(years)),
            ring);
  }

  @Override
  public RingingComponent updated(RingingComponent state, RingingComponent settled) {
    return new RingingComponent(updated(state.x(), settled.x()), updated(state.y(), settled.y()));
  }

  private static @Nullable Ring updated(@Nullable Ring state, @Nullable Ring settled) {
    if (state == null || settled == null) {
      return state == null ? settled : state;
    }
    return ring(
        frequency(state, 0).updated(frequency(settled, 0)),
        zeta(state, 0).updated(zeta(settled, 0)),
        settled);
  }

  @Override
  public double walked(RingingComponent state, RingingComponent start, double years) {
    return Math.max(walked(state.x(), start.x(), years), walked(state.y(), start.y(), years));
  }

  private static double walked(@Nullable Ring state, @Nullable Ring start, double years) {
    if (state == null || start == null) {
      return 0;
    }
    return Math.max(
        frequency(state, 0).walked(frequency(start, 0), frequencyDrift(years)),
        zeta(state, 0).walked(zeta(start, 0), zetaDrift(years)));
  }

  private static Estimate frequency(Ring ring, double repeat) {
    return Estimate.of(
        Math.log(ring.frequencyHz()), ring.frequencySeHz() / ring.frequencyHz(), repeat);
  }

  private static Estimate zeta(Ring ring, double repeat) {
    return Estimate.of(ring.zeta(), ring.zetaSe(), repeat);
  }

  private static double frequencyDrift(double years) {
    return Estimate.drift(
        Drift.LOG_F_MONTHS_SD * Drift.LOG_F_MONTHS_SD / 2, Drift.LOG_F_MEMORY_YEARS, years);
  }

  private static double zetaDrift(double years) {
    return Estimate.drift(Drift.ZETA_SD * Drift.ZETA_SD / 2, Drift.LOG_F_MEMORY_YEARS, years);
  }

  private static Ring ring(Estimate logFrequency, Estimate zeta, Ring like) {
    double hz = Math.exp(logFrequency.value());
    return new Ring(
        hz,
        hz * logFrequency.se(),
        zeta.value(),
        zeta.se(),
        like.amplitudeUm(),
        like.amplitudeSeUm());
  }
}
