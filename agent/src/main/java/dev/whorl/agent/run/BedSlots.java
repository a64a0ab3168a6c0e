package dev.whorl.agent.run;

import dev.whorl.agent.run.Entry.SlotMarked;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots of the config seen through what the journal says of them. The bed is never assumed
 * clear: a slot is free only while somebody's word that it is clear is younger than 24 hours.
 *
 * @param slots those of the config, in the order in which they are used
 * @param sideMm side of a coupon
 */
public record BedSlots(List<Slot> slots, double sideMm) {
  /** A day: long enough for an evening's and a morning's coupon, short enough to be remembered. */
  public static final Duration CLEARING_EXPIRES_AFTER = Duration.ofHours(24);

  /** How far the nozzle and its sock stay from what lies on the bed while Z is probed. */
  static final double PROBE_MARGIN_MM = 5;

  public BedSlots {
    slots = List.copyOf(slots);
  }

  /** What is known of one slot now. */
  public SlotState state(Slot slot, RunState known, Instant now) {
    SlotMarked marked = known.slots().get(slot.name());
    if (marked == null) {
      return SlotState.UNKNOWN;
    }
    boolean expired = marked.at().plus(CLEARING_EXPIRES_AFTER).isBefore(now);
    // A clock set back would keep a clearing alive for ever; a clearing of the future is none.
    boolean early = marked.at().isAfter(now.plus(CLEARING_EXPIRES_AFTER));
    return marked.state() == SlotState.CLEAR && (expired || early)
        ? SlotState.UNKNOWN
        : marked.state();
  }

  /** Every slot's state by name, in the config's order. */
  public Map<String, SlotState> states(RunState known, Instant now) {
    Map<String, SlotState> states = new LinkedHashMap<>();
    for (Slot slot : slots) {
      states.put(slot.name(), state(slot, known, now));
    }
    return states;
  }

  /** The first free slot, if any. */
  public Optional<Slot> firstClear(RunState known, Instant now) {
    return slots.stream().filter(s -> state(s, known, now) == SlotState.CLEAR).findFirst();
  }

  /** Whether nothing was ever said of any of these slots: a first start. */
  public boolean neverTold(RunState known) {
    return slots.stream().noneMatch(s -> known.slots().containsKey(s.name()));
  }

  /** The slot of a name, if the config still has it. */
  public Optional<Slot> named(String name) {
    return slots.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * The slot that forbids probing Z at a point, if there is one: an occupied or unknown one that
   * covers it.
   */
  public Optional<Slot> inTheWayOfProbing(double xMm, double yMm, RunState known, Instant now) {
    return slots.stream()
        .filter(s -> s.covers(xMm, yMm, sideMm, PROBE_MARGIN_MM))
        .filter(s -> state(s, known, now) != SlotState.CLEAR)
        .findFirst();
  }
}
