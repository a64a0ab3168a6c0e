package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import dev.whorl.fingerprint.compare.Drift;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One coupon taken up by a template, component by component. */
final class UpdateStep {
  /** What is done with a component that has walked too far. */
  enum Limit {
    /** It stays where it was. */
    KEEPS,
    /** It goes there, and begins anew: an operator has said so. */
    IS_LIFTED
  }

  /** A part is taken for changed from here on. */
  private static final double CHANGED = 0.5;

  private final @Nullable Template before;
  private final Fingerprint probe;
  private final @Nullable Comparison comparison;
  private final Limit limit;
  private final int coupons;
  private final String custody;
  private final double years;
  private final Components state = new Components();
  private final Components start = new Components();
  private final Map<String, Instant> since = new TreeMap<>();
  private final Set<String> restarted = new HashSet<>();
  private final Set<String> limited = new HashSet<>();
  private final Map<String, Action> actions = new TreeMap<>();

  /** Of a printer's first coupon. */
  UpdateStep(Fingerprint coupon, String custody) {
    this(null, custody, coupon, null, Limit.KEEPS);
  }

  UpdateStep(Template before, Fingerprint probe, Comparison comparison, Limit limit) {
    this(before, before.custody(), probe, comparison, limit);
  }

  private UpdateStep(
      @Nullable Template before,
      String custody,
      Fingerprint probe,
      @Nullable Comparison comparison,
      Limit limit) {
    this.before = before;
    this.custody = custody;
    this.probe = probe;
    this.comparison = comparison;
    this.limit = limit;
    coupons = before == null ? 1 : before.coupons() + 1;
    years = before == null ? 0 : years(before.state().time());
    if (before != null) {
      since.putAll(before.since());
      if (limit == Limit.KEEPS) {
        restarted.addAll(before.restarted());
        limited.addAll(before.limited());
      }
    }
    step(
        "nozzle",
        new NozzleWalk(),
        Fingerprint::nozzle,
        c -> state.nozzle = c,
        c -> start.nozzle = c);
    for (Axis axis : probe.kinematics().axes()) {
      boolean isFirst = axis == probe.kinematics().axes().get(0);
      Walk<AxisComponent> walk = new AxisWalk(isFirst ? probe.pulleyXMm() : probe.pulleyYMm());
      step(
          axis.component(),
          walk,
          f -> f.axes().get(axis),
          c -> state.axis(axis, c),
          c -> start.axis(axis, c));
    }
    step(
        "ringing",
        new RingingWalk(),
        Fingerprint::ringing,
        c -> state.ringing = c,
        c -> start.ringing = c);
    step("flow", new FlowWalk(), Fingerprint::flow, c -> state.flow = c, c -> start.flow = c);
    step(
        "geometry",
        new GeometryWalk(),
        Fingerprint::geometry,
        c -> state.geometry = c,
        c -> start.geometry = c);
    step(
        "vibration",
        new Latest<>(),
        Fingerprint::vibration,
        c -> state.vibration = c,
        c -> start.vibration = c);
    step("mesh", new Latest<>(), Fingerprint::mesh, c -> state.mesh = c, c -> start.mesh = c);
  }

  private interface Sink<C> {
    void put(@Nullable C component);
  }

  private <C> void step(
      String name, Walk<C> walk, Part<C> part, Sink<C> newState, Sink<C> newStart) {
    C measured = part.of(probe);
    C known = before == null ? null : part.of(before.state());
    C begun = before == null ? null : part.of(before.start());
    if (measured == null) {
      newState.put(known == null ? null : walk.grown(known, years));
      newStart.put(begun);
      if (known != null) {
        actions.put(name, Action.KEPT);
      }
      return;
    }
    C settled = walk.settled(measured);
    if (known == null || begun == null) {
      begin(name, settled, newState, newStart, Action.UPDATED);
      return;
    }
    C grown = walk.grown(known, years);
    if (isChanged(name) || !walk.alike(known, settled)) {
      if (limit == Limit.IS_LIFTED || (somethingStays(name) && !limited.contains(name))) {
        begin(name, settled, newState, newStart, Action.RESTARTED);
        if (limit == Limit.KEEPS) {
          restarted.add(name);
        }
      } else {
        keep(name, grown, begun, newState, newStart);
      }
      return;
    }
    C updated = walk.updated(grown, settled);
    if (limit == Limit.IS_LIFTED || isEnrolling()) {
      begin(name, updated, newState, newStart, Action.UPDATED);
    } else if (walk.walked(updated, begun, years(since.getOrDefault(name, probe.time()))) > 1) {
      keep(name, grown, begun, newState, newStart);
    } else {
      newState.put(updated);
      newStart.put(begun);
      actions.put(name, Action.UPDATED);
      limited.remove(name);
    }
  }

  private <C> void begin(
      String name, C settled, Sink<C> newState, Sink<C> newStart, Action action) {
    newState.put(settled);
    newStart.put(settled);
    since.put(name, probe.time());
    actions.put(name, before == null ? Action.CREATED : action);
  }

  private <C> void keep(String name, C grown, C begun, Sink<C> newState, Sink<C> newStart) {
    newState.put(grown);
    newStart.put(begun);
    actions.put(name, Action.LIMITED);
    limited.add(name);
  }

  /** Everything is, where the two have nothing in common: another nozzle, other pulleys. */
  private boolean isChanged(String name) {
    if (comparison == null || comparison.components().isEmpty()) {
      return true;
    }
    ComponentEvidence evidence = comparison.components().get(name);
    return evidence != null && evidence.changed() + evidence.moved() > CHANGED;
  }

  /**
   * Whether, with this one begun anew, a part that tells printers apart still comes from the
   * enrolment. Otherwise a printer could be exchanged part by part without anybody's word.
   */
  private boolean somethingStays(String name) {
    if (before == null) {
      return true;
    }
    Set<String> strong = new HashSet<>();
    if (before.state().nozzle() != null) {
      strong.add("nozzle");
    }
    before.state().axes().keySet().forEach(axis -> strong.add(axis.component()));
    if (!strong.contains(name)) {
      return true;
    }
    strong.removeAll(restarted);
    strong.removeIf(other -> other.equals(name) || isChanged(other));
    return !strong.isEmpty();
  }

  private boolean isEnrolling() {
    return coupons <= Template.ENROLMENT;
  }

  private double years(Instant from) {
    return Math.max(0, Drift.years(from, probe.time()));
  }

  Template template() {
    Fingerprint now = state.of(probe);
    Fingerprint first = before == null || isEnrolling() ? now : before.first();
    Fingerprint origin =
        before == null || isEnrolling() || limit == Limit.IS_LIFTED ? probe : before.start();
    return new Template(first, start.of(origin), now, coupons, since, restarted, limited, custody);
  }

  Map<String, Action> actions() {
    return Map.copyOf(actions);
  }

  /** Reads one component of a fingerprint. */
  private interface Part<C> {
    @Nullable C of(Fingerprint fingerprint);
  }
}
