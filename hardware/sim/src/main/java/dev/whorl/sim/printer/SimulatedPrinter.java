package dev.whorl.sim.printer;

import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.machine.Hotend;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.marlin.FirmwareProfile;
import dev.whorl.sim.marlin.Marlin;
import dev.whorl.sim.marlin.VirtualClock;
import dev.whorl.sim.pty.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A printer at the far end of a wire. {@link #run} is its only thread: it reads, lets the firmware
 * act, answers, does what a person's hands do to it, and keeps the bed file up to date.
 */
public final class SimulatedPrinter {

  /** After this long without motion or lines the bed is written even if no M400 asked for it. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int RESTLESS_MS = 1;
  private static final int QUIET_MS = 20;

  /** Hands are slow; more than this at once is refused. */
  private static final int MOST_HANDS = 16;

  private static final double AMBIENT_C = 22;

  private final Wire wire;
  private final MachineLife life;
  private final Works works;
  private final Path bedFile;
  private final LongSupplier nanos;
  private final double timeScale;
  private final BlockingQueue<Runnable> hands = new ArrayBlockingQueue<>(MOST_HANDS);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private volatile boolean stopping;
  private Marlin marlin;
  private long stillSince;

  /**
   * A printer that is off; {@link #run} switches it on.
   *
   * @param wire its end of the line; closed by whoever opened it
   * @param life who it is
   * @param works its mechanics
   * @param bedFile where to write what lies on the bed
   * @param nanos a clock as {@link System#nanoTime}
   * @param timeScale how much faster its own time runs
   */
  public SimulatedPrinter(
      Wire wire,
      MachineLife life,
      Works works,
      Path bedFile,
      LongSupplier nanos,
      double timeScale) {
    this.wire = wire;
    this.life = life;
    this.works = works;
    this.bedFile = bedFile;
    this.nanos = nanos;
    this.timeScale = timeScale;
    this.marlin = powerOn();
  }

  private Marlin powerOn() {
    PrinterModel model = life.model();
    Hotend hotend = life.today(0).hotend();
    FirmwareProfile profile =
        new FirmwareProfile(
            model.machineType(),
            UUID.nameUUIDFromBytes(model.word().getBytes(StandardCharsets.US_ASCII)).toString(),
            new double[] {model.travelXMm(), model.travelYMm(), model.travelZMm()},
            model.junctionDeviation(),
            model.advancedOk(),
            AMBIENT_C,
            hotend.rippleC(),
            hotend.ripple().period());
    return new Marlin(
        this::say, new VirtualClock(nanos, timeScale), profile, works, this::writeBedIfChanged);
  }

  /**
   * Switches it on and runs until {@link #stop}.
   *
   * @param ready called once a host can open the line and the bed file is there
   * @throws IOException when the wire is gone or the bed file cannot be written
   */
  public void run(Runnable ready) throws IOException {
    try {
      writeBed();
      marlin.boot();
      ready.run();
      byte[] buffer = new byte[512];
      stillSince = nanos.getAsLong();
      while (!stopping) {
        turn(buffer);
      }
      writeBedIfChanged();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void turn(byte[] buffer) throws IOException {
    send();
    int timeoutMs = marlin.restless() ? RESTLESS_MS : QUIET_MS;
    byte[] into = buffer.length <= marlin.room() ? buffer : new byte[marlin.room()];
    int count = into.length > 0 ? wire.read(into, timeoutMs) : 0;
    if (count > 0) {
      marlin.receive(into, count);
    } else if (into.length == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RESTLESS_MS));
    }
    marlin.step();
    Runnable hand = hands.poll();
    while (hand != null) {
      hand.run();
      hand = hands.poll();
    }
    if (count > 0 || !marlin.idle()) {
      stillSince = nanos.getAsLong();
    } else if (nanos.getAsLong() - stillSince >= IDLE_NANOS) {
      writeBedIfChanged();
    }
  }

  private void say(String line) {
    said.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void send() throws IOException {
    if (said.size() > 0) {
      byte[] bytes = said.toByteArray();
      said.reset();
      wire.write(bytes);
    }
  }

  private void writeBedIfChanged() {
    if (works.changed()) {
      writeBed();
    }
  }

  private void writeBed() {
    try {
      BedFile.write(bedFile, works.contents(marlin.pending()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends {@link #run} soon; from any thread. */
  public void stop() {
    stopping = true;
  }

  /**
   * Has something done to the printer between two of its turns; from any thread.
   *
   * @return false when too much is waiting already
   */
  public boolean hand(Runnable deed) {
    return hands.offer(deed);
  }

  /** Off and on again: the firmware forgets, the bed does not. Only from a {@link #hand}. */
  public void powerCycle() {
    works.rest();
    marlin = powerOn();
    marlin.boot();
  }
}
