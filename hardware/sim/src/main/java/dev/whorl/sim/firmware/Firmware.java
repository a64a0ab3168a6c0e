package dev.whorl.sim.firmware;

import dev.whorl.sim.firmware.EmergencyParser.Order;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A firmware as a host hears it. One thread gives it bytes and steps it; it never blocks. What the
 * firmwares have in common is here; in what they differ, {@link Marlin} and those made from it.
 */
public final class Firmware {

  private final Consumer<String> say;
  private final VirtualClock clock;
  private final FirmwareProfile profile;
  private final Mechanics mechanics;
  private final Plugs plugs;
  private final Mishaps mishaps;
  private final Marlin kind;
  private final LineQueue queue;
  private final EmergencyParser emergency = new EmergencyParser();
  private final MoveTimer timer = new MoveTimer();
  private final Planner planner;
  private final Axes axes;
  private final Settings settings;
  private final Heat heat;
  private final Mesh mesh;
  private final @Nullable Card card;

  private @Nullable Wait wait;
  private boolean answered;
  private boolean killed;
  private String shutdown = "";
  private boolean starting;
  private boolean slowed;
  private double readyS;
  private double lastByteS;
  private double busyEveryS = 2;
  private double nextBusyS;

  /**
   * A printer that has just been switched on; {@link #boot} has it say so.
   *
   * @param kind which firmware
   * @param profile what it is built as
   * @param plugs what it is plugged into
   */
  public Firmware(FirmwareKind kind, FirmwareProfile profile, Plugs plugs) {
    this.kind = kind.boot();
    this.say = plugs.say();
    this.clock = plugs.clock();
    this.profile = profile;
    this.mechanics = plugs.mechanics();
    this.plugs = plugs;
    this.mishaps = plugs.mishaps();
    Limits limits = new Limits(this.kind.junctionDeviation(profile));
    this.queue = new LineQueue(this.kind, mishaps, say, this::kill, plugs.receiveBytes());
    this.planner = new Planner(limits, mechanics::execute);
    this.axes = new Axes(say, planner, profile.travelMm());
    this.settings = new Settings(limits, say);
    this.kind.start(settings);
    this.heat =
        new Heat(
            this.kind,
            plugs.hotend(),
            plugs.bed(),
            say,
            clock::nowS,
            profile.rippleC(),
            profile.ripplePeriodS());
    this.mesh = new Mesh(say, mechanics, profile.travelMm());
    heat.off();
    Plugs.CardFile file = plugs.card();
    this.card = file == null ? null : new Card(file.name(), file.content(), say);
    mechanics.linearAdvance(settings.advanceS());
    mechanics.inputShaping(settings.shapingXHz(), settings.shapingYHz());
  }

  /** Says what it says at power-on. */
  public void boot() {
    kind.boot().forEach(say);
    starting = kind.startingMs() > 0;
    readyS = clock.nowS() + clock.ofRealMs(kind.startingMs());
  }

  /** How many bytes it would take now. */
  public int room() {
    return killed ? Integer.MAX_VALUE : queue.room();
  }

  /** How many bytes from the host were lost because they came too fast. */
  public long dropped() {
    return queue.dropped();
  }

  /** Takes bytes from the wire; those beyond {@link #room} are lost. */
  public void receive(byte[] bytes, int count) {
    lastByteS = clock.nowS();
    if (!killed) {
      queue.receive(bytes, count);
    }
    for (int i = 0; i < count; i++) {
      obey(emergency.take(bytes[i]));
    }
  }

  /** Whether nothing is going on: no command, no motion. */
  public boolean idle() {
    return killed || (wait == null && timer.size() == 0 && queue.isEmpty() && !printsFromCard());
  }

  private boolean printsFromCard() {
    return card != null && card.printing();
  }

  /** Whether it wants to be stepped at once, or can be left alone for some ms. */
  public boolean restless() {
    return !killed && (!idle() || heat.reporting() || starting);
  }

  /** Moves known whose speeds are not settled yet, because more may follow. */
  public List<Move> pending() {
    return planner.pending();
  }

  /** Does all that is due. */
  public void step() {
    heat.advance();
    timer.advance(clock.nowS());
    if (starting && clock.nowS() >= readyS) {
      starting = false;
      kind.ready().forEach(say);
    }
    if (!killed && !mishaps.imminent()) {
      fill(); // manage_inactivity does so while a command waits, too
    }
    while (!killed && !mishaps.imminent()) {
      Wait waiting = wait;
      if (waiting != null) {
        if (!waiting.done().getAsBoolean()) {
          sayBusy(waiting);
          return;
        }
        wait = null;
        waiting.then().run();
      } else {
        GcodeLine line = queue.next();
        if (line == null) {
          fill();
          line = queue.next();
        }
        if (line == null) {
          return;
        }
        if (mishaps.imminent()) {
          return;
        }
        answered = false;
        nextBusyS = clock.nowS() + busyEveryS;
        begin(line);
      }
      if (wait == null && !killed) {
        finishCommand();
      }
    }
  }

  private void fill() {
    queue.fill();
    if (kind.halfLineMs() > 0
        && clock.nowS() - lastByteS > clock.ofRealMs(kind.halfLineMs())
        && queue.dropHalfLine()) {
      say.accept("RX timeout");
    }
    Card from = card;
    if (from != null) {
      while (queue.free() > 0 && from.printing()) {
        GcodeLine line = from.next();
        if (line != null) {
          queue.add(line);
        }
      }
    }
  }

  private void begin(GcodeLine line) {
    if (mishaps.slowMs() > 0 && !slowed) {
      slowed = true;
      double endS = clock.nowS() + clock.ofRealMs(mishaps.slowMs());
      wait = Wait.until(() -> clock.nowS() >= endS, () -> begin(line));
      return;
    }
    slowed = false;
    if (execute(line)) {
      plugs.executed().accept(line.text());
    }
  }

  private void finishCommand() {
    GcodeLine line = queue.next();
    if (line != null && !answered && line.acknowledged()) {
      String ok = kind.ok(line, profile, Planner.LOOKAHEAD - timer.size(), queue.free());
      if (ok != null) {
        say.accept(ok);
      }
    }
    queue.done();
  }

  private void sayBusy(Wait waiting) {
    double now = clock.nowS();
    if (busyEveryS > 0 && now >= nextBusyS) {
      nextBusyS = now + busyEveryS;
      String busy = kind.busy(waiting.busy());
      if (busy != null) {
        say.accept(busy);
      }
    }
  }

  private void obey(Order order) {
    if (order == Order.NONE) {
      return; // nearly every byte
    }
    if (killed) {
      if (order == Order.RESTART && kind.halt() == Marlin.Halt.UNTIL_M999) {
        plugs.restart().run();
      }
      return;
    }
    if (!kind.onArrival().contains(order)) {
      return;
    }
    switch (order) {
      case BREAK_WAIT -> {
        Wait waiting = wait;
        if (waiting != null && waiting.breakable()) {
          wait = Wait.until(() -> true, waiting.then());
        }
      }
      case QUICK_STOP -> quickStop();
      case KILL -> kill();
      default -> {
        // There is nothing to be restarted.
      }
    }
  }

  private void quickStop() {
    planner.abandon(timer.stop());
    axes.fromPlanner();
    mechanics.rest();
  }

  private void kill() {
    halt(kind.killed());
  }

  /** Stops itself, as for a reason of its own, and says so. */
  public void die(Fatality why) {
    if (kind.stopsFor(why)) {
      halt(kind.fatal(why));
    } else {
      heat.off();
      kind.fatal(why).forEach(say);
    }
  }

  private void halt(List<String> words) {
    if (killed || !shutdown.isEmpty()) {
      return;
    }
    heat.off();
    quickStop();
    if (kind.halt() == Marlin.Halt.REFUSING) {
      shutdown = words.get(0);
      if (!shutdown.startsWith("Shutdown due to M112")) {
        say.accept("!! " + shutdown);
      }
      say.accept("// Klipper state: Shutdown");
      if (wait != null) {
        wait = Wait.until(() -> true, () -> {});
      }
      return;
    }
    wait = null;
    killed = true;
    words.forEach(say);
  }

  /** What it answers while it is not ready or has shut down; null when it works. */
  private @Nullable List<String> notNow(GcodeLine line) {
    if (!starting && shutdown.isEmpty()) {
      return null;
    }
    return switch (line.code()) {
      case "M105" -> List.of("ok T:0");
      case "M110", "M115", "M112", "M21", "FIRMWARE_RESTART", "RESTART" -> null;
      default -> starting ? Klipper.notReady() : Klipper.shutDown(shutdown);
    };
  }

  private void answer(List<String> lines) {
    lines.forEach(say);
    answered |= !lines.isEmpty() && lines.get(lines.size() - 1).startsWith("ok");
  }

  /** Returns false for what is not executed: unknown, refused, or obeyed already. */
  private boolean execute(GcodeLine line) {
    List<String> notNow = notNow(line);
    List<String> refusal =
        notNow != null ? notNow : kind.refuses(line, axes, heat.tooColdToExtrude());
    if (refusal != null) {
      answer(refusal);
      return false;
    }
    List<String> own = kind.answers(line);
    if (own != null) {
      answer(own);
      return true;
    }
    if (kind.sets(line, settings)) {
      whenStill(this::applySettings);
      return true;
    }
    Card from = card;
    if (from != null && !line.acknowledged() && line.code().equals(Card.DONE)) {
      whenStill(from::done);
      return false;
    }
    if (from != null && from.obeys(line)) {
      return true;
    }
    if (!kind.knows(line)) {
      say.accept(kind.unknown(line));
      return false;
    }
    if (kind.takesWithoutEffect(line)) {
      return true;
    }
    return run(line);
  }

  private void applySettings() {
    mechanics.linearAdvance(settings.advanceS());
    mechanics.inputShaping(settings.shapingXHz(), settings.shapingYHz());
  }

  private boolean run(GcodeLine line) {
    switch (line.code()) {
      case "G0", "G1" -> whenRoom(() -> go(line));
      case "G4" -> dwell(line);
      case "G20" -> axes.unitMm(25.4);
      case "G21" -> axes.unitMm(1);
      case "G28" -> whenStill(() -> home(line));
      case "G29" -> whenStill(() -> pause(40, mesh::say));
      case "G90" -> axes.relative(false);
      case "G91" -> axes.relative(true);
      case "G92" -> axes.set(line);
      case "M0", "M1" ->
          whenStill(() -> wait = new Wait("paused for user", true, () -> false, () -> {}));
      case "M18", "M84" -> whenStill(axes::lose);
      case "M82" -> axes.extruderRelative(false);
      case "M83" -> axes.extruderRelative(true);
      case "M104" -> heat.setHotend(line);
      case "M105" -> answer(List.of(kind.temperatures(heat.readings())));
      case "M108", "M112", "M410" -> {
        return false; // Obeyed on arrival; only the acknowledgement is left.
      }
      case "M109" -> wait = heat.waitHotend(line);
      case "M110" -> {
        if (line.hasValue('N')) {
          queue.lastNumber((long) line.value('N', 0));
        }
      }
      case "M113" -> keepAlive(line);
      case "M114" -> say.accept(kind.position(axes));
      case "M115" -> answer(kind.identity(profile, card != null));
      case "M119" -> sayEndstops();
      case "M140" -> heat.setBed(line);
      case "M155" -> heat.setReports(line);
      case "M190" -> wait = heat.waitBed(line);
      case "M201" -> settings.maxAcceleration(line);
      case "M203" -> settings.maxSpeed(line, 1);
      case "M204" -> settings.acceleration(line);
      case "M205" -> settings.corners(line);
      case "M220" -> axes.feedPercent(line);
      case "M221" -> axes.flowPercent(line);
      case "M302" -> heat.allowCold(line.value('P', 0) > 0);
      case "M400" -> whenStill(plugs.settled());
      case "M420" -> {
        if (line.has('V')) {
          mesh.say();
        }
        say.accept("echo:Bed Leveling ON");
        say.accept("echo:Fade Height 10.00");
      }
      case "M500" -> say.accept("echo:Settings Stored (651 bytes; crc 40393)");
      case "M501" -> say.accept("echo:V89 stored settings retrieved (651 bytes; crc 40393)");
      case "M502" -> say.accept("echo:Hardcoded Default Settings Loaded");
      case "M503" -> settings.report();
      case "M593" -> {
        if (settings.shaping(line)) {
          whenStill(() -> mechanics.inputShaping(settings.shapingXHz(), settings.shapingYHz()));
        }
      }
      case "M900" -> {
        if (settings.advance(line)) {
          whenStill(() -> mechanics.linearAdvance(settings.advanceS()));
        }
      }
      case "FIRMWARE_RESTART", "RESTART" -> {
        say.accept("ok");
        answered = true;
        plugs.restart().run();
      }
      default -> {
        say.accept(kind.unknown(line));
        return false;
      }
    }
    return true;
  }

  /** Runs at once if the planner has room, else as soon as it has. */
  private void whenRoom(Runnable then) {
    if (timer.size() < Planner.LOOKAHEAD) {
      then.run();
    } else {
      wait = Wait.until(() -> timer.size() < Planner.LOOKAHEAD, then);
    }
  }

  private void whenStill(Runnable then) {
    planner.finish();
    mechanics.rest();
    wait = Wait.until(() -> timer.size() == 0, then);
  }

  private void pause(double seconds, Runnable then) {
    double endS = clock.nowS() + seconds;
    wait = Wait.until(() -> clock.nowS() >= endS, then);
  }

  private void go(GcodeLine line) {
    Move move = axes.go(line, heat.tooColdToExtrude());
    if (move != null) {
      timer.add(move, clock.nowS());
    }
  }

  private void dwell(GcodeLine line) {
    double seconds = line.hasValue('S') ? line.value('S', 0) : line.value('P', 0) * 1e-3;
    whenStill(() -> pause(Math.max(0, Math.min(86_400, seconds)), () -> {}));
  }

  /** Homes at 50 mm/s (Z at 4), then again slowly over the last millimetres. */
  private void home(GcodeLine line) {
    boolean all = !line.has('X') && !line.has('Y') && !line.has('Z');
    boolean x = all || line.has('X');
    boolean y = all || line.has('Y');
    boolean z = all || line.has('Z');
    double seconds =
        (x ? 1 + planner.position(Move.X) / 50 : 0)
            + (y ? 1 + planner.position(Move.Y) / 50 : 0)
            + (z ? 2 + planner.position(Move.Z) / 4 : 0);
    pause(
        seconds,
        () -> {
          mechanics.home(x, y, z);
          if (x) {
            axes.home(Move.X);
          }
          if (y) {
            axes.home(Move.Y);
          }
          if (z) {
            axes.home(Move.Z);
          }
          if (kind.saysWhereHomeIs()) {
            say.accept(kind.position(axes));
          }
        });
  }

  private void keepAlive(GcodeLine line) {
    if (line.hasValue('S')) {
      busyEveryS = Math.max(0, Math.min(60, Math.floor(line.value('S', 2))));
    } else {
      say.accept(String.format(Locale.ROOT, "echo:M113 S%.0f", busyEveryS));
    }
  }

  private void sayEndstops() {
    say.accept("Reporting endstop status");
    for (int axis = 0; axis < 3; axis++) {
      boolean triggered = planner.position(axis) <= 0;
      say.accept("xyz".charAt(axis) + "_min: " + (triggered ? "TRIGGERED" : "open"));
    }
  }
}
