package dev.whorl.agent.service;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.UplinkConfig;
import dev.whorl.agent.passthrough.PassThrough;
import dev.whorl.agent.run.Entry;
import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.uplink.Identity;
import dev.whorl.agent.uplink.RoundTrip;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.Camera;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.LampSettings;
import dev.whorl.hardware.Lamps;
import dev.whorl.hardware.RelaySettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries every wire that the config names, one after another; heats and moves nothing. */
public final class WireChecks {
  /** Ten runs' frames of a 12-megapixel camera. */
  private static final long WANTED_FREE_BYTES = 2L << 30;

  /** One run's. */
  private static final long NEEDED_FREE_BYTES = 300L << 20;

  private static final Pattern IDLE_TIMEOUT = Pattern.compile("M86\\b.*\\bS([1-9]\\d*)");

  private final AgentConfig config;
  private final Consumer<WireCheck> told;
  private final List<WireCheck> checks = new ArrayList<>();

  private WireChecks(AgentConfig config, Consumer<WireCheck> told) {
    this.config = config;
    this.told = told;
  }

  /**
   * Tries them all; the state folder's lock is held.
   *
   * @param told hears of each as soon as it is known
   */
  public static List<WireCheck> run(AgentConfig config, Consumer<WireCheck> told)
      throws InterruptedException {
    WireChecks checks = new WireChecks(config, told);
    for (String line : NotBuilt.hardware(config)) {
      checks.add(WireCheck.fail("config", ExitCode.USAGE, line));
    }
    for (String line : NotBuilt.schedule(config)) {
      checks.add(WireCheck.warn("config", line));
    }
    checks.relay();
    checks.printer();
    checks.passThrough();
    checks.lamps();
    checks.camera();
    checks.disk();
    checks.broker();
    return List.copyOf(checks.checks);
  }

  private void add(WireCheck check) {
    checks.add(check);
    told.accept(check);
  }

  private void printer() {
    String port = config.printer().port();
    try (LinkedPrinter printer = LinkedPrinter.open(config.printer())) {
      Hello hello = printer.hello();
      Temperatures t = hello.temperatures();
      add(
          WireCheck.ok(
              "printer",
              String.format(
                  Locale.ROOT,
                  "%s at %d baud: %s, nozzle %.1f C%s",
                  port,
                  hello.baud(),
                  hello.capabilities().firmwareName().isEmpty()
                      ? "unnamed firmware"
                      : hello.capabilities().firmwareName(),
                  t.nozzleC(),
                  t.hasBed() ? String.format(Locale.ROOT, ", bed %.1f C", t.bedC()) : ", no bed")));
      if (!t.targetsOff()) {
        add(WireCheck.warn("heat", "a heater is on; `whorl agent cool` switches it off"));
      }
      idleTimeout(printer);
    } catch (LinkException | HardwareException e) {
      add(WireCheck.fail("printer", ExitCode.HARDWARE, String.valueOf(e.getMessage())));
    }
  }

  /** Somebody must switch off a heater that the agent can no longer reach. */
  private void idleTimeout(LinkedPrinter printer) throws LinkException {
    for (String line : printer.ask("M86")) {
      Matcher matcher = IDLE_TIMEOUT.matcher(line);
      if (matcher.find()) {
        add(
            WireCheck.ok(
                "safety",
                "the firmware switches a forgotten hot end off after " + matcher.group(1) + " s"));
        return;
      }
    }
    add(
        config.relay().driver().equals("none")
            ? WireCheck.warn(
                "safety",
                "no relay, and the firmware has no idle timeout (M86): nothing cuts the heat when"
                    + " the link is lost; stay with the printer")
            : WireCheck.ok(
                "safety",
                "the firmware has no idle timeout (M86): the relay cuts the heat when the link is"
                    + " lost"));
  }

  /** Looks, but does not switch: that would take the printer its power. */
  private void relay() {
    Entry.PowerCut cut = RunPlan.state(config).cut();
    if (cut != null) {
      add(WireCheck.fail("relay", ExitCode.HARDWARE, cut.why()));
      return;
    }
    RelaySettings relay = config.relay();
    switch (relay.driver()) {
      case "none" -> add(WireCheck.ok("relay", "none"));
      case "command" -> {
        String program = relay.command().get(0);
        add(
            isThere(program)
                ? WireCheck.ok("relay", "command " + program + ": there; not tried")
                : WireCheck.fail(
                    "relay",
                    ExitCode.HARDWARE,
                    "relay.command: no program `"
                        + program
                        + "` that could be run; check its path"));
      }
      default -> {
        // Refused above, with what is not built.
      }
    }
  }

  private static boolean isThere(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void passThrough() {
    Path at = config.printer().passthrough();
    if (at == null) {
      return;
    }
    Path folder = at.getParent();
    if (at.startsWith("/run") && (folder == null || !Files.isDirectory(folder))) {
      add(
          WireCheck.warn(
              "host",
              at + ": its folder is there only while the service runs, so it was not tried"));
      return;
    }
    try {
      PassThrough.tryOut(at);
      add(
          WireCheck.ok(
              "host",
              at
                  + " can be made: while the service runs, a host opens it as the printer (OctoPrint:"
                  + " add it to the additional serial ports)"));
    } catch (HardwareException e) {
      add(WireCheck.fail("host", ExitCode.HARDWARE, String.valueOf(e.getMessage())));
    }
  }

  private void lamps() throws InterruptedException {
    List<LampSettings> wanted = config.lamps().lamps();
    if (wanted.size() < 3) {
      add(
          WireCheck.fail(
              "lamps",
              ExitCode.USAGE,
              "lamps.lamp names " + wanted.size() + ", a fingerprint needs at least 3"));
      return;
    }
    try (Lamps lamps = Bench.openLamps(config.bench())) {
      for (LampSettings lamp : wanted) {
        lamps.on(lamp.name());
        Thread.sleep(config.lamps().settleMs());
      }
      lamps.allOff();
      add(
          WireCheck.ok(
              "lamps", lamps.describe() + ": " + wanted.size() + " lamps, each on and off"));
    } catch (HardwareException e) {
      add(WireCheck.fail("lamps", ExitCode.HARDWARE, String.valueOf(e.getMessage())));
    }
  }

  private void camera() {
    Path folder = null;
    try (Camera camera = Bench.openCamera(config.bench())) {
      folder = Files.createTempDirectory("whorl-check-");
      Path frame = folder.resolve("dark.png");
      camera.expose(
          new Exposure(Exposure.DARK, config.camera().exposureUs(), config.camera().timeoutMs()),
          frame);
      add(
          WireCheck.ok(
              "camera", camera.describe() + ": one frame of " + Files.size(frame) + " bytes"));
    } catch (HardwareException e) {
      add(WireCheck.fail("camera", ExitCode.HARDWARE, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      add(WireCheck.fail("camera", ExitCode.HARDWARE, "no place for a frame: " + e));
    } finally {
      deleteQuietly(folder);
    }
  }

  private static void deleteQuietly(@org.jspecify.annotations.Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("dark.png"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A frame left in the temporary folder harms nobody.
      folder.toFile().deleteOnExit();
    }
  }

  private void disk() {
    Path stateDir = config.agent().stateDir();
    try {
      FileStore store = Files.getFileStore(stateDir);
      long free = store.getUsableSpace();
      String detail = String.format(Locale.ROOT, "%s: %.1f GB free", stateDir, free / 1e9);
      if (free < NEEDED_FREE_BYTES) {
        add(WireCheck.fail("disk", ExitCode.HARDWARE, detail + ", one run needs 0.3 GB"));
      } else if (free < WANTED_FREE_BYTES) {
        add(WireCheck.warn("disk", detail + ", ten runs' frames need 2 GB"));
      } else {
        add(WireCheck.ok("disk", detail));
      }
    } catch (IOException e) {
      add(WireCheck.fail("disk", ExitCode.HARDWARE, stateDir + ": " + e));
    }
  }

  private void broker() throws InterruptedException {
    Path keyFile = config.registry().key();
    VerifyingKey registry = null;
    if (keyFile == null) {
      add(WireCheck.warn("registry", "registry.key is not set: no receipt can be believed"));
    } else {
      try {
        registry = VerifyingKey.read(keyFile);
        add(WireCheck.ok("registry", keyFile + ": key " + registry.id()));
      } catch (UserError e) {
        add(WireCheck.fail("registry", ExitCode.USAGE, e.getMessage()));
      }
    }
    UplinkConfig mqtt = config.mqtt();
    if (mqtt == null) {
      add(WireCheck.warn("broker", "no [mqtt] in the config: fingerprints stay in the outbox"));
      return;
    }
    try {
      String answer =
          new RoundTrip(
                  mqtt.settings(), config.printer().id(), Identity.of(config.agent().stateDir()))
              .make(registry);
      add(WireCheck.ok("broker", mqtt.url() + ": " + answer));
    } catch (UserError e) {
      add(WireCheck.fail("broker", e.exitCode(), e.getMessage()));
    }
  }
}
