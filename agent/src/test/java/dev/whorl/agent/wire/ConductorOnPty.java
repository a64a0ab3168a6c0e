package dev.whorl.agent.wire;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.run.Conductor;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.run.Pause;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.agent.run.RecordingReporter;
import dev.whorl.agent.run.Rig;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
   * @param relay lines of the config's table, empty for none
   */
  static ConductorOnPty open(Path dir, Path port, String relay) throws Exception {
    BenchToml toml =
        new BenchToml(port.toString(), 3)
            .id("bench-07")
            .say("printer", "baud = 115200")
            .camera("false", "{out}");
    if (!relay.isEmpty()) {
      toml.say("relay", relay);
    }
    AgentConfig config = AgentConfigReader.read(toml.write(dir));
    Files.createDirectories(config.agent().stateDir());
    AtomicLong leaptNanos = new AtomicLong();
    RecordingReporter reporter = new RecordingReporter();
    Conductor conductor =
        new Conductor(
            new Conductor.Parts(
                config,
                PrinterCoupons.of(config),
                new Wires(config),
                folder -> {},
                reporter,
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
    return new ConductorOnPty(conductor, reporter.events);
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
}
