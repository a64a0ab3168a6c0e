package dev.whorl.sim.marlin;

import dev.whorl.sim.marlin.EmergencyParser.Order;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Marlin 2.1 as a host hears it. One thread gives it bytes and steps it; it never blocks. The
 * wording of every answer follows Marlin's sources.
 */
public final class Marlin {

  /** Commands that are understood and have no effect that a host or a print could tell. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "M17", "M73", "M75", "M76", "M77", "M92", "M106", "M107", "M117", "M118", "M211", "M301",
          "M304", "M413", "M851", "M999");

  private static final int MESH = 5;

  private final Consumer<String> say;
  private final VirtualClock clock;
  private final FirmwareProfile profile;
  private final Mechanics mechanics;
  private final Runnable settled;
  private final Consumer<String> executed;
  private final LineQueue queue;
  private final EmergencyParser emergency = new EmergencyParser();
  private final MoveTimer timer = new MoveTimer();
  private final Planner planner;
  private final Axes axes;
  private final Settings settings;
  private final Heat heat;

  private @Nullable Wait wait;
  private boolean answered;
  private boolean killed;
  private double busyEveryS = 2;
  private double nextBusyS;

  /**
   * A printer that has just been switched on; {@link #boot} has it say so.
   *
   * @param say takes a line for the host, without its line break
   * @param clock the printer's time
   * @param profile what it is built as
   * @param mechanics what it drives
   * @param settled called when all motion has ended at the host's wish, before the host is told
   * @param receiveBytes how many bytes from the host wait to be read; more are lost
   * @param executed is told of each command executed; what is unknown or was obeyed on arrival is
   *     none
   */
  public Marlin(
      Consumer<String> say,
      VirtualClock clock,
      FirmwareProfile profile,
      Mechanics mechanics,
      Runnable settled,
      int receiveBytes,
      Consumer<String> executed) {
    this.say = say;
    this.clock = clock;
    this.profile = profile;
    this.mechanics = mechanics;
    this.settled = settled;
    this.executed = executed;
    Limits limits = new Limits(profile.junctionDeviation());
    this.queue = new LineQueue(say, receiveBytes);
    this.planner = new Planner(limits, mechanics::execute);
    this.axes = new Axes(say, planner, profile.travelMm());
    this.settings = new Settings(limits, say);
    this.heat =
        new Heat(say, clock::nowS, profile.ambientC(), profile.rippleC(), profile.ripplePeriodS());
  }

  /** Says what Marlin says at power-on. */
  public void boot() {
    say.accept("start");
    say.accept("PowerUp");
    say.accept("");
    say.accept("Marlin 2.1.2.5");
    say.accept("echo: Last Updated: 2024-11-01 | Author: (none, default config)");
    say.accept("echo: Compiled: Nov  1 2024");
    say.accept("echo: Free Memory: 4031  PlannerBufferBytes: 1488");
    say.accept("echo:Hardcoded Default Settings Loaded");
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
    if (killed) {
      return;
    }
    queue.receive(bytes, count);
    for (int i = 0; i < count; i++) {
      obey(emergency.take(bytes[i]));
    }
  }

  /** Whether nothing is going on: no command, no motion. */
  public boolean idle() {
    return killed || (wait == null && timer.size() == 0 && queue.isEmpty());
  }

  /** Whether it wants to be stepped at once, or can be left alone for some ms. */
  public boolean restless() {
    return !killed && (!idle() || heat.reporting());
  }

  /** Moves known whose speeds are not settled yet, because more may follow. */
  public List<Move> pending() {
    return planner.pending();
  }

  /** Does all that is due. */
  public void step() {
    heat.advance();
    timer.advance(clock.nowS());
    if (!killed) {
      queue.fill(); // manage_inactivity does so while a command waits, too
    }
    while (!killed) {
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
          return;
        }
        answered = false;
        nextBusyS = clock.nowS() + busyEveryS;
        if (execute(line)) {
          executed.accept(line.text());
        }
      }
      if (wait == null && !killed) {
        finishCommand();
      }
    }
  }

  private void finishCommand() {
    GcodeLine line = queue.next();
    if (line != null && !answered) {
      say.accept("ok" + advanced(line));
    }
    queue.done();
  }

  private String advanced(GcodeLine line) {
    if (!profile.advancedOk()) {
      return "";
    }
    String number = line.numberPrefix().isEmpty() ? "" : " " + line.numberPrefix();
    return number
        + " P"
        + (Planner.LOOKAHEAD - timer.size())
        + " B"
        + (LineQueue.COMMANDS - queue.size());
  }

  private void sayBusy(Wait waiting) {
    double now = clock.nowS();
    if (busyEveryS > 0 && now >= nextBusyS) {
      nextBusyS = now + busyEveryS;
      say.accept("echo:busy: " + waiting.busy());
    }
  }

  private void obey(Order order) {
    switch (order) {
      case NONE -> {
        // Nearly every byte.
      }
      case BREAK_WAIT -> {
        Wait waiting = wait;
        if (waiting != null && waiting.breakable()) {
          wait = Wait.until(() -> true, waiting.then());
        }
      }
      case QUICK_STOP -> quickStop();
      case KILL -> kill();
    }
  }

  private void quickStop() {
    planner.abandon(timer.stop());
    axes.fromPlanner();
    mechanics.rest();
  }

  private void kill() {
    heat.off();
    quickStop();
    wait = null;
    killed = true;
    say.accept("Error:Printer halted. kill() called!");
  }

  /** Returns false for what is unknown or has been obeyed already. */
  private boolean execute(GcodeLine line) {
    switch (line.code()) {
      case "G0", "G1" -> whenRoom(() -> go(line));
      case "G4" -> dwell(line);
      case "G20" -> axes.unitMm(25.4);
      case "G21" -> axes.unitMm(1);
      case "G28" -> whenStill(() -> home(line));
      case "G29" -> whenStill(() -> pause(40, this::sayMesh));
      case "G90" -> axes.relative(false);
      case "G91" -> axes.relative(true);
      case "G92" -> axes.set(line);
      case "M0", "M1" ->
          whenStill(() -> wait = new Wait("paused for user", true, () -> false, () -> {}));
      case "M18", "M84" -> whenStill(axes::lose);
      case "M82" -> axes.extruderRelative(false);
      case "M83" -> axes.extruderRelative(true);
      case "M104" -> heat.setHotend(line);
      case "M105" -> {
        say.accept("ok" + heat.report());
        answered = true;
      }
      case "M108", "M112", "M410" -> {
        return false; // Obeyed on arrival by the emergency parser; only the ok is left.
      }
      case "M109" -> wait = heat.waitHotend(line);
      case "M110" -> {
        if (line.hasValue('N')) {
          queue.lastNumber((long) line.value('N', 0));
        }
      }
      case "M113" -> keepAlive(line);
      case "M114" -> say.accept(axes.report());
      case "M115" -> sayCapabilities();
      case "M119" -> sayEndstops();
      case "M140" -> heat.setBed(line);
      case "M155" -> heat.setReports(line);
      case "M190" -> wait = heat.waitBed(line);
      case "M201" -> settings.maxAcceleration(line);
      case "M203" -> settings.maxSpeed(line);
      case "M204" -> settings.acceleration(line);
      case "M205" -> settings.corners(line);
      case "M220" -> axes.feedPercent(line);
      case "M221" -> axes.flowPercent(line);
      case "M302" -> heat.allowCold(line.value('P', 0) > 0);
      case "M400" -> whenStill(settled);
      case "M420" -> {
        if (line.has('V')) {
          sayMesh();
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
      default -> {
        if (!WITHOUT_EFFECT.contains(line.code())) {
          say.accept("echo:Unknown command: \"" + line.text() + "\"");
          return false;
        }
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
          say.accept(axes.report());
        });
  }

  private void keepAlive(GcodeLine line) {
    if (line.hasValue('S')) {
      busyEveryS = Math.max(0, Math.min(60, Math.floor(line.value('S', 2))));
    } else {
      say.accept(String.format(Locale.ROOT, "echo:M113 S%.0f", busyEveryS));
    }
  }

  private void sayMesh() {
    say.accept("Bilinear Leveling Grid:");
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < MESH; i++) {
      head.append("      ").append(i);
    }
    say.accept(head.toString());
    for (int row = 0; row < MESH; row++) {
      StringBuilder text = new StringBuilder(" " + row);
      for (int column = 0; column < MESH; column++) {
        double xMm = profile.travelMm()[0] * (0.1 + 0.8 * column / (MESH - 1));
        double yMm = profile.travelMm()[1] * (0.1 + 0.8 * row / (MESH - 1));
        text.append(String.format(Locale.ROOT, " %+.3f", mechanics.bedMm(xMm, yMm)));
      }
      say.accept(text.toString());
    }
  }

  private void sayEndstops() {
    say.accept("Reporting endstop status");
    for (int axis = 0; axis < 3; axis++) {
      boolean triggered = planner.position(axis) <= 0;
      say.accept("xyz".charAt(axis) + "_min: " + (triggered ? "TRIGGERED" : "open"));
    }
  }

  private void sayCapabilities() {
    say.accept(
        "FIRMWARE_NAME:Marlin 2.1.2.5 (Nov  1 2024 12:00:00)"
            + " SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0"
            + " MACHINE_TYPE:"
            + profile.machineType()
            + " EXTRUDER_COUNT:1 UUID:"
            + profile.uuid());
    List.of(
            "SERIAL_XON_XOFF:0",
            "BINARY_FILE_TRANSFER:0",
            "EEPROM:1",
            "VOLUMETRIC:1",
            "AUTOREPORT_POS:0",
            "AUTOREPORT_TEMP:1",
            "PROGRESS:0",
            "PRINT_JOB:1",
            "AUTOLEVEL:1",
            "RUNOUT:0",
            "Z_PROBE:1",
            "LEVELING_DATA:1",
            "BUILD_PERCENT:0",
            "SOFTWARE_POWER:0",
            "TOGGLE_LIGHTS:0",
            "CASE_LIGHT_BRIGHTNESS:0",
            "EMERGENCY_PARSER:1",
            "HOST_ACTION_COMMANDS:0",
            "PROMPT_SUPPORT:0",
            "SDCARD:0",
            "AUTOREPORT_SD_STATUS:0",
            "LONG_FILENAME:0",
            "THERMAL_PROTECTION:1",
            "MOTION_MODES:0",
            "ARCS:0",
            "BABYSTEPPING:0",
            "CHAMBER_TEMPERATURE:0",
            "COOLER_TEMPERATURE:0",
            "MEATPACK:0",
            "CONFIG_EXPORT:0")
        .forEach(capability -> say.accept("Cap:" + capability));
    double[] travel = profile.travelMm();
    say.accept(
        String.format(
            Locale.ROOT,
            "area:{full:{min:{x:0.0000,y:0.0000,z:0.0000},max:{x:%1$.4f,y:%2$.4f,z:%3$.4f}},"
                + "work:{min:{x:0.0000,y:0.0000,z:0.0000},max:{x:%1$.4f,y:%2$.4f,z:%3$.4f}}}",
            travel[0],
            travel[1],
            travel[2]));
  }
}
