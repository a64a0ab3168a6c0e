package dev.whorl.agent.passthrough;

import dev.whorl.agent.config.PrinterConfig;
import dev.whorl.agent.run.Host;
import dev.whorl.agent.run.HostState;
import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.gcode.host.HostPort;
import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.PrinterReset;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The printer's port shared with OctoPrint, Pronterface or Cura, which open a pseudo-terminal as if
 * it were the printer. The host is held from the beginning until the conductor says otherwise.
 *
 * <p>Threads: {@code whorl-port} keeps the printer's port ({@link PortKeeper}), {@code whorl-host}
 * reads the host ({@link HostPump}).
 */
public final class PassThrough implements Host, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassThrough.class);

  private final HostTerminal terminal;
  private final HostPort port;
  private final HostPump pump;
  private final PortKeeper keeper;
  private final HostJob job;
  private final PortDesk desk;
  private final Handover handover = new Handover();
  private final RunWatch watch = new RunWatch();
  private final AtomicReference<@Nullable String> touched = new AtomicReference<>();
  private volatile Consumer<String> onStop = why -> {};
  private volatile Dialect dialect = Dialect.GENERIC;

  /** Whether the conductor wants the host to wait; guarded by this. */
  private boolean held = true;

  private PassThrough(PrinterConfig config, HostTerminal terminal, TimeSource time) {
    this.terminal = terminal;
    this.port = new HostPort(time);
    this.job = new HostJob(port, time, this::flush);
    this.keeper =
        new PortKeeper(
            (listener, firstWords) -> LinkedPrinter.link(config, listener, firstWords),
            new Printer());
    this.desk = keeper.desk();
    this.pump =
        new HostPump(
            terminal.terminal(),
            port,
            desk::temperatures,
            new Said(),
            e -> LOG.error("the pass-through broke; restart the agent", e));
    port.hold(true);
  }

  /**
   * Makes the pseudo-terminal and its link; says nothing to anybody yet.
   *
   * @throws HardwareException when it cannot be made
   */
  public static PassThrough open(PrinterConfig config, Path at) throws HardwareException {
    return open(config, at, TimeSource.SYSTEM);
  }

  /**
   * @param time by which a host's idleness is measured
   */
  static PassThrough open(PrinterConfig config, Path at, TimeSource time) throws HardwareException {
    return new PassThrough(config, HostTerminal.open(at), time);
  }

  /**
   * Makes and removes it, to see whether that works.
   *
   * @throws HardwareException when it does not
   */
  public static void tryOut(Path at) throws HardwareException {
    HostTerminal.open(at).close();
  }

  /**
   * Begins to keep the port and to answer the host.
   *
   * @param onStop told, on a thread that must not wait, why a run under way can no longer succeed:
   *     the host stopped the printer
   */
  public void start(Consumer<String> onStop) {
    this.onStop = onStop;
    pump.start();
    keeper.start();
  }

  private void flush() {
    pump.flush();
  }

  /** Where the host finds it. */
  public Path path() {
    return terminal.path();
  }

  /** Takes the link from the host for as long as the session lasts. */
  public PrinterSession openPrinter()
      throws LinkException, HardwareException, InterruptedException {
    return new LentPrinter(desk.borrow(), port, handover, watch, desk::giveBack);
  }

  /** Whether a host's print is under way that a stop of the agent would end. */
  public Optional<String> printing() {
    return job.lostByStopping(desk.temperatures());
  }

  // ---- For the conductor.

  @Override
  public Optional<String> holdIfIdle() {
    synchronized (this) {
      Optional<String> busy = port.holdIfIdle();
      if (busy.isEmpty()) {
        held = true;
      }
      return busy.map(why -> "OctoPrint or another host is using the printer: " + why);
    }
  }

  @Override
  public void hold(boolean hold) {
    boolean released;
    synchronized (this) {
      released = held && !hold;
      held = hold;
      if (hold) {
        port.hold(true);
      }
    }
    if (released && desk.printer() != null) {
      // The keeper gives back what the run changed and then lets the host go on.
      desk.wake();
    } else if (released) {
      port.hold(false);
    }
  }

  @Override
  public @Nullable String bedTouched() {
    String what = touched.getAndSet(null);
    return port.extruded() ? "a host printed" : what;
  }

  @Override
  public HostState state() {
    synchronized (this) {
      if (held) {
        return HostState.HELD;
      }
    }
    if (port.busyWith().isPresent()) {
      return HostState.PRINTING;
    }
    return pump.isAttended() ? HostState.IDLE : HostState.NOBODY;
  }

  @Override
  public @Nullable Temperatures temperatures() {
    return desk.temperatures();
  }

  /** Lets go of everything; heat that a host set stays on. */
  @Override
  public void close() {
    keeper.close();
    pump.close();
    terminal.close();
  }

  /** What the host wants. */
  private final class Said implements HostPump.Listener {
    @Override
    public void urgent(String code) {
      if (watch.isSpoiledBy(code)) {
        // First, so that the run ends for this reason and not for what comes of it.
        onStop.accept("the host stopped the printer (" + code + ")");
      }
      desk.urgent(code);
      if (code.equals("M112")) {
        LOG.warn("the host stopped the printer (M112)");
      }
    }

    @Override
    public void said() {
      desk.wake();
    }

    @Override
    public void opened() {
      desk.wishReset("");
    }

    @Override
    public void resetAsked() {
      desk.wishReset(dialect == Dialect.KLIPPER ? "FIRMWARE_RESTART" : "M999");
    }
  }

  /** What becomes of the printer. */
  private final class Printer implements PortFace {
    private boolean before;
    private boolean away;

    @Override
    public void up(PrinterLink link, Hello hello) {
      dialect = hello.dialect();
      port.dialect(dialect);
      if (before) {
        touched.set("the printer restarted, or was away");
        handover.forget();
      }
      if (before || away || hello.restarted()) {
        port.restarted();
      }
      before = true;
      away = false;
      pump.flush();
    }

    @Override
    public void down(LinkException reason) {
      away = true;
      if (reason instanceof PrinterHalted) {
        port.halted();
      } else if (reason instanceof PrinterReset) {
        port.restarting();
      } else {
        port.gone();
      }
      pump.flush();
    }

    @Override
    public void free(PrinterLink link) throws LinkException {
      synchronized (PassThrough.this) {
        if (held || !port.isHeld()) {
          return;
        }
      }
      if (!handover.giveBackState(link, port.modal())) {
        port.restarted();
      }
      synchronized (PassThrough.this) {
        if (!held) {
          port.hold(false);
        }
      }
      pump.flush();
    }

    @Override
    public boolean hasCommands() {
      return port.hasCommands();
    }

    @Override
    public HostFeed feed() {
      return job;
    }

    @Override
    public void heard(Reply reply) {
      watch.heard(reply);
    }

    @Override
    public void unasked(Reply reply) {
      // A start is told when the printer was greeted: what a host says before is lost.
      if (!HostJob.isStart(reply)) {
        port.unasked(reply);
        pump.flush();
      }
    }
  }
}
