package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.UplinkConfig;
import dev.whorl.agent.outbox.ItemKind;
import dev.whorl.agent.outbox.Outbox;
import dev.whorl.agent.outbox.OutboxException;
import dev.whorl.agent.outbox.OutboxItem;
import dev.whorl.agent.run.Reporter;
import dev.whorl.agent.run.RunFault;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.agent.run.RunView;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.envelope.TokenProof;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.common.mqtt.Will;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's side of MQTT. What must arrive goes through the outbox and leaves it on the
 * registry's signed receipt; state and telemetry are told as they are and may be lost. Without a
 * broker in the config everything stays in the outbox.
 *
 * <p>Threads: {@code uplink} sends; receipts, verdicts and commands come on the broker link's.
 */
public final class Uplink implements Reporter, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

  /** In flight at a time; the rest waits in the outbox. */
  private static final int WINDOW = 5;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(65);
  private static final Duration TELEMETRY_EVERY = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  /** A receipt takes a second over a good line; a thin one and a busy registry take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than the outbox lets out between two looks. */
  private static final int REMEMBERED_RECEIPTS = 64;

  private final AgentConfig config;
  private final String printer;
  private final Voice voice;
  private final Headers headers;
  private final Outbox outbox;
  private final List<VerifyingKey> registry;
  private final @Nullable Commands commands;
  private final @Nullable BrokerLink link;
  private final ObjectNode birth;
  private final AtomicReference<@Nullable RunView> latest = new AtomicReference<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread sender = new Thread(this::send, "uplink");
  private volatile boolean closed;

  // Guarded by this.
  private final Map<String, Receipt> receipts = new LinkedHashMap<>();
  private @Nullable JsonNode verdict;

  /**
   * @param target carries out commands
   * @param profile the coupon's profile, for the birth message
   */
  public Uplink(
      AgentConfig config,
      SigningKey key,
      Outbox outbox,
      CommandTarget target,
      ObjectNode profile,
      String version,
      InstantSource clock) {
    this.config = config;
    this.printer = config.printer().id();
    this.headers =
        new Headers(UUID.randomUUID().toString(), clock, System::nanoTime, MachineClock::synced);
    this.voice = new Voice(printer, key, headers);
    this.outbox = outbox;
    Path registryKey = config.registry().key();
    this.registry = registryKey == null ? List.of() : List.of(VerifyingKey.read(registryKey));
    this.birth = birth(config, key, version, profile);
    UplinkConfig mqtt = config.mqtt();
    if (mqtt == null) {
      this.link = null;
      this.commands = null;
      return;
    }
    this.commands = commands(mqtt, target, clock);
    Will will = new Will(Topic.STATUS.of(printer), status("offline"), true);
    BrokerLink made =
        new BrokerLink(
            mqtt.settings(), "whorl-" + printer, will, this::receive, new SplittableRandom());
    for (Topic topic : List.of(Topic.RECEIPT, Topic.VERDICT, Topic.CMD)) {
      made.subscribe(topic.of(printer), topic.qos());
    }
    made.onConnected(this::connected);
    this.link = made;
  }

  private Commands commands(UplinkConfig mqtt, CommandTarget target, InstantSource clock) {
    try {
      return new Commands(
          printer,
          mqtt.operators().stream().map(VerifyingKey::read).toList(),
          mqtt.allowClearBed(),
          new RememberedIds(config.agent().stateDir().resolve("commands.json")),
          target,
          clock,
          MachineClock::synced);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Begins to connect and to send; asks to be enrolled where that was not answered yet. */
  public void start() {
    if (link == null) {
      return;
    }
    if (registry.isEmpty()) {
      LOG.warn(
          "registry.key is not set: no receipt can be believed, so the outbox keeps everything");
    }
    askToBeEnrolled();
    link.start();
    sender.start();
  }

  /** Whether there is a broker in the config. */
  public boolean hasBroker() {
    return link != null;
  }

  public boolean isConnected() {
    return link != null && link.isConnected();
  }

  // ---- What is told.

  private void askToBeEnrolled() {
    Path done = enrolledFile();
    String keyId = voice.key().verifyingKey().id();
    try {
      boolean answered = Files.exists(done) && Files.readString(done).strip().equals(keyId);
      boolean waiting = outbox.items().stream().anyMatch(i -> i.kind() == ItemKind.ENROL);
      if (answered || waiting) {
        return;
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("public_key", voice.key().verifyingKey().toPem());
      Path tokenFile = config.registry().tokenFile();
      if (tokenFile != null) {
        String token = Files.readString(tokenFile);
        body.put("proof", TokenProof.of(token, voice.key().verifyingKey()));
      }
      Envelope envelope = voice.signed(Topic.ENROL, body);
      outbox.add(ItemKind.ENROL, Topic.ENROL.of(printer), envelope.digest(), envelope.toBytes());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "cannot read the enrolment's files: " + e + "; check registry.token_file",
          e);
    } catch (OutboxException e) {
      throw new UserError(ExitCode.HARDWARE, String.valueOf(e.getMessage()), e);
    }
  }

  private Path enrolledFile() {
    return config.agent().stateDir().resolve("enrolled");
  }

  @Override
  public String commit(String run, RunFolder folder) throws RunFault {
    try {
      byte[] message;
      if (Files.exists(folder.envelope())) {
        message = Files.readAllBytes(folder.envelope());
      } else {
        message = FingerprintMessage.of(config, run, folder, voice).toBytes();
        AtomicFile.write(folder.envelope(), message);
      }
      String digest = Envelope.parse(message).digest();
      outbox.add(ItemKind.FINGERPRINT, Topic.FINGERPRINT.of(printer), digest, message);
      wake.release();
      return digest;
    } catch (IOException e) {
      throw new RunFault("the fingerprint cannot be kept: " + e + "; is the disk full?", e);
    } catch (EnvelopeException e) {
      throw new RunFault(folder.envelope() + " is damaged: " + e.getMessage(), e);
    } catch (OutboxException e) {
      throw new RunFault(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean answered(String digest) throws RunFault {
    try {
      return !outbox.holds(digest);
    } catch (OutboxException e) {
      throw new RunFault(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Duration patience() {
    return link == null || registry.isEmpty() ? Duration.ZERO : PATIENCE;
  }

  @Override
  public void event(String kind, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("kind", kind);
    body.put("detail", detail.length() > 1000 ? detail.substring(0, 1000) : detail);
    RunView view = latest.get();
    body.put("run", view == null ? null : view.run());
    Envelope envelope = voice.signed(Topic.EVENT, body);
    try {
      outbox.add(ItemKind.EVENT, Topic.EVENT.of(printer), envelope.digest(), envelope.toBytes());
      wake.release();
    } catch (OutboxException e) {
      LOG.error("event {} ({}) is lost: {}", kind, detail, e.getMessage());
    }
  }

  /** Tells a new state; only the latest is kept until it is sent. From any thread. */
  public void tell(RunView view) {
    latest.set(view);
  }

  // ---- Sending, on the uplink's thread.

  private void send() {
    BrokerLink broker = link;
    ObjectNode told = null;
    long telemetryNanos = System.nanoTime() - TELEMETRY_EVERY.toNanos();
    while (!closed && broker != null) {
      try {
        wake.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
        if (!broker.isConnected()) {
          told = null;
          continue;
        }
        for (OutboxItem item : outbox.due(WINDOW)) {
          publish(broker, item.topic(), item.message());
          outbox.sent(item);
        }
        RunView view = latest.get();
        ObjectNode state = view == null ? null : Told.state(view);
        if (state != null && !state.equals(told)) {
          // The headers are added to what is published.
          publish(broker, Topic.STATE, state.deepCopy());
          told = state;
        }
        if (System.nanoTime() - telemetryNanos >= TELEMETRY_EVERY.toNanos()) {
          telemetryNanos = System.nanoTime();
          broker.publish(
              printer, Topic.TELEMETRY, voice.plain(Told.telemetry(view, outbox.depth())));
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        LOG.debug("not sent: {}", e.getMessage());
      } catch (OutboxException e) {
        LOG.error("{}", e.getMessage());
      }
    }
  }

  private void publish(BrokerLink broker, Topic topic, ObjectNode body)
      throws IOException, InterruptedException {
    await(broker.publish(printer, topic, voice.plain(body)));
  }

  private static void publish(BrokerLink broker, String topic, byte[] message)
      throws IOException, InterruptedException {
    await(broker.publish(topic, message, 1, false));
  }

  private static void await(java.util.concurrent.Future<Void> published)
      throws IOException, InterruptedException {
    try {
      published.get(PUBLISH_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private void connected() {
    BrokerLink broker = link;
    if (broker == null) {
      return;
    }
    report(broker.publish(printer, Topic.STATUS, status("online")));
    report(broker.publish(printer, Topic.BIRTH, voice.plain(birth.deepCopy())));
    try {
      outbox.makeAllDue();
    } catch (OutboxException e) {
      LOG.error("{}", e.getMessage());
    }
    wake.release();
  }

  private static void report(java.util.concurrent.CompletableFuture<Void> published) {
    published.whenComplete(
        (done, thrown) -> {
          if (thrown != null) {
            LOG.debug("not sent: {}", thrown.getMessage());
          }
        });
  }

  private byte[] status(String word) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", word).put("session", headers.bootId());
    return voice.plain(body);
  }

  private static ObjectNode birth(
      AgentConfig config, SigningKey key, String version, ObjectNode profile) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("agent_version", version);
    body.put("key_id", key.verifyingKey().id());
    ObjectNode hardware = body.putObject("hardware");
    hardware.put("camera", config.camera().driver());
    hardware.put("lamps", config.lamps().driver());
    hardware.put("accelerometer", config.sensors().accelerometer());
    hardware.put("filament", config.printer().filament());
    body.set("profile", profile);
    return body;
  }

  // ---- What is heard.

  private void receive(Message message) {
    Optional<Topic.Address> address = Topic.parse(message.topic());
    if (address.isEmpty() || !address.get().printer().equals(printer)) {
      return;
    }
    try {
      switch (address.get().topic()) {
        case RECEIPT ->
            receipt(RegistryVoice.believe(Topic.RECEIPT, message.payload(), registry, printer));
        case VERDICT ->
            verdict(RegistryVoice.believe(Topic.VERDICT, message.payload(), registry, printer));
        case CMD -> command(message);
        default -> LOG.debug("nobody asked for {}", message.topic());
      }
    } catch (EnvelopeException e) {
      LOG.warn("a message on {} was not believed: {}", message.topic(), e.getMessage());
    } catch (OutboxException | IOException e) {
      LOG.error("{}", e.getMessage());
    }
  }

  private void receipt(JsonNode payload) throws OutboxException, IOException {
    if (!Receipt.answers(payload, voice.key().verifyingKey().id())) {
      LOG.debug("a receipt about what another key signed");
      return;
    }
    Receipt receipt = Receipt.of(payload);
    boolean enrolment =
        outbox.items().stream()
            .anyMatch(i -> i.kind() == ItemKind.ENROL && i.digest().equals(receipt.digest()));
    if (enrolment && receipt.stored()) {
      AtomicFile.write(enrolledFile(), voice.key().verifyingKey().id() + "\n");
    }
    synchronized (this) {
      receipts.put(receipt.digest(), receipt);
      while (receipts.size() > REMEMBERED_RECEIPTS) {
        receipts.remove(receipts.keySet().iterator().next());
      }
    }
    if (receipt.stored()) {
      outbox.stored(receipt.digest());
    } else if (receipt.refused()) {
      LOG.warn("the registry refused {}: {}", receipt.digest(), receipt.reason());
      outbox.refused(receipt.digest(), receipt.reason());
    } else {
      LOG.info("the registry wants {} again later: {}", receipt.digest(), receipt.reason());
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private synchronized void verdict(JsonNode payload) {
    verdict = payload;
    LOG.info(
        "verdict for run {}: {} ({})",
        payload.path("run").asText(),
        payload.path("verdict").asText(),
        payload.path("event").asText());
    notifyAll();
  }

  private void command(Message message) {
    BrokerLink broker = link;
    if (commands == null || broker == null) {
      return;
    }
    commands
        .take(message)
        .ifPresent(
            outcome -> {
              ObjectNode body = JsonNodeFactory.instance.objectNode();
              body.put("id", outcome.id()).put("ok", outcome.ok());
              body.put("reason", outcome.reason());
              report(
                  broker.publish(printer, Topic.REPLY, voice.signed(Topic.REPLY, body).toBytes()));
            });
  }

  /** What the registry last said of a digest. */
  public synchronized Optional<Receipt> receipt(String digest) {
    return Optional.ofNullable(receipts.get(digest));
  }

  /** The verdict on a digest, waited for. */
  public synchronized Optional<JsonNode> awaitVerdict(String digest, Duration atMost)
      throws InterruptedException {
    long endNanos = System.nanoTime() + atMost.toNanos();
    while (true) {
      JsonNode known = verdict;
      if (known != null && known.path("digest").asText().equals(digest)) {
        return Optional.of(known);
      }
      long leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
      if (leftMs <= 0) {
        return Optional.empty();
      }
      wait(leftMs);
    }
  }

  @Override
  public void close() {
    closed = true;
    sender.interrupt();
    try {
      sender.join(CLOSE_TIMEOUT.toMillis());
      BrokerLink broker = link;
      if (broker != null) {
        if (broker.isConnected()) {
          publishOffline(broker);
        }
        broker.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A clean goodbye suppresses the last will, so it is said here. */
  private void publishOffline(BrokerLink broker) throws InterruptedException {
    try {
      broker
          .publish(printer, Topic.STATUS, status("offline"))
          .get(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("offline was not said: {}", e.getMessage());
    }
  }
}
