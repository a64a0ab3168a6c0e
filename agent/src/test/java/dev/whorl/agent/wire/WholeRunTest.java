package dev.whorl.agent.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.agent.BenchToml;
import dev.whorl.agent.cli.AgentCommand;
import dev.whorl.common.cli.Cli;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One coupon over real wires: a simulated printer as a process of its own behind a pseudo-terminal,
 * Mosquitto with TLS and an ACL, and a registry's answers.
 */
@Isolated("reads what is printed")
class WholeRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Mosquitto broker;
  private RegistryStandIn registry;
  private Process machine;
  private Path config;

  @BeforeEach
  void connect() throws Exception {
    assumeTrue(Mosquitto.isInstalled(), "Mosquitto is not installed");
    broker = Mosquitto.start(dir, "bench-07", "registry");
    registry = new RegistryStandIn(broker.as("registry"), "a-one-time-token");
    registry.key.verifyingKey().write(dir.resolve("registry.pub"));
    Files.writeString(dir.resolve("token"), "a-one-time-token\n");
    Path link = dir.resolve("printer");
    machine =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.whorl.sim.Main",
                "printer",
                "--link",
                link.toString(),
                "--seed",
                "7",
                "--time-scale",
                "600")
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("machine.log").toFile())
            .start();
    await()
        .atMost(LONG)
        .until(() -> Files.readString(dir.resolve("machine.log")).contains("ready"));
    config = writeConfig(link);
  }

  @AfterEach
  void disconnect() throws Exception {
    if (machine != null) {
      machine.destroy();
      machine.waitFor(10, TimeUnit.SECONDS);
    }
    if (registry != null) {
      registry.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private Path writeConfig(Path link) throws Exception {
    return new BenchToml(link.toString(), 6)
        .id("bench-07")
        .say("printer", "baud = 115200")
        .simulated()
        .say("mqtt", "url = \"" + broker.url() + "\"")
        .say("mqtt", "ca = \"" + broker.ca() + "\"")
        .say("mqtt", "cert = \"" + broker.cert("bench-07") + "\"")
        .say("mqtt", "key = \"" + broker.key("bench-07") + "\"")
        .say("registry", "key = \"registry.pub\"")
        .say("registry", "token_file = \"token\"")
        .say("agent", "http = \"127.0.0.1:" + Mosquitto.freePort() + "\"")
        .write(dir);
  }

  private record Ran(int exitCode, String out) {}

  private Ran agent(String verb, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = verb;
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      return new Ran(Cli.run(new AgentCommand(), arguments), out.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void shouldTakeTwoCouponsFromConfigToVerdict() throws Exception {
    Ran unconfirmed = agent("enroll");
    assertThat(unconfirmed.exitCode()).as("nobody said that the bed is clear").isEqualTo(2);
    assertThat(agent("clear-bed").exitCode()).isZero();

    Ran enrolled = agent("enroll", "--json", "--coupons", "2");

    assertThat(enrolled.exitCode()).as(enrolled.out()).isZero();
    List<String> lines = enrolled.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode outcome = new ObjectMapper().readTree(lines.get(1));
    assertThat(outcome.path("receipt").path("result").asText()).isEqualTo("stored");
    assertThat(outcome.path("verdict").path("verdict").asText()).isEqualTo("match");
    assertThat(outcome.path("outbox_depth").asInt()).isZero();
    assertThat(outcome.path("hot").asBoolean()).isFalse();
    assertThat(registry.wrong).isEmpty();
    assertThat(registry.fingerprints).hasSize(2);
    assertThat(registry.fingerprints)
        .extracting(sent -> sent.path("fingerprint").path("slot_mm").toString())
        .doesNotHaveDuplicates();
    JsonNode sent = registry.fingerprints.get(1);
    assertThat(sent.path("run").asText()).isEqualTo(outcome.path("run").asText());
    assertThat(sent.path("frames")).hasSize(7);
    assertThat(sent.path("fingerprint").path("claim").path("agrees").asBoolean()).isTrue();
    assertThat(registry.heard)
        .contains("whorl/bench-07/status", "whorl/bench-07/birth", "whorl/bench-07/state");

    Ran check = agent("check");
    assertThat(check.exitCode()).as(check.out()).isZero();
    assertThat(check.out()).contains("there and back, the registry says stored");
    Ran again = agent("status", "--json");
    JsonNode status = new ObjectMapper().readTree(again.out());
    assertThat(status.path("phase").asText()).isEqualTo("IDLE");
    assertThat(status.path("slots"))
        .extracting(slot -> slot.path("state").asText())
        .startsWith("occupied", "occupied");
  }

  @Test
  void shouldNotBeHeardUnderAnotherPrintersName() throws Exception {
    try (BrokerLink link =
        new BrokerLink(
            broker.as("bench-07"), "intruder", null, message -> {}, new SplittableRandom(2))) {
      link.start();
      assertThat(link.awaitConnected(LONG)).isTrue();
      link.publish(Topic.EVENT.of("bench-08"), new byte[0], 1, false).get(60, TimeUnit.SECONDS);
      link.publish(Topic.RECEIPT.of("bench-07"), new byte[0], 1, false).get(60, TimeUnit.SECONDS);
      link.publish(Topic.EVENT.of("bench-07"), new byte[0], 1, false).get(60, TimeUnit.SECONDS);

      await().atMost(LONG).until(() -> registry.heard.contains("whorl/bench-07/event"));
      assertThat(registry.heard).doesNotContain("whorl/bench-08/event", "whorl/bench-07/receipt");
    }
  }
}
