package dev.whorl.registry.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.cli.Cli;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.common.schema.Schemas;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.registry.Broker;
import dev.whorl.registry.FakeAgent;
import dev.whorl.registry.cli.RegistryCommand;
import dev.whorl.registry.settings.RegistrySettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The registry as a whole: a real broker, a real database, an agent that only speaks. */
@Timeout(180)
class RegistryServiceTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Queue<Message> heard = new ConcurrentLinkedQueue<>();
  private final FakeAgent agent = new FakeAgent("bench-07");
  private final SyntheticPrinter printer = new SyntheticPrinter(1);
  private final StringWriter err = new StringWriter();
  private Path config;
  private Broker broker;
  private BrokerLink wire;
  private RegistryService registry;
  private VerifyingKey registryKey;

  @BeforeEach
  void open() throws Exception {
    broker = new Broker();
    config = folder.resolve("registry.toml");
    Files.writeString(
        config,
        """
        state_dir = "state"
        [mqtt]
        url = "%s"
        [http]
        listen = "127.0.0.1:0"
        """
            .formatted(broker.url()));
    startRegistry();
    registryKey = VerifyingKey.read(folder.resolve("state/registry.pub"));
    wire = listener("agent");
  }

  @AfterEach
  void close() {
    wire.close();
    registry.close();
    broker.close();
  }

  private void startRegistry() throws InterruptedException {
    registry = RegistryService.start(RegistrySettings.read(config), Clock.systemUTC());
    await().atMost(LONG).until(registry::isConnected);
  }

  private BrokerLink listener(String clientId) throws InterruptedException {
    BrokerLink link =
        new BrokerLink(
            MqttSettings.plain(broker.url()), clientId, null, heard::add, new SplittableRandom(1));
    link.subscribe(Topic.RECEIPT.ofAll(), 1);
    link.subscribe(Topic.VERDICT.ofAll(), 1);
    link.start();
    assertThat(link.awaitConnected(LONG)).isTrue();
    return link;
  }

  private String cli(int exitCode, String... args) {
    StringWriter out = new StringWriter();
    CommandLine line =
        new CommandLine(new RegistryCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    assertThat(Cli.run(line, args)).as(err.toString()).isEqualTo(exitCode);
    return out.toString().strip();
  }

  private void send(Topic topic, Envelope envelope) throws Exception {
    wire.publish(agent.printer, topic, envelope.toBytes()).get(60, TimeUnit.SECONDS);
  }

  /** The payload of a signed topic about a digest, once it is there; its schema and key checked. */
  private JsonNode about(Topic topic, String digest) throws Exception {
    await().atMost(LONG).until(() -> heardAbout(topic, digest).isPresent());
    return heardAbout(topic, digest).orElseThrow();
  }

  private Optional<JsonNode> heardAbout(Topic topic, String digest) throws Exception {
    for (Message message : heard) {
      if (message.topic().equals(topic.of(agent.printer))) {
        byte[] payload = Envelope.parse(message.payload()).verify(topic.payloadType(), registryKey);
        JsonNode tree = Schemas.validate(topic, payload);
        if (tree.get("digest").textValue().equals(digest)) {
          return Optional.of(tree);
        }
      }
    }
    return Optional.empty();
  }

  private void enrol() throws Exception {
    Envelope envelope =
        agent.enrol(cli(0, "token", "enroll", agent.printer, "--config", config.toString()));
    send(Topic.ENROL, envelope);
    assertThat(about(Topic.RECEIPT, envelope.digest()).get("result").textValue())
        .isEqualTo("stored");
  }

  private HttpResponse<String> http(String method, String path, String token, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registry.httpPort() + path))
            .timeout(LONG)
            .method(method, BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private String apiToken(String role) {
    return cli(0, "token", "api", "--role", role, "--config", config.toString());
  }

  @Test
  void shouldEnrolStoreJudgeAndAnswerOverTheWire() throws Exception {
    enrol();
    Envelope first = agent.fingerprint("r-1", printer.measure(agent.printer, Duration.ZERO));
    send(Topic.FINGERPRINT, first);
    JsonNode receipt = about(Topic.RECEIPT, first.digest());
    assertThat(receipt.get("result").textValue()).isEqualTo("stored");
    assertThat(receipt.get("key_id").textValue()).isEqualTo(agent.key.verifyingKey().id());
    assertThat(about(Topic.VERDICT, first.digest()).get("template").textValue())
        .isEqualTo("created");
    Envelope second = agent.fingerprint("r-2", printer.measure(agent.printer, Duration.ofDays(7)));
    send(Topic.FINGERPRINT, second);
    JsonNode verdict = about(Topic.VERDICT, second.digest());
    assertThat(verdict.get("verdict").textValue()).isEqualTo("match");
    assertThat(verdict.get("run").textValue()).isEqualTo("r-2");

    // The verdict is retained: who comes later hears the latest.
    heard.clear();
    wire.close();
    wire = listener("late");
    about(Topic.VERDICT, second.digest());
  }

  @Test
  void shouldCarryOnWhereItWasKilled() throws Exception {
    enrol();
    Envelope envelope = agent.fingerprint("r-1", printer.measure(agent.printer, Duration.ZERO));
    send(Topic.FINGERPRINT, envelope);
    about(Topic.RECEIPT, envelope.digest());
    registry.close();
    heard.clear();
    startRegistry();
    send(Topic.FINGERPRINT, envelope);
    assertThat(about(Topic.RECEIPT, envelope.digest()).get("result").textValue())
        .isEqualTo("stored");
    String list = http("GET", "/api/printers", apiToken("viewer"), new byte[0]).body();
    assertThat(JSON.readTree(list).at("/0/fingerprints").intValue()).isEqualTo(1);
  }

  @Test
  void shouldCountWhatItRefusesAndSaySoInItsHealth() throws Exception {
    wire.publish("bench-07", Topic.FINGERPRINT, "junk".getBytes(UTF_8)).get(60, TimeUnit.SECONDS);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        JSON.readTree(http("GET", "/healthz", null, new byte[0]).body())
                            .at("/refused/malformed")
                            .intValue())
                    .isEqualTo(1));
  }

  @Test
  void shouldShowPrintersToThoseWithATokenOnly() throws Exception {
    enrol();
    Envelope envelope = agent.fingerprint("r-1", printer.measure(agent.printer, Duration.ZERO));
    send(Topic.FINGERPRINT, envelope);
    about(Topic.VERDICT, envelope.digest());
    assertThat(http("GET", "/api/printers", null, new byte[0]).statusCode()).isEqualTo(401);
    assertThat(http("GET", "/api/printers", "guess", new byte[0]).statusCode()).isEqualTo(401);
    String viewer = apiToken("viewer");
    JsonNode list = JSON.readTree(http("GET", "/api/printers", viewer, new byte[0]).body());
    assertThat(list.isArray()).isTrue();
    assertThat(list.at("/0/id").textValue()).isEqualTo("bench-07");
    assertThat(list.at("/0/state").textValue()).isEqualTo("accepted");
    assertThat(list.at("/0/verdict/verdict").textValue()).isEqualTo("match");
    JsonNode fingerprints =
        JSON.readTree(
            http("GET", "/api/printers/bench-07/fingerprints", viewer, new byte[0]).body());
    assertThat(fingerprints.at("/0/digest").textValue()).isEqualTo(envelope.digest());
    assertThat(fingerprints.at("/0/fingerprint/components/axis_x").isObject()).isTrue();
    assertThat(http("GET", "/api/printers/none", viewer, new byte[0]).statusCode()).isEqualTo(404);
    assertThat(http("GET", "/nothing", viewer, new byte[0]).statusCode()).isEqualTo(404);
    assertThat(http("POST", "/api/printers/bench-07/reject", viewer, new byte[0]).statusCode())
        .isEqualTo(403);
    HttpResponse<String> rejected =
        http("POST", "/api/printers/bench-07/reject", apiToken("operator"), new byte[0]);
    assertThat(rejected.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(rejected.body()).get("state").textValue()).isEqualTo("rejected");
    assertThat(
            http("POST", "/api/printers/bench-07/accept", apiToken("operator"), new byte[0])
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void shouldIdentifyAFingerprintButNotAZip() throws Exception {
    enrol();
    Envelope envelope = agent.fingerprint("r-1", printer.measure(agent.printer, Duration.ZERO));
    send(Topic.FINGERPRINT, envelope);
    about(Topic.VERDICT, envelope.digest());
    byte[] probe = FingerprintJson.write(printer.measure("unknown", Duration.ofDays(1)));
    String viewer = apiToken("viewer");
    JsonNode found =
        JSON.readTree(http("POST", "/api/identify", viewer, probe).body()).get("candidates");
    assertThat(found.at("/0/printer").textValue()).isEqualTo("bench-07");
    assertThat(found.at("/0/verdict").textValue()).isEqualTo("match");
    HttpResponse<String> zip = http("POST", "/api/identify", viewer, new byte[] {'P', 'K', 3, 4});
    assertThat(zip.statusCode()).isEqualTo(415);
    assertThat(zip.body()).contains("a capture's zip is not taken here");
    HttpResponse<String> junk = http("POST", "/api/identify", viewer, "{}".getBytes(UTF_8));
    assertThat(junk.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(junk.body()).get("error").textValue()).isNotBlank();
    assertThat(http("POST", "/api/identify", viewer, new byte[1 << 20]).statusCode())
        .isEqualTo(413);

    Path file = folder.resolve("f.json");
    Files.write(file, probe);
    JsonNode said =
        JSON.readTree(cli(0, "identify", file.toString(), "--json", "--config", config.toString()));
    assertThat(said.get("candidates")).isEqualTo(found);
    Files.write(
        file, FingerprintJson.write(new SyntheticPrinter(9).measure("x", Duration.ofDays(1))));
    cli(1, "identify", file.toString(), "--config", config.toString());
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithItsSettings() throws Exception {
    Files.writeString(config, "enrol_policy = \"token\"\n[mqtt]\nurl = \"tcp://b:1\"\n");
    cli(2, "run", "--config", config.toString());
    assertThat(err.toString().strip())
        .isEqualTo(
            "whorl: " + config + ":1: enrol_policy: unknown key; did you mean \"enroll_policy\"?");
  }

  @Test
  void shouldSayWhenItsAddressIsTaken() throws Exception {
    Files.writeString(
        config,
        Files.readString(config).replace("127.0.0.1:0", "127.0.0.1:" + registry.httpPort()));
    cli(4, "run", "--config", config.toString());
    assertThat(err.toString()).contains("whorl: http.listen: cannot listen on 127.0.0.1:");
  }

  @Test
  void shouldRefuseATokenForWhatIsNoPrintersName() {
    cli(2, "token", "enroll", "Bench 7", "--config", config.toString());
    assertThat(err.toString()).startsWith("whorl: PRINTER must be ");
    cli(2, "accept", "nobody", "--config", config.toString());
    assertThat(err.toString()).contains("nobody: no such printer ever asked to be enrolled");
  }
}
