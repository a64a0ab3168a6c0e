package dev.whorl.agent.wire;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.run.Conductor;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.run.Pause;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.agent.run.Reporter;
import dev.whorl.agent.run.Rig;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A conductor and its link over a real pseudo-terminal. Waits for a printer that is not there are
 * leaps of its clock; the readings of one that is there come in the machine's time.
 *
 * @param events the kinds of what it told
 */
record ConductorOnPty(Conductor conductor, List<String> events) {

  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

  static ConductorOnPty open(Path dir, Path port) throws Exception {
    return open(dir, port, "");
  }

  /**
   * @param more tables for the config
   */
  static ConductorOnPty open(Path dir, Path port, String more) throws Exception {
    AgentConfig config =
        AgentConfigReader.read(
            Files.writeString(
                dir.resolve("agent.toml"),
                """
                [printer]
                id = "bench-07"
                port = "%s"
                baud = 115200
                bed_mm = [235, 235]
                nozzle_c = 210
                bed_c = 60
                [camera]
                driver = "command"
                command = ["false", "{out}"]
                [lamps]
                lamp = [ { name = "a", azimuth_deg = 0, elevation_deg = 25 },
                  { name = "b", azimuth_deg = 120, elevation_deg = 25 },
                  { name = "c", azimuth_deg = 240, elevation_deg = 25 } ]
                [agent]
                state_dir = "state"
                %s
                """
                    .formatted(port, more)));
    Files.createDirectories(config.agent().stateDir());
    AtomicLong leaptNanos = new AtomicLong();
    List<String> events = new CopyOnWriteArrayList<>();
    Conductor conductor =
        new Conductor(
            new Conductor.Parts(
                config,
                PrinterCoupons.of(config),
                new Wires(config),
                folder -> {},
                new Listener(events),
                InstantSource.system(),
                () -> System.nanoTime() + leaptNanos.get(),
                duration -> {
                  if (duration.compareTo(BETWEEN_READINGS) > 0) {
                    leaptNanos.addAndGet(duration.toNanos());
                  } else {
                    Pause.SLEEP.of(duration);
                  }
                },
                view -> {}),
            Journal.open(dir.resolve("state/journal")));
    return new ConductorOnPty(conductor, events);
  }

  private record Wires(AgentConfig config) implements Rig {
    @Override
    public PrinterSession openPrinter() throws LinkException, HardwareException {
      return LinkedPrinter.open(config.printer());
    }

    @Override
    public Bench openBench() throws HardwareException {
      return Bench.open(config.bench());
    }

    @Override
    public Relay openRelay() throws HardwareException {
      return Bench.openRelay(config.relay());
    }
  }

  private record Listener(List<String> events) implements Reporter {
    @Override
    public String commit(String run, RunFolder folder) {
      return run;
    }

    @Override
    public boolean answered(String digest) {
      return true;
    }

    @Override
    public Duration patience() {
      return Duration.ZERO;
    }

    @Override
    public void event(String kind, String detail) {
      events.add(kind);
    }
  }
}
