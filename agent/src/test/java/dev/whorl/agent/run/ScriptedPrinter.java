package dev.whorl.agent.run;

import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.Capabilities;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.Position;
import dev.whorl.gcode.link.StreamAborted;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A printer whose answers a test decides; the wire itself has tests of its own. */
final class ScriptedPrinter implements PrinterSession {
  /** The agent dies here, as by a power cut of the Pi alone. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  final List<String> calls = new ArrayList<>();
  double nozzleC = 22;
  double bedC = 22;
  double targetC;
  boolean reachable = true;
  boolean falls = true;
  boolean homed = true;
  Position at = new Position(10, 10, 10, 0);
  Runnable duringPrint = () -> {};
  @Nullable LinkException printFails;
  @Nullable BedMesh mesh;

  /** What a test does whenever a temperature is read. */
  interface Read {
    void happens() throws java.io.IOException;
  }

  Read duringRead = () -> {};

  /** So much a nozzle must cool before anybody sees it. */
  double nozzleLagC;

  private volatile boolean aborted;

  @Override
  public Optional<BedMesh> bedMesh() {
    return Optional.ofNullable(mesh);
  }

  @Override
  public Hello hello() {
    return new Hello(115200, false, Capabilities.UNKNOWN, now());
  }

  private Temperatures now() {
    return new Temperatures(nozzleC, targetC, bedC, targetC, 0, 0);
  }

  @Override
  public void print(Program program, StreamProgress progress) throws LinkException {
    calls.add("print " + program.slotXMm() + "," + program.slotYMm());
    nozzleC = 210;
    bedC = 60;
    targetC = 210;
    duringPrint.run();
    if (aborted) {
      aborted = false;
      targetC = 0;
      throw ending(progress, new StreamAborted("aborted"));
    }
    if (!reachable) {
      throw ending(progress, new LinkLost("unplugged"));
    }
    LinkException fails = printFails;
    if (fails != null) {
      throw ending(progress, fails);
    }
    progress.acknowledged(1, 1);
    targetC = 0;
  }

  private static LinkException ending(StreamProgress progress, LinkException why) {
    progress.ending(why);
    return why;
  }

  @Override
  public void home() {
    calls.add("home");
    homed = true;
  }

  @Override
  public Position position() {
    return at;
  }

  @Override
  public Position moveTo(double xMm, double yMm, double zMm) {
    calls.add("move " + xMm + "," + yMm + "," + zMm);
    if (homed) {
      at = new Position(xMm, yMm, zMm, 0);
    }
    return at;
  }

  @Override
  public Temperatures temperatures() throws LinkException {
    if (!reachable) {
      throw new LinkLost("unplugged");
    }
    try {
      duringRead.happens();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (nozzleLagC > 0) {
      nozzleLagC -= 1;
    } else if (falls && targetC == 0) {
      nozzleC -= 1;
      bedC -= 1;
    }
    return now();
  }

  @Override
  public void heatersOff() throws LinkException {
    if (!reachable) {
      throw new LinkLost("unplugged");
    }
    calls.add("heaters off");
    targetC = 0;
  }

  @Override
  public void emergencyStop() throws LinkException {
    calls.add("emergency stop");
    if (!reachable) {
      throw new LinkLost("unplugged");
    }
  }

  @Override
  public void abort() {
    aborted = true;
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
