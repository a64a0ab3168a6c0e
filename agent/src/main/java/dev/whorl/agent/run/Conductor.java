package dev.whorl.agent.run;

import dev.whorl.agent.capture.FrameTaker;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.Entry.BedCleared;
import dev.whorl.agent.run.Entry.HeatAsked;
import dev.whorl.agent.run.Entry.PhaseEntered;
import dev.whorl.agent.run.Entry.PowerCut;
import dev.whorl.agent.run.Entry.SlotMarked;
import dev.whorl.agent.run.Entry.SlotsForgotten;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.gcode.CouponRefused;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.HeaterFault;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a run through its phases. The only writer of phase, slots and journal: every step is made
 * by one thread, the service's {@code conductor} or a test that steps by hand. Other threads leave
 * requests, abort, or look at the {@link #view}.
 *
 * <p>What a step that died leaves undone is done by the first step after the next start:
 *
 * <table>
 * <caption>Recovery</caption>
 * <tr><th>died in</th><th>on restart</th></tr>
 * <tr><td>PREPARE, PRINT</td><td>cool down, end the run, slot occupied</td></tr>
 * <tr><td>COOL</td><td>cool down, go on</td></tr>
 * <tr><td>CAPTURE</td><td>capture again if the bed was not touched, else end the run</td></tr>
 * <tr><td>ANALYSE</td><td>compute again from the saved frames</td></tr>
 * <tr><td>REPORT</td><td>send again; the registry drops duplicates by digest</td></tr>
 * </table>
 */
public final class Conductor {
  private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

  /** More requests than this are a mistake of whoever sends them. */
  private static final int MOST_REQUESTS = 16;

  /** A coupon asked for in the evening is not begun in the night. */
  static final Duration LONGEST_WAIT_FOR_BED = Duration.ofHours(1);

  private static final Duration BETWEEN_LOOKS_FOR_RECEIPT = Duration.ofMillis(200);

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

  /**
   * What the conductor works with.
   *
   * @param coupons what it prints, and where
   * @param clock for what the journal says
   * @param time for waits
   */
  public record Parts(
      AgentConfig config,
      PrinterCoupons coupons,
      Rig rig,
      Analyst analyst,
      Reporter reporter,
      InstantSource clock,
      TimeSource time,
      Pause pause,
      Consumer<RunView> onChange) {}

  private final Parts parts;
  private final BedSlots bed;
  private final Journal journal;
  private final CameraMove cameraMove;
  private final HeatWatch heat;
  private final Host host;
  private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MOST_REQUESTS);

  // Of the process.
  private RunState state;
  private boolean recovered;
  private volatile boolean stopping;
  private volatile @Nullable String abortReason;
  private volatile RunView view;

  // Of the printer's session: from PREPARE to the end of CAPTURE.
  private volatile @Nullable PrinterSession printer;
  private @Nullable Temperatures temperatures;

  // Of the run.
  private String doing = "";
  private double phaseProgress;
  private @Nullable Double etaS;
  private @Nullable String digest;
  private long reportingSinceNanos;

  /**
   * @param opened the journal, which this conductor writes from now on
   * @throws IOException when the journal cannot be written
   * @throws HardwareException when the relay cannot be had
   */
  public Conductor(Parts parts, Journal.Opened opened) throws IOException, HardwareException {
    this.parts = parts;
    this.bed = parts.coupons().bed();
    this.journal = opened.journal();
    this.state = RunState.of(opened.entries());
    this.cameraMove = new CameraMove(parts.config());
    this.heat = new HeatWatch(new HeatOwner(), parts.rig().openRelay(), parts);
    this.host = parts.rig().host();
    this.view = makeView();
    if (mustHold()) {
      host.hold(true);
    }
    if (opened.setAside().isPresent()) {
      LOG.warn("the journal was damaged; it is kept as {}", opened.setAside().get());
      // Whether heat was on stood in it: better to cool a cold printer than to leave a hot one.
      write(new HeatAsked(now(), 0, 0));
    }
  }

  /** What is going on; from any thread. */
  public RunView view() {
    return view.with(host);
  }

  /**
   * Leaves a request; from any thread.
   *
   * @return false when too many wait already
   */
  public boolean request(Request request) {
    return requests.offer(request);
  }

  /** Whether a request waits to be taken; from any thread. */
  public boolean asked() {
    return !requests.isEmpty();
  }

  /**
   * Ends the run under way: heaters off, verified. From any thread; nothing under way is no harm.
   */
  public void abort(String why) {
    abortReason = why;
    PrinterSession open = printer;
    if (open != null) {
      open.abort();
    }
  }

  /** {@link #abort} where there is a run; from any thread. */
  public void abortRun(String why) {
    if (view.phase().running()) {
      abort(why);
    }
  }

  /**
   * Asks for the end of the process, from any thread: heaters off, a print under way is aborted,
   * anything later is left for the next start.
   */
  public void stop() {
    stopping = true;
    heat.hurry();
    Phase phase = view.phase();
    if (phase == Phase.PREPARE || phase == Phase.PRINT) {
      abort("the agent was stopped");
    }
  }

  /**
   * Does one piece of work: recovery first, then a phase, or one request when there is no run.
   *
   * @return whether there is more to do at once
   * @throws IOException when the journal cannot be written; heaters are off as far as possible
   */
  public boolean step() throws IOException, InterruptedException {
    try {
      return stepToFault();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      heat.lastResort();
      throw e;
    }
  }

  private boolean stepToFault() throws IOException, InterruptedException {
    try {
      if (!recovered) {
        recovered = true;
        recover();
        holdOrRelease();
        return true;
      }
      noteHost();
      String why = abortReason;
      if (why != null) {
        abortReason = null;
        if (state.phase().running()) {
          fault(why);
          return false;
        }
      }
      if (stopping) {
        serveWhileStopping();
        return false;
      }
      return stepPhase();
    } catch (RunFault e) {
      fault(e.getMessage());
    } catch (LinkException | HardwareException e) {
      noteFailure(e);
      if (e instanceof HeaterFault heater && heater.outOfControl()) {
        heat.cutNow(String.valueOf(heater.getMessage()));
      }
      cold();
    } catch (CouponRefused e) {
      fault(String.join("; ", e.problems()));
    }
    return false;
  }

  private boolean stepPhase()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    switch (state.phase()) {
      case IDLE, FAULT -> {
        return takeRequest();
      }
      case AWAIT_BED -> {
        return awaitBed();
      }
      case PREPARE -> prepare();
      case PRINT -> print();
      case COOL -> {
        if (state.hot() && !heat.coolDown()) {
          return false;
        }
        enter(Phase.CAPTURE, state.run(), slotName(), "");
      }
      case CAPTURE -> {
        return capture();
      }
      case ANALYSE -> analyse();
      case REPORT -> {
        return report();
      }
    }
    return true;
  }

  /** Waits for a request; for the loop of a service. */
  public void awaitRequest(Duration atMost) throws InterruptedException {
    Request request = requests.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (request != null && !requests.offer(request)) {
      LOG.warn("a request was dropped: too many at a time");
    }
  }

  // ---- Phases.

  private void recover()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Phase died = state.phase();
    if (state.hot() || died == Phase.PREPARE || died == Phase.PRINT) {
      LOG.warn("the agent ended in {} with heat on; cooling", died);
    }
    switch (died) {
      case PREPARE, PRINT -> {
        markSlot(SlotState.OCCUPIED, "interrupted run " + state.run());
        throw new RunFault("the agent ended while it was " + died.sentence() + "; clear the bed");
      }
      case AWAIT_BED -> enter(Phase.IDLE, state.run(), null, "the agent ended before it began");
      case CAPTURE -> {
        heat.ensureCold();
        if (slotState() != SlotState.OCCUPIED) {
          throw new RunFault(
              "the agent ended before the coupon was photographed, and the bed was touched since");
        }
      }
      case IDLE, FAULT, COOL, ANALYSE, REPORT -> heat.ensureCold();
    }
    if (state.cut() == null) {
      show(state.phase().sentence());
    }
  }

  private boolean takeRequest() throws IOException, InterruptedException {
    if (state.hot()) {
      heat.ensureCold();
    }
    Request request = requests.poll();
    if (request == null) {
      if (!state.hot()) {
        closePrinter();
      }
      return false;
    }
    if (request instanceof Request.Enroll enroll) {
      String run = RunFolder.newId(parts.config().agent().stateDir(), now());
      if (enroll.bedIsClear()) {
        clearBed(enroll.by());
      }
      enter(Phase.AWAIT_BED, run, null, "asked for by " + enroll.by());
    } else {
      serve(request);
    }
    return true;
  }

  /** What may be asked at any time between two steps. */
  private void serve(Request request) throws IOException, InterruptedException {
    if (request instanceof Request.ClearBed clear) {
      clearBed(clear.by());
    } else if (request instanceof Request.Cool cool) {
      LOG.info("cooling, asked for by {}", cool.by());
      // Journalled as if it were ours: it is gone only when it was seen to go.
      write(new HeatAsked(now(), 0, 0));
      heat.ensureCold();
      closePrinter();
    }
  }

  /** A stop may have to wait for a host's print: that can still be cooled, and nothing begins. */
  private void serveWhileStopping() throws IOException, InterruptedException {
    Request request = requests.poll();
    if (request instanceof Request.Enroll) {
      LOG.warn("the agent is stopping; the request of {} is dropped", request.by());
    } else if (request != null && !state.phase().running()) {
      serve(request);
    }
  }

  private void clearBed(String by) throws IOException, InterruptedException {
    write(new BedCleared(now(), bed.slots().stream().map(Slot::name).toList(), by));
    show(doing);
    heat.givePowerBack(by);
  }

  private boolean awaitBed() throws IOException, InterruptedException, RunFault {
    Request request = requests.poll();
    if (request instanceof Request.Enroll) {
      LOG.warn("a coupon is under way already; the request of {} is dropped", request.by());
    } else if (request != null) {
      serve(request);
    }
    if (parts.config().schedule().unattended() && bed.neverTold(state)) {
      // Whoever allows heating without anybody there vouches for the bed as it was set up.
      clearBed("schedule.unattended at the first start");
    }
    if (bed.firstClear(state, now()).isEmpty()) {
      waitInBed(
          "no slot is known to be clear: clear the bed, then run `whorl agent clear-bed`",
          "nobody cleared the bed within an hour; clear it, run `whorl agent clear-bed`, and ask"
              + " again");
      return false;
    }
    Optional<String> busy = host.holdIfIdle();
    if (busy.isPresent()) {
      waitInBed(
          busy.get(),
          "the printer was not free for an hour (" + busy.get() + "); ask again when it is");
      return false;
    }
    // Held now: what it did up to this moment is known, and it does no more.
    noteHost();
    Optional<Slot> clear = bed.firstClear(state, now());
    if (clear.isEmpty()) {
      holdOrRelease();
      return true;
    }
    enter(Phase.PREPARE, state.run(), clear.get().name(), "");
    return true;
  }

  private void waitInBed(String why, String inVain) throws RunFault {
    PhaseEntered waiting = state.entered();
    if (waiting != null && waiting.at().plus(LONGEST_WAIT_FOR_BED).isBefore(now())) {
      throw new RunFault(inVain);
    }
    show(why);
  }

  // ---- The other program at the printer.

  /**
   * The host waits from the moment a run may move the printer, and as long as a coupon lies on the
   * bed: what it then holds back would move over it.
   */
  private void holdOrRelease() {
    host.hold(mustHold());
  }

  private boolean mustHold() {
    Phase phase = state.phase();
    return state.occupied() || (phase.running() && phase != Phase.AWAIT_BED);
  }

  /** What a host prints lies on the bed, where nobody knows. */
  private void noteHost() throws IOException {
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
        || (printer == null && !Objects.equals(host.temperatures(), view.temperatures()))) {
      show(doing);
    }
  }

  private void prepare()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = slot();
    PowerCut cut = state.cut();
    if (cut != null) {
      throw new RunFault(cut.why());
    }
    int lamps = parts.config().lamps().lamps().size();
    if (lamps < FrameTaker.FEWEST_LAMPS) {
      throw new RunFault(
          "lamps.lamp names "
              + lamps
              + " lamps, and a fingerprint needs at least "
              + FrameTaker.FEWEST_LAMPS);
    }
    refuseToProbeOverSlots();
    Program program = parts.coupons().program(slot);
    if (parts.config().mount().toolhead()) {
      cameraMove.target(slot);
    }
    RunFolder folder = folder();
    folder.create();
    AtomicFile.write(folder.program(), program.text());
    parts.rig().openBench().close();
    Hello hello = openPrinter().hello();
    LOG.info("{}: {}", parts.config().printer().port(), hello.capabilities().firmwareName());
    enter(Phase.PRINT, state.run(), slot.name(), program.couponId());
  }

  private void print()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = slot();
    Program program = parts.coupons().program(slot);
    PrinterSession session = openPrinter();
    write(
        new HeatAsked(now(), parts.config().printer().nozzleC(), parts.config().printer().bedC()));
    markSlot(SlotState.OCCUPIED, "run " + state.run());
    long beganNanos = parts.time().nanos();
    session.print(
        program,
        new StreamProgress() {
          @Override
          public void acknowledged(int done, int total) {
            double part = (double) done / Math.max(1, total);
            double goneS = (parts.time().nanos() - beganNanos) / 1e9;
            // The estimate knows no heating; what has passed so far does.
            etaS = part > 0.1 ? goneS / part - goneS : program.estimateS() * (1 - part);
            progress(part, "line " + done + " of " + total);
          }

          @Override
          public void ending(LinkException why) {
            try {
              noteFailure(why);
            } catch (IOException e) {
              // Found out again, and dealt with, once the heaters are off.
              LOG.error("the journal: {}", e.getMessage());
            }
          }
        });
    etaS = null;
    enter(Phase.COOL, state.run(), slot.name(), "");
  }

  private boolean capture()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = slot();
    RunFolder folder = folder();
    folder.create();
    if (parts.config().mount().toolhead()) {
      bringCamera(slot);
    }
    boolean taken;
    try (Bench bench = parts.rig().openBench()) {
      taken =
          new FrameTaker(parts.config(), parts.clock())
              .take(
                  bench,
                  folder.path(),
                  parts.coupons().profile(),
                  parts.coupons().program(slot),
                  (done, total, lamp) -> progress((double) done / total, "lamp " + lamp),
                  () -> !stopping && abortReason == null);
    }
    if (taken) {
      closePrinter();
      enter(Phase.ANALYSE, state.run(), slot.name(), "");
    }
    return taken || abortReason != null;
  }

  /** Homes first where the printer no longer knows, or was just opened, where it is. */
  private void bringCamera(Slot slot)
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    boolean fresh = printer == null;
    PrinterSession session = openPrinter();
    if (!fresh) {
      try {
        cameraMove.go(session, slot);
        return;
      } catch (RunFault e) {
        LOG.warn("{}; homing and trying again", e.getMessage());
      }
    }
    refuseToProbeOverSlots();
    session.home();
    cameraMove.go(session, slot);
  }

  private void analyse() throws IOException, RunFault {
    parts.analyst().analyse(folder());
    enter(Phase.REPORT, state.run(), slotName(), "");
  }

  private boolean report() throws IOException, InterruptedException, RunFault {
    String run = state.run();
    if (run == null) {
      throw new RunFault("the journal speaks of a report without a run");
    }
    String committed = digest;
    if (committed == null) {
      committed = parts.reporter().commit(run, folder());
      digest = committed;
      reportingSinceNanos = parts.time().nanos();
    }
    boolean answered = parts.reporter().answered(committed);
    long waitedNanos = parts.time().nanos() - reportingSinceNanos;
    if (!answered && waitedNanos < parts.reporter().patience().toNanos()) {
      show("waiting for the registry");
      parts.pause().of(BETWEEN_LOOKS_FOR_RECEIPT);
      return true;
    }
    digest = null;
    enter(
        Phase.IDLE,
        run,
        slotName(),
        answered ? "done" : "done; the fingerprint waits in the outbox");
    return false;
  }

  // ---- The printer and its heat.

  private PrinterSession openPrinter()
      throws LinkException, HardwareException, InterruptedException {
    PrinterSession open = printer;
    if (open == null) {
      open = parts.rig().openPrinter();
      printer = open;
      temperatures = open.hello().temperatures();
      if (abortReason != null) {
        open.abort();
      }
    }
    return open;
  }

  private void closePrinter() {
    PrinterSession open = printer;
    printer = null;
    temperatures = null;
    if (open != null) {
      try {
        open.close();
      } catch (LinkException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
  }

  /** What the watch over the heat sees and does of this. */
  private final class HeatOwner implements HeatWatch.Owner {
    @Override
    public RunState state() {
      return state;
    }

    @Override
    public void write(Entry entry) throws IOException {
      Conductor.this.write(entry);
    }

    @Override
    public PrinterSession openPrinter()
        throws LinkException, HardwareException, InterruptedException {
      return Conductor.this.openPrinter();
    }

    @Override
    public @Nullable PrinterSession printer() {
      return printer;
    }

    @Override
    public void closePrinter() {
      Conductor.this.closePrinter();
    }

    @Override
    public void cooled(Temperatures now) {
      temperatures = now;
      progress(
          0.5, String.format(Locale.ROOT, "nozzle %.0f C, bed %.0f C", now.nozzleC(), now.bedC()));
    }

    @Override
    public void show(String what) {
      Conductor.this.show(what);
    }

    @Override
    public void forgetBed(String why) throws IOException {
      Conductor.this.forgetBed(why);
    }
  }

  private void refuseToProbeOverSlots() throws RunFault {
    double x = parts.config().printer().homeXyMm().get(0);
    double y = parts.config().printer().homeXyMm().get(1);
    Optional<Slot> inTheWay = bed.inTheWayOfProbing(x, y, state, now());
    if (inTheWay.isPresent()) {
      throw new RunFault(
          "homing would probe at printer.home_xy_mm over slot "
              + inTheWay.get().name()
              + ", which is not known to be clear; clear the bed, then run `whorl agent clear-bed`");
    }
  }

  private void fault(String reason) throws IOException, InterruptedException {
    noteFault(reason);
    cold();
  }

  /** Ends the run on paper; the stream may have told already, as soon as it knew. */
  private void noteFailure(Exception e) throws IOException {
    if (!state.phase().running()) {
      return;
    }
    if (e instanceof PrinterReset) {
      forgetBed("the printer was reset");
    }
    String why = abortReason;
    abortReason = null;
    noteFault(why != null ? why : String.valueOf(e.getMessage()));
  }

  /** Written down before the fall is waited for, which takes minutes. */
  private void noteFault(String reason) throws IOException {
    LOG.warn("run {}: {}", state.run(), reason);
    digest = null;
    etaS = null;
    String phase = state.phase().name();
    enter(Phase.FAULT, state.run(), slotName(), reason);
    parts.reporter().event("run-fault", phase + ": " + reason);
  }

  private void cold() throws IOException, InterruptedException {
    heat.ensureCold();
    closePrinter();
  }

  // ---- State.

  private void enter(Phase phase, @Nullable String run, @Nullable String slot, String detail)
      throws IOException {
    write(new PhaseEntered(now(), phase, run, slot, detail));
    phaseProgress = 0;
    show(phase.sentence());
  }

  private void write(Entry entry) throws IOException {
    journal.append(entry);
    state = state.after(entry);
    view = makeView();
    holdOrRelease();
  }

  private void markSlot(SlotState slotState, String by) throws IOException {
    String slot = slotName();
    if (slot != null) {
      write(new SlotMarked(now(), slot, slotState, by));
    }
  }

  private void forgetBed(String why) throws IOException {
    write(new SlotsForgotten(now(), why));
    if (state.phase().running()) {
      markSlot(SlotState.OCCUPIED, "run " + state.run());
    }
  }

  private @Nullable String slotName() {
    PhaseEntered entered = state.entered();
    return entered == null ? null : entered.slot();
  }

  private Slot slot() throws RunFault {
    String name = slotName();
    Optional<Slot> slot = name == null ? Optional.empty() : bed.named(name);
    if (slot.isEmpty()) {
      throw new RunFault("slot " + name + " of this run is no longer in coupon.slots_mm");
    }
    return slot.get();
  }

  private SlotState slotState() throws RunFault {
    return bed.state(slot(), state, now());
  }

  private RunFolder folder() throws RunFault {
    String run = state.run();
    if (run == null) {
      throw new RunFault("the journal speaks of a phase without a run");
    }
    return RunFolder.of(parts.config().agent().stateDir(), run);
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private void progress(double part, String what) {
    phaseProgress = part;
    show(what);
  }

  private void show(String what) {
    doing = what;
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
        printer == null ? host.temperatures() : temperatures,
        state.cut() == null ? null : state.cut().why(),
        state.hot(),
        host.state());
  }

  /** Lets go of the printer and the journal; for the end of the process, by the stepping thread. */
  public void close() throws IOException {
    closePrinter();
    heat.close();
    journal.close();
  }
}
