package dev.whorl.agent.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.capture.ProfileJson;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.outbox.Outbox;
import dev.whorl.agent.outbox.OutboxException;
import dev.whorl.agent.passthrough.PassThrough;
import dev.whorl.agent.run.Analyst;
import dev.whorl.agent.run.Conductor;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.Pause;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.Request;
import dev.whorl.agent.run.Rig;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.agent.run.RunView;
import dev.whorl.agent.uplink.CommandTarget;
import dev.whorl.agent.uplink.Identity;
import dev.whorl.agent.uplink.Receipt;
import dev.whorl.agent.uplink.Told;
import dev.whorl.agent.uplink.Uplink;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.cli.Version;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that makes one running agent, put together in order and taken apart in reverse. */
public final class AgentProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

  /**
   * A printer that answers is left within five seconds. One that does not is asked for half a
   * minute by its link, and twice more while a new link is tried; then a relay takes ten seconds.
   */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

  /** With the rest of a stop this stays below the unit's {@code TimeoutStopSec}. */
  private static final Duration LONGEST_WAIT_FOR_HOST = Duration.ofMinutes(4);

  private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

  private final AgentConfig config;
  private final StateLock lock;
  private final Outbox outbox;
  private final Uplink uplink;
  private final Conductor conductor;
  private final @Nullable ControlServer control;
  private final @Nullable PassThrough passThrough;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stopping;

  private AgentProcess(
      AgentConfig config,
      StateLock lock,
      Outbox outbox,
      Uplink uplink,
      Conductor conductor,
      @Nullable ControlServer control,
      @Nullable PassThrough passThrough) {
    this.config = config;
    this.lock = lock;
    this.outbox = outbox;
    this.uplink = uplink;
    this.conductor = conductor;
    this.control = control;
    this.passThrough = passThrough;
  }

  /**
   * Starts everything but the conductor's steps.
   *
   * @param lock the state folder, which this closes in the end
   * @param verb what the process was started to do
   * @param analyst computes fingerprints
   * @param onChange told every new view, on the conductor's thread
   */
  public static AgentProcess open(
      AgentConfig config,
      PrinterCoupons coupons,
      StateLock lock,
      String verb,
      Analyst analyst,
      Consumer<RunView> onChange) {
    Path stateDir = config.agent().stateDir();
    Clock clock = Clock.systemUTC();
    ConductorCommands commands = new ConductorCommands();
    Outbox outbox = null;
    PassThrough passThrough = null;
    try {
      Path shared = config.printer().passthrough();
      if (shared != null && verb.equals("run")) {
        passThrough = PassThrough.open(config.printer(), shared);
      }
      outbox = Outbox.open(stateDir.resolve("outbox.db"), clock);
      Uplink uplink =
          new Uplink(
              config,
              Identity.of(stateDir),
              outbox,
              commands,
              ProfileJson.write(coupons.profile()),
              Version.current(),
              clock);
      Rig wires = new BenchRig(config);
      Journal.Opened journal = Journal.open(stateDir.resolve("journal"));
      Conductor conductor =
          new Conductor(
              new Conductor.Parts(
                  config,
                  coupons,
                  passThrough == null ? wires : new SharedRig(wires, passThrough),
                  analyst,
                  uplink,
                  clock,
                  TimeSource.SYSTEM,
                  Pause.SLEEP,
                  view -> {
                    uplink.tell(view);
                    onChange.accept(view);
                  }),
              journal);
      commands.conductor = conductor;
      uplink.tell(conductor.view());
      noteDamage(outbox, journal, uplink);
      ControlServer control = serve(config, lock, verb, conductor, outbox, uplink, commands);
      uplink.start();
      if (passThrough != null) {
        passThrough.start(conductor::abortRun);
        LOG.info("a host finds the printer at {}", passThrough.path());
      }
      return new AgentProcess(config, lock, outbox, uplink, conductor, control, passThrough);
    } catch (HardwareException e) {
      closeQuietly(passThrough, outbox);
      throw new UserError(ExitCode.HARDWARE, String.valueOf(e.getMessage()), e);
    } catch (IOException | OutboxException e) {
      closeQuietly(passThrough, outbox);
      throw new UserError(
          ExitCode.HARDWARE, "the agent's state cannot be used: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(passThrough, outbox);
      throw e;
    }
  }

  private static void noteDamage(Outbox outbox, Journal.Opened journal, Uplink uplink) {
    outbox.setAside().ifPresent(aside -> uplink.event("outbox-damaged", "it is kept as " + aside));
    journal
        .setAside()
        .ifPresent(aside -> uplink.event("journal-damaged", "it is kept as " + aside));
  }

  private static void closeQuietly(@Nullable PassThrough passThrough, @Nullable Outbox outbox) {
    if (passThrough != null) {
      passThrough.close();
    }
    closeQuietly(outbox);
  }

  private static void closeQuietly(@Nullable Outbox outbox) {
    if (outbox != null) {
      try {
        outbox.close();
      } catch (OutboxException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
  }

  private static @Nullable ControlServer serve(
      AgentConfig config,
      StateLock lock,
      String verb,
      Conductor conductor,
      Outbox outbox,
      Uplink uplink,
      CommandTarget commands)
      throws IOException {
    InetSocketAddress address = config.agent().http();
    try {
      ControlServer server =
          new ControlServer(
              address,
              ControlToken.create(config.agent().stateDir()),
              () -> status(config, conductor.view(), outbox, uplink.isConnected()),
              commands);
      lock.answersAt(verb, server.address());
      return server;
    } catch (java.net.BindException e) {
      if (verb.equals("run")) {
        throw new UserError(
            ExitCode.USAGE,
            "agent.http "
                + address.getHostString()
                + ":"
                + address.getPort()
                + ": "
                + e.getMessage()
                + "; choose another port",
            e);
      }
      LOG.warn("agent.http is in use: `whorl agent abort` will not reach this process");
      return null;
    }
  }

  /** What {@code status} says: the state, and what waits for the registry. */
  public static ObjectNode status(
      AgentConfig config, RunView view, Outbox outbox, boolean connected) {
    ObjectNode json = Told.state(view);
    json.put("printer", config.printer().id());
    json.put("doing", view.doing());
    json.put("hot", view.hot());
    json.set(
        "temperatures",
        view.temperatures() == null ? null : Told.temperatures(view.temperatures()));
    try {
      json.put("outbox_depth", outbox.depth());
    } catch (OutboxException e) {
      json.putNull("outbox_depth");
    }
    json.put("broker_connected", connected);
    return json;
  }

  public Conductor conductor() {
    return conductor;
  }

  public Uplink uplink() {
    return uplink;
  }

  public Outbox outbox() {
    return outbox;
  }

  /**
   * Leaves the request of the person at the keyboard.
   *
   * @param bedIsClear whether they say so
   */
  public void enrollAtTheKeyboard(boolean bedIsClear) {
    conductor.request(new Request.Enroll("the keyboard", bedIsClear));
  }

  /** Ends a run under way and leaves the request to cool. */
  public void coolAtTheKeyboard() {
    if (conductor.view().phase().running()) {
      conductor.abort("cool was asked for at the keyboard");
    }
    conductor.request(new Request.Cool("the keyboard"));
  }

  /** Does only what a process that died left undone for safety: heat of its own is cooled. */
  public void recover() throws InterruptedException {
    step();
  }

  /** Steps until there is no run and nothing to recover; on this thread, or until stopped. */
  public void stepToEnd() throws InterruptedException {
    do {
      while (step()) {
        continue;
      }
    } while (!stopping && (conductor.view().phase().running() || conductor.asked()));
    finishStopping();
  }

  /** Steps for ever, until stopped. */
  public void serve() throws InterruptedException {
    while (!stopping) {
      if (!step()) {
        conductor.awaitRequest(IDLE_LOOK);
      }
    }
    finishStopping();
  }

  /** A print that was aborted by the stop must still be cooled. */
  private void finishStopping() throws InterruptedException {
    if (stopping) {
      step();
      awaitHost();
    }
  }

  /** A host's print ends with its port, so it is waited for; its heat is its own either way. */
  private void awaitHost() throws InterruptedException {
    PassThrough shared = passThrough;
    if (shared == null) {
      return;
    }
    long until = System.nanoTime() + LONGEST_WAIT_FOR_HOST.toNanos();
    Optional<String> busy = shared.printing();
    if (busy.isPresent()) {
      LOG.info(
          "{}: the service stops when that ends, in {} min at the latest",
          busy.get(),
          LONGEST_WAIT_FOR_HOST.toMinutes());
    }
    while (busy.isPresent() && System.nanoTime() < until) {
      conductor.awaitRequest(IDLE_LOOK);
      step();
      busy = shared.printing();
    }
    busy.ifPresent(why -> LOG.warn("stopping during a host's print: {}", why));
    Temperatures last = shared.temperatures();
    if (last != null && !last.targetsOff() && !conductor.view().hot()) {
      LOG.warn("the heat that a host set is left alone: {}", last);
    }
  }

  private boolean step() throws InterruptedException {
    try {
      boolean more = conductor.step();
      if (!more && conductor.view().phase() == Phase.AWAIT_BED) {
        conductor.awaitRequest(IDLE_LOOK);
      }
      return more;
    } catch (IOException e) {
      throw new UserError(
          ExitCode.HARDWARE,
          "the journal in " + config.agent().stateDir() + " cannot be written: " + e.getMessage(),
          e);
    }
  }

  /**
   * From now on SIGTERM and SIGINT end the run under way, switch the heaters off, read that back
   * and wait until this process is {@link #close closed}. A fall that is not seen within seconds is
   * looked for at the next start, or by {@code agent cool --own} after the service.
   */
  public void stopOnSignal() {
    SerialLines.onExit(
        new Thread(
            () -> {
              stopping = true;
              conductor.stop();
              try {
                if (!closed.await(longestStop().toSeconds(), TimeUnit.SECONDS)) {
                  LOG.error("could not stop in time; look at the printer");
                }
              } catch (InterruptedException e) {
                LOG.warn("interrupted while stopping");
              }
            },
            "stop"));
  }

  private Duration longestStop() {
    return passThrough == null ? LONGEST_STOP : LONGEST_STOP.plus(LONGEST_WAIT_FOR_HOST);
  }

  public boolean stopping() {
    return stopping;
  }

  /** The digest of a run's message, if it got that far. */
  public Optional<String> digest(String run) {
    Path envelope = RunFolder.of(config.agent().stateDir(), run).envelope();
    try {
      return Files.exists(envelope)
          ? Optional.of(Envelope.parse(Files.readAllBytes(envelope)).digest())
          : Optional.empty();
    } catch (IOException | EnvelopeException e) {
      return Optional.empty();
    }
  }

  /** What the registry said of a digest. */
  public Optional<Receipt> receipt(String digest) {
    return uplink.receipt(digest);
  }

  /** The registry's verdict on a digest, waited for. */
  public Optional<JsonNode> verdict(String digest, Duration atMost) throws InterruptedException {
    return uplink.awaitVerdict(digest, atMost);
  }

  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    uplink.close();
    try {
      conductor.close();
    } catch (IOException e) {
      LOG.warn("the journal: {}", e.getMessage());
    }
    if (passThrough != null) {
      passThrough.close();
    }
    closeQuietly(outbox);
    lock.close();
    closed.countDown();
  }

  /** The conductor as those see it who command. */
  private static final class ConductorCommands implements CommandTarget {
    private volatile @Nullable Conductor conductor;

    @Override
    public @Nullable String enroll(String by) {
      Conductor c = conductor;
      if (c == null) {
        return "the agent is starting; try again";
      }
      if (c.view().phase().running()) {
        return "a coupon is under way already: run " + c.view().run();
      }
      return ask(c, new Request.Enroll(by, false));
    }

    @Override
    public @Nullable String clearBed(String by) {
      Conductor c = conductor;
      if (c == null) {
        return "the agent is starting; try again";
      }
      Phase phase = c.view().phase();
      return phase.running() && phase != Phase.AWAIT_BED
          ? "a coupon is on the bed: it is " + phase.sentence()
          : ask(c, new Request.ClearBed(by));
    }

    @Override
    public @Nullable String cool(String by) {
      Conductor c = conductor;
      if (c == null) {
        return "the agent is starting; try again";
      }
      if (c.view().phase().running()) {
        c.abort("cool was asked for by " + by);
      }
      return ask(c, new Request.Cool(by));
    }

    @Override
    public @Nullable String abort(String by) {
      Conductor c = conductor;
      if (c == null || !c.view().phase().running()) {
        return "no run is under way";
      }
      c.abort("aborted by " + by);
      return null;
    }

    private static @Nullable String ask(Conductor conductor, Request request) {
      return conductor.request(request) ? null : "too many requests wait; try again";
    }
  }
}
