package dev.whorl.sim.printer;

import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.faults.Striking;
import dev.whorl.sim.faults.Victim;
import dev.whorl.sim.firmware.Fatality;
import dev.whorl.sim.firmware.Firmware;
import dev.whorl.sim.firmware.Heater;
import dev.whorl.sim.firmware.Plugs;
import dev.whorl.sim.firmware.VirtualClock;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.pty.Wire;
import dev.whorl.sim.uart.Uart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
  private final VirtualClock clock;
  private final Heater hotend = Heater.hotend(AMBIENT_C);
  private final Heater bed = Heater.bed(AMBIENT_C);
  private final BlockingQueue<Runnable> hands = new ArrayBlockingQueue<>(MOST_HANDS);
  private final Outgoing outgoing;
  private final BiConsumer<String, Consumer<String>> answers;
  private final Striking striking;
  private final AtomicLong overruns = new AtomicLong();
  private Wire wire;
  private volatile boolean stopping;
  private boolean on = true;
  private boolean deaf;
  private Firmware firmware;
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
    this.clock = new VirtualClock(nanos, timeScale);
    this.outgoing = new Outgoing(nanos, new SplittableRandom(life.model().ordinal()));
    this.answers = setup.faults().answers();
    this.striking = setup.faults().striking(new Suffering());
    this.firmware = powerOn();
  }

  private boolean paced() {
    return setup.baud() > 0;
  }

  private Firmware powerOn() {
    return new Firmware(
        setup.firmware(),
        Profiles.of(life),
        new Plugs(
            this::say,
            clock,
            works,
            hotend,
            bed,
            this::writeBedIfChanged,
            () -> striking.soon(this::restart),
            paced() ? UART_BYTES : USB_BYTES,
            setup.executed()::command,
            striking,
            setup.card()));
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
      firmware.boot();
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
    outgoing.send(wire);
    boolean clear = wire.clear();
    boolean restless = on && firmware.restless() || outgoing.waiting() || !clear;
    int room = paced() || !on ? buffer.length : Math.min(buffer.length, firmware.room());
    room = deaf ? 0 : room;
    byte[] into = buffer.length == room ? buffer : new byte[room];
    int count = room > 0 ? wire.read(into, restless ? RESTLESS_MS : QUIET_MS) : 0;
    if (room == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RESTLESS_MS));
    }
    if (on) {
      work(into, count, clear);
    } else {
      hotend.advance(clock.nowS());
      bed.advance(clock.nowS());
    }
    Runnable hand = hands.poll();
    while (hand != null) {
      hand.run();
      hand = hands.poll();
    }
  }

  private void work(byte[] bytes, int count, boolean clear) {
    if (count > 0) {
      firmware.receive(bytes, count);
      overruns.set(droppedBefore + firmware.dropped());
    }
    if (clear) {
      firmware.step();
      striking.strike();
    }
    boolean idle = count == 0 && firmware.idle();
    if (!idle) {
      stillSince = nanos.getAsLong();
      return;
    }
    setup.executed().idle();
    if (nanos.getAsLong() - stillSince >= IDLE_NANOS) {
      writeBedIfChanged();
    }
  }

  private void say(String line) {
    answers.accept(line, outgoing::line);
  }

  private void writeBedIfChanged() {
    if (works.changed()) {
      writeBed();
    }
  }

  private void writeBed() {
    try {
      BedFile.write(bedFile, works.contents(firmware.pending()));
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
    power(false);
    power(true);
  }

  /**
   * Switches the supply: what is off is silent and cools. The port stays, as that of an adapter
   * that the host powers. Only from a {@link #hand}.
   */
  public void power(boolean now) {
    if (now && !on) {
      outgoing.silent(false);
      deaf = false;
      restart();
    } else if (!now && on) {
      works.rest();
      outgoing.silent(true);
      hotend.target(0);
      bed.target(0);
    }
    on = now;
    hotend.powered(now);
    bed.powered(now);
  }

  private void restart() {
    works.rest();
    droppedBefore += firmware.dropped();
    firmware = powerOn();
    firmware.boot();
  }

  /** What faults can do to it. */
  private final class Suffering implements Victim {
    @Override
    public void say(String line) {
      SimulatedPrinter.this.say(line);
    }

    @Override
    public void reset(boolean zero) {
      if (zero) {
        outgoing.zero();
      }
      restart();
    }

    @Override
    public void die(Fatality why) {
      outgoing.inPieces(true);
      firmware.die(why);
      outgoing.inPieces(false);
    }

    @Override
    public void fallSilent() {
      outgoing.silent(true);
    }

    @Override
    public void fallDeaf() {
      deaf = true;
    }

    @Override
    public void sayEndless(int bytes) {
      outgoing.endless(bytes);
    }

    @Override
    public void breakHeater(Heater.Fault fault) {
      hotend.fault(fault);
    }
  }
}
