package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a printer.
 *
 * <p>Each component is a random walk that every coupon of the printer tells a little about (Kalman
 * 1960): the surer of the two counts more, and with time the state grows less sure. A part that was
 * changed begins anew. What is updated stays within reach of where it began, so that nobody leads a
 * template from one printer to another by many small steps.
 *
 * @param first as the printer was enrolled, from its first {@value #ENROLMENT} coupons; kept for
 *     ever
 * @param start where each component began to walk: as enrolled, or as its part was changed, or as
 *     an operator accepted it
 * @param state as it is now; the errors hold what prints repeat to
 * @param coupons how many it was made of
 * @param since when each component began to walk, by its name in a fingerprint's JSON
 * @param restarted the components that began anew since the enrolment or since an operator accepted
 *     the template
 * @param limited the components that the last coupon would have led too far: they may come back,
 *     but not begin anew
 * @param custody who answers for the printer's coupons: the id of its agent's key
 */
public record Template(
    Fingerprint first,
    Fingerprint start,
    Fingerprint state,
    int coupons,
    Map<String, Instant> since,
    Set<String> restarted,
    Set<String> limited,
    String custody) {
  /** So many coupons make an enrolment: until then the state may go where they lead. */
  public static final int ENROLMENT = 3;

  public Template {
    since = Collections.unmodifiableMap(new TreeMap<>(since));
    restarted = Collections.unmodifiableSet(new TreeSet<>(restarted));
    limited = Collections.unmodifiableSet(new TreeSet<>(limited));
  }

  /**
   * Begins with a printer's first coupon.
   *
   * @param custody the id of the key that signed it
   */
  public static Template enrolled(Fingerprint coupon, String custody) {
    return new UpdateStep(coupon, custody).template();
  }

  /** What a coupon says for or against being this printer's. */
  public Comparison compare(Fingerprint probe, ScoreModels models) {
    return Comparer.compareToState(state, probe, models);
  }

  /**
   * Takes up a coupon that is signed by the printer's agent. It must be taken for this printer's;
   * else everything is kept. If another key signed it than had custody before (an operator has
   * bound it to the printer), the coupon must match in every part, and hands custody on without
   * moving anything.
   *
   * <p>A coupon that fits the state but is another printer's beside where the state began, with all
   * that may have changed in the time between, is judged by the latter: the template was led away.
   *
   * @param custody the id of the key that signed it
   */
  public TemplateUpdate updated(Fingerprint probe, String custody, ScoreModels models) {
    Comparison comparison = compare(probe, models);
    boolean same = comparison.verdict() == Verdict.MATCH || comparison.verdict() == Verdict.DRIFT;
    if (same) {
      Comparison origin = Comparer.compareToState(start, probe, models);
      if (origin.verdict() == Verdict.MISMATCH) {
        Map<String, Action> all = new HashMap<>();
        origin.components().keySet().forEach(name -> all.put(name, Action.LIMITED));
        return new TemplateUpdate(this, origin, all);
      }
    }
    if (!same || probe.time().isBefore(state.time())) {
      return new TemplateUpdate(this, comparison, Map.of());
    }
    if (!custody.equals(this.custody)) {
      boolean whole = comparison.verdict() == Verdict.MATCH;
      return new TemplateUpdate(whole ? handedTo(custody) : this, comparison, Map.of());
    }
    UpdateStep step = new UpdateStep(this, probe, comparison, UpdateStep.Limit.KEEPS);
    return new TemplateUpdate(step.template(), comparison, step.actions());
  }

  /**
   * Takes up a coupon on an operator's word: the printer is the same, however far it has walked and
   * whatever was changed. From here it may walk again.
   *
   * @param custody the id of the key that signed it
   */
  public TemplateUpdate accepted(Fingerprint probe, String custody, ScoreModels models) {
    Comparison comparison = compare(probe, models);
    UpdateStep step =
        new UpdateStep(handedTo(custody), probe, comparison, UpdateStep.Limit.IS_LIFTED);
    return new TemplateUpdate(step.template(), comparison, step.actions());
  }

  private Template handedTo(String other) {
    return new Template(first, start, state, coupons, since, restarted, limited, other);
  }
}
