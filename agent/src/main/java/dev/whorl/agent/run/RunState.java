package dev.whorl.agent.run;

import dev.whorl.agent.run.Entry.BedCleared;
import dev.whorl.agent.run.Entry.HeatAsked;
import dev.whorl.agent.run.Entry.HeatGone;
import dev.whorl.agent.run.Entry.PhaseEntered;
import dev.whorl.agent.run.Entry.PowerBack;
import dev.whorl.agent.run.Entry.PowerCut;
import dev.whorl.agent.run.Entry.SlotMarked;
import dev.whorl.agent.run.Entry.SlotsForgotten;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal adds up to. Never changed: {@link #after} makes the next one.
 *
 * @param entered the last phase entered, null before the first
 * @param heat the heat asked for and not yet seen gone, null when cold
 * @param cut the relay's cut, null while the printer has its power
 * @param slots what was last said of each slot, by name
 */
public record RunState(
    @Nullable PhaseEntered entered,
    @Nullable HeatAsked heat,
    @Nullable PowerCut cut,
    Map<String, SlotMarked> slots) {
  public static final RunState EMPTY = new RunState(null, null, null, Map.of());

  public RunState {
    slots = Map.copyOf(slots);
  }

  public static RunState of(List<Entry> entries) {
    RunState state = EMPTY;
    for (Entry entry : entries) {
      state = state.after(entry);
    }
    return state;
  }

  /** This state once an entry was added. */
  public RunState after(Entry entry) {
    if (entry instanceof PhaseEntered e) {
      return new RunState(e, heat, cut, slots);
    } else if (entry instanceof HeatAsked e) {
      return new RunState(entered, e, cut, slots);
    } else if (entry instanceof HeatGone) {
      return new RunState(entered, null, cut, slots);
    } else if (entry instanceof PowerCut e) {
      return new RunState(entered, heat, e, slots);
    } else if (entry instanceof PowerBack) {
      return new RunState(entered, heat, null, slots);
    } else if (entry instanceof SlotMarked e) {
      Map<String, SlotMarked> next = new LinkedHashMap<>(slots);
      next.put(e.slot(), e);
      return new RunState(entered, heat, cut, next);
    } else if (entry instanceof BedCleared e) {
      // Nothing lies on the bed: that goes for slots that the config has no longer, too.
      Map<String, SlotMarked> next = new LinkedHashMap<>(slots);
      next.replaceAll((slot, old) -> new SlotMarked(e.at(), slot, SlotState.CLEAR, e.by()));
      e.slots()
          .forEach(slot -> next.put(slot, new SlotMarked(e.at(), slot, SlotState.CLEAR, e.by())));
      return new RunState(entered, heat, cut, next);
    } else if (entry instanceof SlotsForgotten e) {
      Map<String, SlotMarked> next = new LinkedHashMap<>(slots);
      // What was seen to be printed lies there until somebody takes it away.
      next.replaceAll(
          (slot, old) ->
              old.state() == SlotState.OCCUPIED
                  ? old
                  : new SlotMarked(e.at(), slot, SlotState.UNKNOWN, e.why()));
      return new RunState(entered, heat, cut, next);
    }
    return this;
  }

  /** The fewest entries that add up to this state. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(slots.values());
    if (heat != null) {
      entries.add(heat);
    }
    if (cut != null) {
      entries.add(cut);
    }
    if (entered != null) {
      entries.add(entered);
    }
    return entries;
  }

  public Phase phase() {
    return entered == null ? Phase.IDLE : entered.phase();
  }

  public @Nullable String run() {
    return entered == null ? null : entered.run();
  }

  /** Whether a coupon lies anywhere, in a slot that the config still has or not. */
  public boolean occupied() {
    return slots.values().stream().anyMatch(slot -> slot.state() == SlotState.OCCUPIED);
  }

  /** Whether somebody's word that a slot is clear is there to be forgotten. */
  boolean anyClear() {
    return slots.values().stream().anyMatch(slot -> slot.state() == SlotState.CLEAR);
  }

  public boolean hot() {
    return heat != null;
  }
}
