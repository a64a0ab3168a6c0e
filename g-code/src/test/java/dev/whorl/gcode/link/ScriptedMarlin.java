package dev.whorl.gcode.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Marlin's side of the conversation as its sources have it: a receive buffer of 128 bytes that
 * overruns, a queue of four commands, `ok` after execution, duplicates swallowed in silence. Faults
 * are scripted: each {@link #on} fires once, for the first command that fits.
 */
final class ScriptedMarlin implements AutoCloseable {

  /** What happens to a command instead of what Marlin would do. */
  interface Fault {
    void strike(ScriptedMarlin marlin, String command) throws InterruptedException;
  }

  private static final class Trap {
    final Predicate<String> where;
    final Fault fault;
    final boolean onArrival;
    int times;

    Trap(Predicate<String> where, int times, boolean onArrival, Fault fault) {
      this.where = where;
      this.times = times;
      this.onArrival = onArrival;
      this.fault = fault;
    }
  }

  static final int RX_BUFFER = 128;
  private static final int BUFSIZE = 4;

  final Cable cable;
  final List<String> executed = new CopyOnWriteArrayList<>();
  final List<String> received = new CopyOnWriteArrayList<>();
  volatile boolean advancedOk;
  volatile boolean emergencyParser = true;
  volatile boolean autoReports = true;
  volatile int oksAfterResend = 1;
  volatile int workingBaud;
  volatile int overruns;
  volatile double nozzleTarget;
  volatile double bedTarget;
  volatile boolean silent;
  private volatile boolean halted;
  private volatile boolean heatBroken;
  private final List<Trap> traps = new ArrayList<>();
  private final StringBuilder rx = new StringBuilder();
  private final ArrayDeque<String> queue = new ArrayDeque<>();
  private int lastNumber;
  private final Thread thread = new Thread(this::run, "scripted-marlin");

  ScriptedMarlin(Cable cable) {
    this.cable = cable;
    thread.setDaemon(true);
  }

  ScriptedMarlin power() {
    thread.start();
    return this;
  }

  /** The next command that begins with {@code prefix} meets the fault when its turn comes. */
  ScriptedMarlin on(String prefix, Fault fault) {
    return on(prefix, 1, fault);
  }

  ScriptedMarlin on(String prefix, int times, Fault fault) {
    synchronized (traps) {
      traps.add(new Trap(c -> c.startsWith(prefix), times, false, fault));
    }
    return this;
  }

  /** The next line that holds {@code part} meets the fault as it arrives, before any check. */
  ScriptedMarlin onArrival(String part, int times, Fault fault) {
    synchronized (traps) {
      traps.add(new Trap(c -> c.contains(part), times, true, fault));
    }
    return this;
  }

  /** Commands whose beginning is {@code prefix}, in the order they were executed. */
  List<String> executed(String prefix) {
    return executed.stream().filter(c -> c.startsWith(prefix)).toList();
  }

  void say(String line) {
    if (workingBaud == 0 || cable.baud() == workingBaud) {
      cable.say(line + "\n");
    } else {
      cable.say("\u00f8\u0080x\u00fe\u0000\u00e0");
    }
  }

  /** Forgets the last line number, as a restart does that nobody heard. */
  void loseCount() {
    lastNumber = 0;
  }

  void reset() {
    queue.clear();
    rx.setLength(0);
    cable.flush();
    lastNumber = 0;
    nozzleTarget = 0;
    bedTarget = 0;
    halted = false;
    say("start");
    say("PowerUp");
    say("Marlin 2.1.2");
  }

  private void run() {
    try {
      while (cable.isOpen()) {
        listen(queue.isEmpty() ? 5 : 0);
        String command = queue.poll();
        if (command != null && !halted) {
          execute(command);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fills the receive buffer, then the queue as far as it has room. */
  private void listen(int timeoutMs) throws InterruptedException {
    byte[] bytes = cable.receive(4096, timeoutMs);
    if (workingBaud != 0 && cable.baud() != workingBaud) {
      if (bytes.length > 0) {
        say("noise");
      }
      return;
    }
    for (byte b : bytes) {
      if (rx.length() >= RX_BUFFER) {
        overruns++;
      } else {
        rx.append((char) (b & 0xff));
      }
    }
    if (emergencyParser && emergency("M112")) {
      kill();
      return;
    }
    int end;
    while (!halted && queue.size() < BUFSIZE && (end = rx.indexOf("\n")) >= 0) {
      String line = rx.substring(0, end);
      rx.delete(0, end + 1);
      if (!line.isBlank()) {
        arrive(line);
      }
    }
  }

  /** Whether a code has arrived by now, for a command that waits for it. */
  boolean released(String code) throws InterruptedException {
    for (byte b : cable.receive(4096, 5)) {
      rx.append((char) (b & 0xff));
    }
    return emergency(code);
  }

  private boolean emergency(String code) {
    return ("\n" + rx).contains("\n" + code + "\n");
  }

  void kill() {
    halted = true;
    nozzleTarget = 0;
    bedTarget = 0;
    say("Error:Printer halted. kill() called!");
  }

  private Trap trap(String text, boolean onArrival) {
    synchronized (traps) {
      for (Trap trap : traps) {
        if (trap.onArrival == onArrival && trap.times > 0 && trap.where.test(text)) {
          trap.times--;
          return trap;
        }
      }
      return null;
    }
  }

  private void arrive(String line) throws InterruptedException {
    received.add(line);
    Trap trap = trap(line, true);
    if (trap != null) {
      trap.fault.strike(this, line);
      return;
    }
    accept(line);
  }

  private void accept(String line) {
    if (!line.startsWith("N")) {
      queue.add(line);
      return;
    }
    int star = line.lastIndexOf('*');
    if (star < 0) {
      refuse("No Checksum with line number");
      return;
    }
    int sum = 0;
    for (int i = 0; i < star; i++) {
      sum ^= line.charAt(i);
    }
    if (!line.substring(star + 1).equals(Integer.toString(sum))) {
      refuse("checksum mismatch");
      return;
    }
    int space = line.indexOf(' ');
    int number = Integer.parseInt(line.substring(1, space));
    String command = line.substring(space + 1, star);
    if (command.startsWith("M110")) {
      lastNumber = number;
    } else if (number == lastNumber || number == lastNumber - 1) {
      return;
    } else if (number != lastNumber + 1) {
      refuse("Line Number is not Last Line Number+1");
      return;
    } else {
      lastNumber = number;
    }
    queue.add("N" + number + " " + command);
  }

  void refuse(String why) {
    rx.setLength(0);
    say("Error:" + why + ", Last Line: " + lastNumber);
    say("Resend: " + (lastNumber + 1));
    for (int i = 0; i < oksAfterResend; i++) {
      say("ok");
    }
  }

  private void execute(String numbered) throws InterruptedException {
    String command =
        numbered.startsWith("N") ? numbered.substring(numbered.indexOf(' ') + 1) : numbered;
    executed.add(command);
    Trap trap = trap(command, false);
    if (trap != null) {
      trap.fault.strike(this, numbered);
      return;
    }
    perform(command);
    ok(numbered);
  }

  /** What the command does, without its `ok`. */
  void perform(String command) throws InterruptedException {
    String code = command.split(" ")[0];
    switch (code) {
      case "M104" -> nozzleTarget = value(command);
      case "M140" -> bedTarget = value(command);
      case "M109", "M190" -> heat(code, value(command));
      case "M115" -> {
        say(
            "FIRMWARE_NAME:Marlin 2.1.2 (Nov 24 2026) SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin"
                + " PROTOCOL_VERSION:1.0 MACHINE_TYPE:Ender-3 EXTRUDER_COUNT:1 UUID:cede2a2f-41a2");
        say("Cap:AUTOREPORT_TEMP:" + (autoReports ? 1 : 0));
        say("Cap:EMERGENCY_PARSER:" + (emergencyParser ? 1 : 0));
      }
      case "M114" -> say("X:80.00 Y:40.50 Z:5.00 E:12.00 Count X:6400 Y:3240 Z:2000");
      case "M999999" -> say("echo:Unknown command: \"M999999\"");
      case "M112" -> kill();
      default -> {}
    }
  }

  /** Waits until hot: a hundred readings, ended by M108. */
  private void heat(String code, double target) throws InterruptedException {
    if (code.equals("M109")) {
      nozzleTarget = target;
    } else {
      bedTarget = target;
    }
    for (int i = 0; target > 0 && i < 100; i++) {
      byte[] more = cable.receive(4096, 5);
      for (byte b : more) {
        rx.append((char) (b & 0xff));
      }
      say(" T:" + (20 + i) + ".00 /" + nozzleTarget + " B:19.38 /" + bedTarget + " @:127 B@:0 W:?");
      if (emergencyParser && emergency("M112")) {
        kill();
        return;
      }
      if (emergency("M108")) {
        return;
      }
    }
  }

  /** The heaters keep their targets whatever is said. */
  void breakHeat() {
    heatBroken = true;
    nozzleTarget = 210;
  }

  private double value(String command) {
    return heatBroken ? 210 : Double.parseDouble(command.replaceAll(".*[SR]", ""));
  }

  /** The `ok` of a command, as configured. */
  void ok(String numbered) {
    if (silent || halted) {
      return;
    }
    if (numbered.contains("M105")) {
      say("ok T:19.38 /%.2f B:19.38 /%.2f @:0 B@:0".formatted(nozzleTarget, bedTarget));
    } else if (advancedOk) {
      String number =
          numbered.startsWith("N") ? " " + numbered.substring(0, numbered.indexOf(' ')) : "";
      say("ok" + number + " P15 B" + (BUFSIZE - 1 - queue.size()));
    } else {
      say("ok");
    }
  }

  @Override
  public void close() throws InterruptedException {
    cable.close();
    thread.join(2000);
  }
}
