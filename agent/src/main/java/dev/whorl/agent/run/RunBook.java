package dev.whorl.agent.run;

import dev.whorl.agent.run.Entry.PhaseEntered;
import dev.whorl.agent.run.Entry.SlotMarked;
import dev.whorl.agent.run.Entry.SlotsForgotten;
import dev.whorl.gcode.link.Temperatures;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the conductor knows and tells: the journal, the state that it adds up to, the view of it,
 * and the hold on the host that follows from it. For the conductor's thread, but for {@link #view}.
 */
final class RunBook {
  /** What a run spends its time on; shares of one, for the progress of the whole. */
  private static final Map<Phase, double[]> SHARES =
      Map.of(
          Phase.IDLE, new double[] {0, 0},
          Phase.AWAIT_BED, new double[] {0, 0},
          Phase.PREPARE, new double[] {0, 0.02},
          Phase.PRINT, new double[] {0.02, 0.80},
          Phase.COOL, new double[] {0.80, 0.85},
          Phase.CAPTURE, new double[] {0.85, 0.93},
          Phase.ANALYSE, new double[] {0.93, 0.98},
          Phase.REPORT, new double[] {0.98, 1},
          Phase.FAULT, new double[] {0, 0});

  private final Conductor.Parts parts;
  private final BedSlots bed;
  private final Journal journal;
  private final Host host;
  private RunState state;
  private volatile RunView view;

  private String doing = "";
  private double phaseProgress;
  private @Nullable Double etaS;

  /** Of the printer's session; null while there is none, and the host's are shown. */
  private @Nullable Temperatures temperatures;

  RunBook(Conductor.Parts parts, Journal.Opened opened, Host host) {
    this.parts = parts;
    this.bed = parts.coupons().bed();
    this.journal = opened.journal();
    this.host = host;
    this.state = RunState.of(opened.entries());
    this.view = makeView();
    if (mustHold()) {
      host.hold(true);
    }
  }

  RunState state() {
    return state;
  }

  /** From any thread. */
  RunView view() {
    return view.with(host);
  }

  // ---- What is written.

  void enter(Phase phase, @Nullable String run, @Nullable String slot, String detail)
      throws IOException {
    write(new PhaseEntered(now(), phase, run, slot, detail));
    phaseProgress = 0;
    etaS = null;
    show(phase.sentence());
  }

  void write(Entry entry) throws IOException {
    journal.append(entry);
    state = state.after(entry);
    view = makeView();
    holdOrRelease();
  }

  void markSlot(SlotState slotState, String by) throws IOException {
    String slot = slotName();
    if (slot != null) {
      write(new SlotMarked(now(), slot, slotState, by));
    }
  }

  /** Nothing is known of the bed any more, and the slot of a run under way is taken. */
  void forgetBed(String why) throws IOException {
    write(new SlotsForgotten(now(), why));
    if (state.phase().running()) {
      markSlot(SlotState.OCCUPIED, "run " + state.run());
    }
  }

  // ---- What is read.

  @Nullable String slotName() {
    PhaseEntered entered = state.entered();
    return entered == null ? null : entered.slot();
  }

  Slot slot() throws RunFault {
    String name = slotName();
    Optional<Slot> slot = name == null ? Optional.empty() : bed.named(name);
    if (slot.isEmpty()) {
      throw new RunFault("slot " + name + " of this run is no longer in coupon.slots_mm");
    }
    return slot.get();
  }

  SlotState slotState() throws RunFault {
    return bed.state(slot(), state, now());
  }

  RunFolder folder() throws RunFault {
    String run = state.run();
    if (run == null) {
      throw new RunFault("the journal speaks of a phase without a run");
    }
    return RunFolder.of(parts.config().agent().stateDir(), run);
  }

  Instant now() {
    return parts.clock().instant();
  }

  // ---- The other program at the printer.

  /**
   * The host waits from the moment a run may move the printer, and as long as a coupon lies on the
   * bed: what it then holds back would move over it.
   */
  void holdOrRelease() {
    host.hold(mustHold());
  }

  private boolean mustHold() {
    Phase phase = state.phase();
    return state.occupied() || (phase.running() && phase != Phase.AWAIT_BED);
  }

  /** What a host prints lies on the bed, where nobody knows. */
  void noteHost() throws IOException {
    String touched = host.bedTouched();
    if (touched != null) {
      if (state.anyClear()) {
        write(new SlotsForgotten(now(), touched));
      }
      for (Slot slot : bed.slots()) {
        if (!state.slots().containsKey(slot.name())) {
          write(new SlotMarked(now(), slot.name(), SlotState.UNKNOWN, touched));
        }
      }
    }
    if (!Objects.equals(host.state(), view.host())
        || (temperatures == null && !Objects.equals(host.temperatures(), view.temperatures()))) {
      showAgain();
    }
  }

  // ---- What is shown.

  /** The last readings of the printer's session; null when there is no session. */
  void temperatures(@Nullable Temperatures now) {
    temperatures = now;
  }

  /**
   * @param part of the phase, 0..1
   */
  void progress(double part, String what) {
    phaseProgress = part;
    show(what);
  }

  /**
   * @param part of the phase, 0..1
   * @param etaS seconds until its end
   */
  void progress(double part, double etaS, String what) {
    this.etaS = etaS;
    progress(part, what);
  }

  void show(String what) {
    doing = what;
    showAgain();
  }

  void showAgain() {
    view = makeView();
    parts.onChange().accept(view);
  }

  private RunView makeView() {
    PhaseEntered entered = state.entered();
    Phase phase = state.phase();
    double[] share = SHARES.getOrDefault(phase, new double[] {0, 0});
    Map<Slot, SlotState> slots = new LinkedHashMap<>();
    for (Slot slot : bed.slots()) {
      slots.put(slot, bed.state(slot, state, now()));
    }
    return new RunView(
        phase,
        state.run(),
        slotName(),
        share[0] + (share[1] - share[0]) * phaseProgress,
        etaS,
        doing,
        phase == Phase.FAULT && entered != null ? entered.detail() : null,
        slots,
        temperatures == null ? host.temperatures() : temperatures,
        state.cut() == null ? null : state.cut().why(),
        state.hot(),
        host.state());
  }

  void close() throws IOException {
    journal.close();
  }
}
