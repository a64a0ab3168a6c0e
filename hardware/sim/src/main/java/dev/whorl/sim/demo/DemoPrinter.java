package dev.whorl.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One printer of the demo: a simulated machine on a pseudo-terminal and the agent beside it. */
final class DemoPrinter implements AutoCloseable {
  private static final Duration RUN = Duration.ofSeconds(240);
  private static final Duration UP = Duration.ofSeconds(30);
  private static final int LAMPS = 6;

  /** Printed minutes pass in seconds. */
  private static final int TIME_SCALE = 600;

  private final String id;
  private final Path dir;
  private final Path config;
  private DemoProcess machine;
  private int runs;

  /**
   * Starts the machine and writes the agent's config.
   *
   * @param dir this printer's own folder, made here
   * @param seed decides everything that is particular to the machine
   * @param brokerUrl where the agent finds the broker
   * @param registryKey the registry's public key file
   * @param token one-time enrolment token
   */
  DemoPrinter(String id, Path dir, long seed, String brokerUrl, Path registryKey, String token)
      throws InterruptedException {
    this.id = id;
    this.dir = dir;
    config = dir.resolve("agent.toml");
    try {
      Files.createDirectories(dir);
      AtomicFile.write(dir.resolve("token"), token.getBytes(StandardCharsets.UTF_8));
      AtomicFile.write(config, agentToml(brokerUrl, registryKey).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.hardware("demo: cannot write to " + dir + ": " + e.getMessage());
    }
    machine = startMachine(seed);
  }

  String id() {
    return id;
  }

  Path config() {
    return config;
  }

  /** Prints one coupon and waits for the registry's verdict. */
  DemoCase run(String name, String expected) throws InterruptedException {
    machine.say("clear");
    runs++;
    String out =
        DemoProcess.run(
            dir,
            "enroll-" + runs,
            List.of("agent", "enroll", "--config", config.toString(), "--bed-is-clear", "--json"),
            RUN);
    try {
      JsonNode verdict = new ObjectMapper().readTree(out).path("verdict");
      if (!verdict.hasNonNull("verdict")) {
        throw UserError.network(
            "demo: no verdict for "
                + id
                + " ("
                + name
                + "); see "
                + dir
                + "/enroll-"
                + runs
                + ".log");
      }
      return new DemoCase(
          name,
          id,
          expected,
          verdict.path("verdict").asText(),
          verdict.path("event").asText(),
          verdict.path("log10_lr").asDouble());
    } catch (IOException e) {
      throw UserError.hardware("demo: enroll of " + id + " did not print JSON: " + out.strip());
    }
  }

  /** A person's hands on the machine: {@code age 365}, {@code service nozzle}. */
  void hands(String line) {
    machine.say(line);
  }

  /** Another machine on the same cable. */
  void exchange(long seed) throws InterruptedException {
    machine.close();
    machine = startMachine(seed);
  }

  /** The folder of the first run's frames: where the pictures are drawn from. */
  Path firstRun() {
    try (var list = Files.list(dir.resolve("state/runs"))) {
      return list.sorted()
          .findFirst()
          .orElseThrow(() -> UserError.hardware("demo: " + id + " kept no run in " + dir));
    } catch (IOException e) {
      throw UserError.hardware("demo: " + id + " kept no run in " + dir + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    machine.close();
  }

  private DemoProcess startMachine(long seed) throws InterruptedException {
    Path link = dir.resolve("printer");
    DemoProcess started =
        DemoProcess.start(
            dir,
            "machine",
            List.of(
                "sim",
                "printer",
                "--link",
                link.toString(),
                "--seed",
                Long.toString(seed),
                "--time-scale",
                Integer.toString(TIME_SCALE)));
    started.await("ready", UP);
    return started;
  }

  private String agentToml(String brokerUrl, Path registryKey) {
    List<String> lamps = new ArrayList<>();
    for (int i = 0; i < LAMPS; i++) {
      lamps.add(
          "{ name = \"l"
              + i
              + "\", azimuth_deg = "
              + i * 360 / LAMPS
              + ", elevation_deg = 25, distance_mm = 120 }");
    }
    return String.join(
        "\n",
        "[printer]",
        "id = \"" + id + "\"",
        "port = \"" + dir.resolve("printer") + "\"",
        "baud = 115200",
        "bed_mm = [235, 235]",
        "nozzle_c = 210",
        "bed_c = 60",
        "[camera]",
        "driver = \"sim\"",
        "timeout_ms = 60000",
        "[lamps]",
        "driver = \"sim\"",
        "settle_ms = 0",
        "lamp = [" + String.join(", ", lamps) + "]",
        "[mqtt]",
        "url = \"" + brokerUrl + "\"",
        "[registry]",
        "key = \"" + registryKey + "\"",
        "token_file = \"" + dir.resolve("token") + "\"",
        "[agent]",
        "state_dir = \"" + dir.resolve("state") + "\"",
        "http = \"127.0.0.1:" + FreePort.find() + "\"",
        "");
  }
}
