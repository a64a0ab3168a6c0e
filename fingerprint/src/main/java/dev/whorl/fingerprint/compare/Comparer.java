package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import dev.whorl.fingerprint.compare.Histories.Evidence;
import dev.whorl.fingerprint.compare.Histories.History;
import dev.whorl.fingerprint.compare.PartState.Drive;
import dev.whorl.fingerprint.compare.PartState.Head;
import dev.whorl.fingerprint.compare.PartState.Nozzle;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares two fingerprints.
 *
 * <p>Each group of measurements gives a likelihood ratio: of the same part against of two parts of
 * printers of the same model. As parts are replaced, the ratios are multiplied within every history
 * the parts may have had, and the histories summed with their probabilities, so that evidence
 * against is never stronger than the chance that someone changed the part.
 *
 * <p>The same two fingerprints always give the same comparison.
 */
public final class Comparer {
  private static final double LN_10 = Math.log(10);

  /** Rates of change are known to a factor of four at best. */
  private static final double RATES_BAND = 4;

  /** Beyond this the two are of different hardware or programs. */
  private static final double SAME_SIZE = 0.01;

  private final Fingerprint first;
  private final Fingerprint second;
  private final ScoreModels models;

  /** 1 for a coupon, 0 for a template, whose errors hold what prints repeat to. */
  private final int firstRepeats;

  private final double years;
  private final Map<String, Double> ratios = new LinkedHashMap<>();
  private final Map<Axis, Comparison.Shift> beltShifts = new EnumMap<>(Axis.class);
  private @Nullable Double nozzleTurnDeg;

  private Comparer(Fingerprint first, int firstRepeats, Fingerprint second, ScoreModels models) {
    this.first = first;
    this.firstRepeats = firstRepeats;
    this.second = second;
    this.models = models;
    years = Math.abs(Drift.years(first.time(), second.time()));
  }

  /**
   * As {@link #compare(Fingerprint, Fingerprint, ScoreModels)}, with the models of this version.
   */
  public static Comparison compare(Fingerprint first, Fingerprint second) {
    return compare(first, second, ScoreModels.shipped());
  }

  /**
   * @param first the earlier
   * @param second the one in question
   * @param models how ratios are scaled
   */
  public static Comparison compare(Fingerprint first, Fingerprint second, ScoreModels models) {
    return compare(first, 1, second, models);
  }

  /**
   * Compares a coupon to what is known of a printer from several.
   *
   * @param state the components as a template has them: their errors hold how well prints repeat
   * @param probe the coupon in question
   * @param models how ratios are scaled
   */
  public static Comparison compareToState(
      Fingerprint state, Fingerprint probe, ScoreModels models) {
    return compare(state, 0, probe, models);
  }

  private static Comparison compare(
      Fingerprint first, int firstRepeats, Fingerprint second, ScoreModels models) {
    String reason = whyNot(first, second);
    return reason == null
        ? new Comparer(first, firstRepeats, second, models).compare()
        : Comparison.none(reason);
  }

  /** Why two fingerprints do not show the same thing, or null. */
  private static @Nullable String whyNot(Fingerprint a, Fingerprint b) {
    if (!kind(a.coupon()).equals(kind(b.coupon()))) {
      return "one coupon is " + kind(a.coupon()) + ", the other " + kind(b.coupon());
    }
    if (a.kinematics() != b.kinematics()) {
      return "one printer is " + a.kinematics().key() + ", the other " + b.kinematics().key();
    }
    if (differs(a.nozzleMm(), b.nozzleMm())) {
      return "one nozzle has " + a.nozzleMm() + " mm, the other " + b.nozzleMm() + " mm";
    }
    if (differs(a.pulleyXMm(), b.pulleyXMm()) || differs(a.pulleyYMm(), b.pulleyYMm())) {
      return "their pulleys differ";
    }
    return null;
  }

  private static boolean differs(double a, double b) {
    return Math.abs(a - b) > SAME_SIZE * Math.max(a, b);
  }

  private static String kind(String coupon) {
    int colon = coupon.indexOf(':');
    return colon < 0 ? coupon : coupon.substring(0, colon);
  }

  private Comparison compare() {
    Evidence evidence = evidence();
    Histories histories = histories(evidence, 1);
    if (ratios.isEmpty()) {
      return Comparison.none("no component was measured in both");
    }
    Changes changes = new Changes(histories, first.kinematics().axes());
    double log10 = log10(histories);
    Verdict verdict = verdict(log10, changes);
    double claim = ClaimEvidence.of(first.claim(), second.claim());
    double withClaim = log10 + claim / LN_10;
    if (verdict(withClaim, changes) == verdict) {
      log10 = withClaim;
    }
    Map<String, ComponentEvidence> components = new LinkedHashMap<>();
    ratios.forEach(
        (name, log) ->
            components.put(
                name,
                new ComponentEvidence(log / LN_10, changes.changed(name), changes.moved(name))));
    Event event =
        switch (verdict) {
          case MISMATCH -> Event.OTHER_PRINTER;
          case INSUFFICIENT -> Event.UNKNOWN;
          case MATCH, DRIFT -> changes.event();
        };
    double rarer = log10(histories(evidence, 1 / RATES_BAND));
    double oftener = log10(histories(evidence, RATES_BAND));
    return new Comparison(
        log10,
        Math.min(log10, Math.min(rarer, oftener)),
        Math.max(log10, Math.max(rarer, oftener)),
        verdict,
        event,
        components,
        changes.moved(Event.BELT_RETENSIONED) ? beltShifts : Map.of(),
        changes.moved(Event.NOZZLE_RESEATED) ? nozzleTurnDeg : null,
        Sentence.of(log10, verdict, event, components, claim));
  }

  private Histories histories(Evidence evidence, double factor) {
    return new Histories(new ChangeRates(years, factor * models.ratesFactor()), evidence);
  }

  private double log10(Histories histories) {
    return models.fused().of(histories.logRatio() / LN_10, years);
  }

  /** How many components speak clearly against being the same part. */
  private int lost() {
    return (int) ratios.values().stream().filter(log -> log <= -Math.log(10)).count();
  }

  private Verdict verdict(double log10, Changes changes) {
    if (log10 >= Verdict.SAME_LOG10) {
      return changes.event() == Event.NONE && lost() == 0 ? Verdict.MATCH : Verdict.DRIFT;
    }
    return log10 <= Verdict.OTHER_LOG10 ? Verdict.MISMATCH : Verdict.INSUFFICIENT;
  }

  private Evidence evidence() {
    double[] nozzle = {0, 0};
    if (first.nozzle() != null && second.nozzle() != null) {
      NozzleEvidence.Ratios r =
          NozzleEvidence.of(first.nozzle(), second.nozzle(), first.nozzleMm(), years);
      if (r.headings() > 0) {
        nozzle = new double[] {scaled("nozzle", r.keptLog()), scaled("nozzle", r.turnedLog())};
        ratios.put("nozzle", nozzle[0]);
        nozzleTurnDeg = r.turnDeg();
      }
    }
    List<Axis> axes = first.kinematics().axes();
    AxisEvidence.Ratios a = axis(axes.get(0), first.pulleyXMm());
    AxisEvidence.Ratios b = axis(axes.get(1), first.pulleyYMm());
    double frame = frame();
    double flow = 0;
    if (first.flow() != null && second.flow() != null) {
      flow = scaled("flow", FlowEvidence.of(first.flow(), firstRepeats, second.flow()));
      ratios.put("flow", flow);
    }
    double geometry = 0;
    if (first.geometry() != null && second.geometry() != null) {
      geometry =
          scaled(
              "geometry",
              GeometryEvidence.of(first.geometry(), firstRepeats, second.geometry(), years));
      ratios.put("geometry", geometry);
    }
    double mesh = 0;
    if (first.mesh() != null && second.mesh() != null) {
      mesh = scaled("mesh", MeshEvidence.of(first.mesh(), second.mesh(), years));
      ratios.put("mesh", mesh);
    }
    return new Evidence(
        nozzle[0],
        nozzle[1],
        a.keptLog(),
        a.shiftedLog(),
        b.keptLog(),
        b.shiftedLog(),
        frame,
        flow,
        geometry,
        mesh);
  }

  /**
   * The frame's swing, seen on the coupon and heard by an accelerometer. Both tell of the same
   * frame, so that they do not count twice: the one that says more is taken.
   */
  private double frame() {
    double seen = 0;
    if (first.ringing() != null && second.ringing() != null) {
      seen =
          scaled(
              "ringing",
              RingingEvidence.of(first.ringing(), firstRepeats, second.ringing(), years));
      ratios.put("ringing", seen);
    }
    double heard = 0;
    if (first.vibration() != null && second.vibration() != null) {
      heard =
          scaled("vibration", VibrationEvidence.of(first.vibration(), second.vibration(), years));
      ratios.put("vibration", heard);
    }
    return Math.abs(heard) > Math.abs(seen) ? heard : seen;
  }

  private double scaled(String component, double log) {
    return LN_10 * models.scale(component).of(log / LN_10, years);
  }

  private AxisEvidence.Ratios axis(Axis axis, double pulleyMm) {
    AxisComponent a = first.axes().get(axis);
    AxisComponent b = second.axes().get(axis);
    if (a == null || b == null) {
      return new AxisEvidence.Ratios(0, 0, null);
    }
    AxisEvidence.Ratios r = AxisEvidence.of(a, firstRepeats, b, pulleyMm, years);
    String name = axis.component();
    double kept = scaled(name, r.keptLog());
    ratios.put(name, kept);
    if (r.shift() != null) {
      beltShifts.put(axis, r.shift());
    }
    return new AxisEvidence.Ratios(kept, scaled(name, r.shiftedLog()), r.shift());
  }

  /** What the histories say became of each part, if it is the same printer. */
  private static final class Changes {
    private static final double PLAUSIBLE = 0.1;

    private final Map<String, Double> changed = new LinkedHashMap<>();
    private final Map<String, Double> moved = new LinkedHashMap<>();
    private final Map<Event, Double> events = new EnumMap<>(Event.class);

    Changes(Histories histories, List<Axis> axes) {
      changed.put("nozzle", histories.posterior(h -> h.nozzle() == Nozzle.CHANGED));
      changed.put(axes.get(0).component(), histories.posterior(h -> h.first() == Drive.CHANGED));
      changed.put(axes.get(1).component(), histories.posterior(h -> h.second() == Drive.CHANGED));
      changed.put("ringing", histories.posterior(h -> h.resonance() || h.head() == Head.CHANGED));
      changed.put("vibration", changed("ringing"));
      changed.put("flow", histories.posterior(h -> h.head() != Head.KEPT));
      changed.put("geometry", histories.posterior(History::squaring));
      moved.put("nozzle", histories.posterior(h -> h.nozzle() == Nozzle.TURNED));
      moved.put(axes.get(0).component(), histories.posterior(h -> h.first() == Drive.SHIFTED));
      moved.put(axes.get(1).component(), histories.posterior(h -> h.second() == Drive.SHIFTED));
      for (Event event : Event.values()) {
        events.put(event, histories.posterior(h -> named(h) == event));
      }
    }

    /** What a history is called; of several changes, the one that takes most with it. */
    private static Event named(History h) {
      if (h.head() != Head.KEPT) {
        return Event.TOOLHEAD_CHANGED;
      }
      if (h.first() == Drive.CHANGED || h.second() == Drive.CHANGED) {
        return Event.UNKNOWN;
      }
      if (h.nozzle() == Nozzle.CHANGED) {
        return Event.NOZZLE_CHANGED;
      }
      if (h.nozzle() == Nozzle.TURNED) {
        return Event.NOZZLE_RESEATED;
      }
      if (h.first() == Drive.SHIFTED || h.second() == Drive.SHIFTED) {
        return Event.BELT_RETENSIONED;
      }
      return h.resonance() || h.squaring() ? Event.UNKNOWN : Event.NONE;
    }

    /** Whether it is likelier than a tenth that this happened. */
    boolean moved(Event event) {
      return events.getOrDefault(event, 0.0) > PLAUSIBLE;
    }

    double moved(String component) {
      return moved.getOrDefault(component, 0.0);
    }

    double changed(String component) {
      return changed.getOrDefault(component, 0.0);
    }

    /** The likeliest. */
    Event event() {
      return events.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(Event.UNKNOWN);
    }
  }
}
