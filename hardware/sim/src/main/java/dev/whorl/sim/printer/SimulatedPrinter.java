package dev.whorl.sim.printer;

import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.machine.Hotend;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.marlin.FirmwareProfile;
import dev.whorl.sim.marlin.Marlin;
import dev.whorl.sim.marlin.VirtualClock;
import dev.whorl.sim.pty.Wire;
import dev.whorl.sim.uart.Uart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

  /** A ring of 128 of which one stays free, as Arduino's and Marlin's on AVR. */
  private static final int UART_BYTES = 127;

  private static final int USB_BYTES = 1024;

  /**
   * From a UART so many at a time, with a turn of the firmware in between: it would have had one if
   * this process had not been kept waiting by others.
   */
  private static final int UART_CHUNK = 32;

  private final Wire host;
  private final Setup setup;
  private final MachineLife life;
  private final Works works;
  private final Path bedFile;
  private final LongSupplier nanos;
  private final double timeScale;
  private final BlockingQueue<Runnable> hands = new ArrayBlockingQueue<>(MOST_HANDS);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicLong overruns = new AtomicLong();
  private Wire wire;
  private volatile boolean stopping;
  private Marlin marlin;
  private long droppedBefore;
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
    this(wire, life, works, bedFile, nanos, timeScale, Setup.plain());
  }

  /** As above, connected in another way or with faults. */
  public SimulatedPrinter(
      Wire wire,
      MachineLife life,
      Works works,
      Path bedFile,
      LongSupplier nanos,
      double timeScale,
      Setup setup) {
    this.host = wire;
    this.wire = wire;
    this.setup = setup;
    this.life = life;
    this.works = works;
    this.bedFile = bedFile;
    this.nanos = nanos;
    this.timeScale = timeScale;
    this.marlin = powerOn();
  }

  private boolean paced() {
    return setup.baud() > 0;
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
        this::say,
        new VirtualClock(nanos, timeScale),
        profile,
        works,
        this::writeBedIfChanged,
        paced() ? UART_BYTES : USB_BYTES,
        setup.executed()::command);
  }

  /**
   * Switches it on and runs until {@link #stop}.
   *
   * @param ready called once a host can open the line and the bed file is there
   * @throws IOException when the wire is gone or the bed file cannot be written
   */
  public void run(Runnable ready) throws IOException {
    if (!paced()) {
      wire = setup.faults().around(host);
      live(ready, new byte[512]);
      return;
    }
    try (Uart uart = new Uart(host, setup.baud())) {
      wire = setup.faults().around(uart);
      live(ready, new byte[UART_CHUNK]);
    }
  }

  private void live(Runnable ready, byte[] buffer) throws IOException {
    try {
      writeBed();
      marlin.boot();
      ready.run();
      stillSince = nanos.getAsLong();
      while (!stopping) {
        turn(buffer);
      }
      writeBedIfChanged();
      setup.executed().idle();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void turn(byte[] buffer) throws IOException {
    send();
    boolean clear = wire.clear();
    int timeoutMs = marlin.restless() || !clear ? RESTLESS_MS : QUIET_MS;
    int room = paced() ? buffer.length : Math.min(buffer.length, marlin.room());
    byte[] into = buffer.length == room ? buffer : new byte[room];
    int count = room > 0 ? wire.read(into, timeoutMs) : 0;
    if (count > 0) {
      marlin.receive(into, count);
      overruns.set(droppedBefore + marlin.dropped());
    } else if (room == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RESTLESS_MS));
    }
    if (clear) {
      marlin.step();
    }
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
    if (count == 0 && marlin.idle()) {
      setup.executed().idle();
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

  /**
   * How many bytes a host lost because it sent them faster than they were read; from any thread.
   */
  public long overruns() {
    return overruns.get();
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
    droppedBefore += marlin.dropped();
    marlin = powerOn();
    marlin.boot();
  }
}
