package dev.whorl.agent.service;

import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.RunState;
import dev.whorl.agent.run.RunView;
import dev.whorl.agent.run.Slot;
import dev.whorl.agent.run.SlotState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a journal says when no agent is running. */
public final class RestingView {
  private RestingView() {}

  public static RunView of(RunState state, BedSlots bed) {
    Map<Slot, SlotState> slots = new LinkedHashMap<>();
    for (Slot slot : bed.slots()) {
      slots.put(slot, bed.state(slot, state, Instant.now()));
    }
    var entered = state.entered();
    boolean running = state.phase().running();
    return new RunView(
        state.phase(),
        state.run(),
        entered == null ? null : entered.slot(),
        0,
        null,
        running ? "interrupted; it is dealt with at the next start" : state.phase().sentence(),
        state.phase() == Phase.FAULT && entered != null ? entered.detail() : null,
        slots,
        null,
        state.cut() == null ? null : state.cut().why(),
        state.hot(),
        null);
  }
}
