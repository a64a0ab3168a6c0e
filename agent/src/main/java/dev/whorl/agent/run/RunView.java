package dev.whorl.agent.run;

import dev.whorl.gcode.link.Temperatures;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conductor's state at one moment, for those who only look.
 *
 * @param phase where the run is
 * @param run its id, null before the first
 * @param slot the slot it prints on, null before one was chosen
 * @param progress of the whole run, 0..1
 * @param etaS seconds until its end, null where nobody can say
 * @param doing what is being done, for people
 * @param fault why the last run stopped, null when it did not
 * @param slots what is known of every slot
 * @param temperatures the last ones heard, null when the printer was not asked
 * @param powerCut why the relay cut the printer's power, null while it has it
 * @param hot whether heat was asked for and not yet seen gone
 * @param host what the other program at the printer does, null where the port is not shared
 */
public record RunView(
    Phase phase,
    @Nullable String run,
    @Nullable String slot,
    double progress,
    @Nullable Double etaS,
    String doing,
    @Nullable String fault,
    Map<Slot, SlotState> slots,
    @Nullable Temperatures temperatures,
    @Nullable String powerCut,
    boolean hot,
    @Nullable HostState host) {

  /** The same with what is going on at the pass-through at this moment. */
  public RunView with(Host now) {
    Temperatures heard = now.temperatures();
    return new RunView(
        phase,
        run,
        slot,
        progress,
        etaS,
        doing,
        fault,
        slots,
        heard == null ? temperatures : heard,
        powerCut,
        hot,
        now.state());
  }
}
