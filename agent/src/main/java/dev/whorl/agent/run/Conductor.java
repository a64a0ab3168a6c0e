package dev.whorl.agent.run;

import dev.whorl.agent.capture.FrameTaker;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.Entry.BedCleared;
import dev.whorl.agent.run.Entry.HeatAsked;
import dev.whorl.agent.run.Entry.PhaseEntered;
import dev.whorl.agent.run.Entry.PowerCut;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.gcode.CouponRefused;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.HeaterFault;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.PrinterSilent;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
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
  private final RunBook book;
  private final CameraMove cameraMove;
  private final OpenPrinter printer;
  private final HeatWatch heat;
  private final Host host;
  private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MOST_REQUESTS);

  // Of the process.
  private boolean recovered;
  private volatile boolean stopping;
  private volatile @Nullable String abortReason;

  // Of the run.
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
    this.cameraMove = new CameraMove(parts.config());
    this.host = parts.rig().host();
    this.book = new RunBook(parts, opened, host);
    this.printer = new OpenPrinter(parts.rig(), book, () -> abortReason != null);
    this.heat = new HeatWatch(book, printer, parts.rig().openRelay(), parts);
    if (opened.setAside().isPresent()) {
      LOG.warn("the journal was damaged; it is kept as {}", opened.setAside().get());
      // Whether heat was on stood in it: better to cool a cold printer than to leave a hot one.
      book.write(new HeatAsked(book.now(), 0, 0));
    }
  }

  /** What is going on; from any thread. */
  public RunView view() {
    return book.view();
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
    printer.abort();
  }

  /** {@link #abort} where there is a run; from any thread. */
  public void abortRun(String why) {
    if (book.view().phase().running()) {
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
    Phase phase = book.view().phase();
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
        book.holdOrRelease();
        return true;
      }
      book.noteHost();
      String why = abortReason;
      if (why != null) {
        abortReason = null;
        if (book.state().phase().running()) {
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
    switch (book.state().phase()) {
      case IDLE, FAULT -> {
        return takeRequest();
      }
      case AWAIT_BED -> {
        return awaitBed();
      }
      case PREPARE -> prepare();
      case PRINT -> print();
      case COOL -> {
        if (book.state().hot() && !heat.coolDown()) {
          return false;
        }
        book.enter(Phase.CAPTURE, book.state().run(), book.slotName(), "");
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
    Phase died = book.state().phase();
    if (book.state().hot() || died == Phase.PREPARE || died == Phase.PRINT) {
      LOG.warn("the agent ended in {} with heat on; cooling", died);
    }
    switch (died) {
      case PREPARE, PRINT -> {
        book.markSlot(SlotState.OCCUPIED, "interrupted run " + book.state().run());
        throw new RunFault("the agent ended while it was " + died.sentence() + "; clear the bed");
      }
      case AWAIT_BED ->
          book.enter(Phase.IDLE, book.state().run(), null, "the agent ended before it began");
      case CAPTURE -> {
        heat.ensureCold();
        if (book.slotState() != SlotState.OCCUPIED) {
          throw new RunFault(
              "the agent ended before the coupon was photographed, and the bed was touched since");
        }
      }
      case IDLE, FAULT, COOL, ANALYSE, REPORT -> heat.ensureCold();
    }
    if (book.state().cut() == null) {
      book.show(book.state().phase().sentence());
    }
  }

  private boolean takeRequest() throws IOException, InterruptedException {
    if (book.state().hot()) {
      heat.ensureCold();
    }
    Request request = requests.poll();
    if (request == null) {
      if (!book.state().hot()) {
        printer.close();
      }
      return false;
    }
    if (request instanceof Request.Enroll enroll) {
      String run = RunFolder.newId(parts.config().agent().stateDir(), book.now());
      if (enroll.bedIsClear()) {
        clearBed(enroll.by());
      }
      book.enter(Phase.AWAIT_BED, run, null, "asked for by " + enroll.by());
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
      book.write(new HeatAsked(book.now(), 0, 0));
      heat.ensureCold();
      printer.close();
    }
  }

  /** A stop may have to wait for a host's print: that can still be cooled, and nothing begins. */
  private void serveWhileStopping() throws IOException, InterruptedException {
    Request request = requests.poll();
    if (request instanceof Request.Enroll) {
      LOG.warn("the agent is stopping; the request of {} is dropped", request.by());
    } else if (request != null && !book.state().phase().running()) {
      serve(request);
    }
  }

  private void clearBed(String by) throws IOException, InterruptedException {
    book.write(new BedCleared(book.now(), bed.slots().stream().map(Slot::name).toList(), by));
    book.showAgain();
    heat.givePowerBack(by);
  }

  private boolean awaitBed() throws IOException, InterruptedException, RunFault {
    Request request = requests.poll();
    if (request instanceof Request.Enroll) {
      LOG.warn("a coupon is under way already; the request of {} is dropped", request.by());
    } else if (request != null) {
      serve(request);
    }
    if (parts.config().schedule().unattended() && bed.neverTold(book.state())) {
      // Whoever allows heating without anybody there vouches for the bed as it was set up.
      clearBed("schedule.unattended at the first start");
    }
    if (bed.firstClear(book.state(), book.now()).isEmpty()) {
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
    book.noteHost();
    Optional<Slot> clear = bed.firstClear(book.state(), book.now());
    if (clear.isEmpty()) {
      book.holdOrRelease();
      return true;
    }
    book.enter(Phase.PREPARE, book.state().run(), clear.get().name(), "");
    return true;
  }

  private void waitInBed(String why, String inVain) throws RunFault {
    PhaseEntered waiting = book.state().entered();
    if (waiting != null && waiting.at().plus(LONGEST_WAIT_FOR_BED).isBefore(book.now())) {
      throw new RunFault(inVain);
    }
    book.show(why);
  }

  private void prepare()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = book.slot();
    PowerCut cut = book.state().cut();
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
    RunFolder folder = book.folder();
    folder.create();
    AtomicFile.write(folder.program(), program.text());
    parts.rig().openBench().close();
    Hello hello = printer.open().hello();
    LOG.info("{}: {}", parts.config().printer().port(), hello.capabilities().firmwareName());
    book.enter(Phase.PRINT, book.state().run(), slot.name(), program.couponId());
  }

  private void print()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = book.slot();
    Program program = parts.coupons().program(slot);
    PrinterSession session = printer.open();
    book.write(
        new HeatAsked(
            book.now(), parts.config().printer().nozzleC(), parts.config().printer().bedC()));
    book.markSlot(SlotState.OCCUPIED, "run " + book.state().run());
    long beganNanos = parts.time().nanos();
    session.print(
        program,
        new StreamProgress() {
          @Override
          public void acknowledged(int done, int total) {
            double part = (double) done / Math.max(1, total);
            double goneS = (parts.time().nanos() - beganNanos) / 1e9;
            // The estimate knows no heating; what has passed so far does.
            double etaS = part > 0.1 ? goneS / part - goneS : program.estimateS() * (1 - part);
            book.progress(part, etaS, "line " + done + " of " + total);
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
    Optional<BedMesh> mesh = session.bedMesh();
    if (mesh.isPresent()) {
      AtomicFile.write(book.folder().mesh(), mesh.get().csv());
    }
    book.enter(Phase.COOL, book.state().run(), slot.name(), "");
  }

  private boolean capture()
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    Slot slot = book.slot();
    RunFolder folder = book.folder();
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
                  (done, total, lamp) -> book.progress((double) done / total, "lamp " + lamp),
                  () -> !stopping && abortReason == null);
    }
    if (taken) {
      printer.close();
      book.enter(Phase.ANALYSE, book.state().run(), slot.name(), "");
    }
    return taken || abortReason != null;
  }

  /** Homes first where the printer no longer knows, or was just opened, where it is. */
  private void bringCamera(Slot slot)
      throws IOException, InterruptedException, RunFault, LinkException, HardwareException {
    boolean fresh = printer.session() == null;
    PrinterSession session = printer.open();
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
    parts.analyst().analyse(book.folder());
    book.enter(Phase.REPORT, book.state().run(), book.slotName(), "");
  }

  private boolean report() throws IOException, InterruptedException, RunFault {
    String run = book.state().run();
    if (run == null) {
      throw new RunFault("the journal speaks of a report without a run");
    }
    String committed = digest;
    if (committed == null) {
      committed = parts.reporter().commit(run, book.folder());
      digest = committed;
      reportingSinceNanos = parts.time().nanos();
    }
    boolean answered = parts.reporter().answered(committed);
    long waitedNanos = parts.time().nanos() - reportingSinceNanos;
    if (!answered && waitedNanos < parts.reporter().patience().toNanos()) {
      book.show("waiting for the registry");
      parts.pause().of(BETWEEN_LOOKS_FOR_RECEIPT);
      return true;
    }
    digest = null;
    book.enter(
        Phase.IDLE,
        run,
        book.slotName(),
        answered ? "done" : "done; the fingerprint waits in the outbox");
    return false;
  }

  // ---- The printer and its heat.

  private void refuseToProbeOverSlots() throws RunFault {
    double x = parts.config().printer().homeXyMm().get(0);
    double y = parts.config().printer().homeXyMm().get(1);
    Optional<Slot> inTheWay = bed.inTheWayOfProbing(x, y, book.state(), book.now());
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
    if (!book.state().phase().running()) {
      return;
    }
    if (e instanceof PrinterReset) {
      book.forgetBed("the printer was reset");
    } else if (book.state().hot() && (e instanceof LinkLost || e instanceof PrinterSilent)) {
      heat.lost();
    }
    String why = abortReason;
    abortReason = null;
    noteFault(why != null ? why : String.valueOf(e.getMessage()));
  }

  /** Written down before the fall is waited for, which takes minutes. */
  private void noteFault(String reason) throws IOException {
    LOG.warn("run {}: {}", book.state().run(), reason);
    digest = null;
    String phase = book.state().phase().name();
    book.enter(Phase.FAULT, book.state().run(), book.slotName(), reason);
    parts.reporter().event("run-fault", phase + ": " + reason);
  }

  private void cold() throws IOException, InterruptedException {
    heat.ensureCold();
    printer.close();
  }

  /** Lets go of the printer and the journal; for the end of the process, by the stepping thread. */
  public void close() throws IOException {
    printer.close();
    heat.close();
    book.close();
  }
}
