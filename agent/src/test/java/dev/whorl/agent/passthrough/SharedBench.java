package dev.whorl.agent.passthrough;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.agent.BenchToml;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A simulated printer and the service in front of it, each a process of its own. */
final class SharedBench implements AutoCloseable {
  final Path dir;

  /** Where hosts find the printer. */
  final Path passThrough;

  private final List<String> options;
  private Child machine;
  private final Path executed;
  private final Path config;
  private Child agent;

  /**
   * @param options of the simulated printer besides
   */
  SharedBench(Path dir, String... options) throws Exception {
    this.dir = dir;
    this.passThrough = dir.resolve("host");
    this.executed = dir.resolve("executed");
    this.options = List.of(options);
    machine = machine();
    config = writeConfig();
  }

  private Child machine() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("printer", "--link", dir.resolve("port").toString(), "--seed", "7"));
    arguments.addAll(List.of("--executed", executed.toString()));
    arguments.addAll(options);
    Child child = Child.java(dir.resolve("machine.log"), "dev.whorl.sim.Main", arguments);
    child.awaitSaid("ready");
    return child;
  }

  /** A person's hands at the printer. */
  void hands(String deed) throws IOException {
    machine.say(deed);
  }

  /** Pulls the cable out. */
  void unplug() throws InterruptedException {
    machine.kill();
  }

  /** Plugs it in again: the same name leads to another device. */
  void plug() throws IOException {
    machine = machine();
  }

  private Path writeConfig() throws IOException {
    int http;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      http = socket.getLocalPort();
    }
    return new BenchToml(dir.resolve("port").toString(), 3)
        .id("bench-07")
        .say("printer", "baud = 115200")
        .say("printer", "passthrough = \"" + passThrough + "\"")
        .simulated()
        .say("agent", "http = \"127.0.0.1:" + http + "\"")
        .write(dir);
  }

  /** Starts the service, for the first time or again. */
  void startAgent() throws Exception {
    Path log = dir.resolve("agent.log");
    agent = Child.java(log, "dev.whorl.agent.Main", List.of("run", "--config", config.toString()));
    agent.awaitSaid("agent of bench-07 is up");
    await().atMost(Child.LONG).until(() -> !state().isEmpty() && known());
  }

  /** What the service would read. */
  AgentConfig config() {
    return AgentConfigReader.read(config);
  }

  Child agent() {
    return agent;
  }

  /** What the service says of itself. */
  JsonNode status() {
    try {
      return ControlClient.of(dir.resolve("state")).status();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean known() {
    return status().path("temperatures").isObject();
  }

  private String state() {
    try {
      return status().path("host").asText();
    } catch (UserError e) {
      return "";
    }
  }

  /** Asks the service for something. */
  void ask(String verb) throws InterruptedException {
    ControlClient.of(dir.resolve("state")).command(verb);
  }

  void awaitPhase(String... phases) {
    await(String.join(" or ", phases))
        .atMost(Child.LONG)
        .until(() -> List.of(phases).contains(status().path("phase").asText()));
  }

  /** What the printer executed, but for questions that change nothing. */
  List<String> executed() throws IOException {
    return Files.readAllLines(executed, StandardCharsets.ISO_8859_1).stream()
        .filter(line -> !line.matches("M105|M110.*|M115|M155 S\\d+"))
        .toList();
  }

  /** A print of its own: every line stands in it once. */
  static List<String> print(int lines) {
    List<String> print = new ArrayList<>();
    print.add("G28");
    print.add("M104 S205");
    print.add("M109 S205");
    print.add("M83");
    for (int i = 0; i < lines; i++) {
      print.add(
          String.format(
              Locale.ROOT,
              "G1 X%.3f Y%.3f E%.5f F3000",
              100 + 20 * Math.sin(i * 0.7),
              100 + 20 * Math.cos(i * 0.7),
              0.01 + i * 1e-5));
    }
    print.add("M104 S0");
    print.add("M117 done " + lines);
    return print;
  }

  @Override
  public void close() throws Exception {
    if (agent != null) {
      // Not by SIGTERM, which waits for the end of a host's print.
      agent.kill();
    }
    machine.close();
  }
}
