package dev.whorl.registry.service;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.BrokerLink;
import dev.whorl.common.mqtt.Headers;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.registry.http.HttpApi;
import dev.whorl.registry.intake.Intake;
import dev.whorl.registry.intake.RefusalCounts;
import dev.whorl.registry.judge.Judge;
import dev.whorl.registry.judge.ModelsFile;
import dev.whorl.registry.settings.RegistrySettings;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running registry. What arrives is taken in, judged and answered on one thread, the broker
 * link's {@code mqtt-in}; HTTP has threads of its own and only reads, but for an operator's accept
 * and reject.
 */
public final class RegistryService implements AutoCloseable {
  /** Agents that speak while nobody listens ask again only after a minute, so listen first. */
  private static final Duration BROKER_BEFORE_HTTP = Duration.ofSeconds(10);

  private static final int VERDICTS_AT_A_TIME = 100;
  private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);

  private final Database database;
  private final BrokerLink link;
  private final Voice voice;
  private final Intake intake;
  private final Judge judge;
  private final HttpApi http;

  private RegistryService(
      RegistrySettings settings,
      Database database,
      SigningKey key,
      ScoreModels models,
      InstantSource clock) {
    this.database = database;
    SecureRandom random = new SecureRandom();
    link =
        new BrokerLink(
            settings.mqtt(),
            "whorl-registry-" + key.verifyingKey().id(),
            null,
            this::handle,
            random);
    Headers headers =
        new Headers(UUID.randomUUID().toString(), clock, System::nanoTime, () -> true);
    voice = new Voice(key, headers, link::publish);
    RefusalCounts refusals = new RefusalCounts();
    intake = new Intake(database.jdbi(), settings.enrolPolicy(), voice, refusals, clock);
    judge = new Judge(database.jdbi(), clock, models);
    http = new HttpApi(settings, database.jdbi(), judge, refusals, link::isConnected, clock);
    for (Topic topic : Intake.TOPICS) {
      link.subscribe(topic.ofAll(), topic.qos());
    }
    link.onConnected(this::publishVerdicts);
  }

  /**
   * Starts a registry: makes its key and database where they are missing, judges what was left
   * unjudged, connects, and listens.
   *
   * @throws UserError when something of it cannot be used
   */
  public static RegistryService start(RegistrySettings settings, InstantSource clock)
      throws InterruptedException {
    ScoreModels models = ModelsFile.of(settings.stateDir());
    Database database = Database.open(settings.database());
    try {
      SigningKey key = SigningKey.readOrCreate(settings.key(), new SecureRandom());
      publishKey(settings, key);
      RegistryService service = new RegistryService(settings, database, key, models, clock);
      try {
        service.judge.judgePending();
        service.link.start();
        service.link.awaitConnected(BROKER_BEFORE_HTTP);
        service.http.start();
      } catch (InterruptedException | RuntimeException e) {
        service.link.close();
        throw e;
      }
      LOG.info("ratios are scaled as fitted on {}", models.fittedOn().text());
      LOG.info("the registry's public key is {}", settings.publicKey());
      return service;
    } catch (InterruptedException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The port that HTTP listens on, which matters where the settings say 0. */
  public int httpPort() {
    return http.port();
  }

  /** Whether the broker is there. */
  public boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public void close() {
    http.close();
    link.close();
    database.close();
  }

  private void handle(Message message) {
    intake.handle(message);
    judge.judgePending();
    publishVerdicts();
  }

  /** Publishes what the broker does not have, oldest first, so that the newest stays retained. */
  private synchronized void publishVerdicts() {
    List<Verdicts.Stored> waiting =
        database.jdbi().withHandle(db -> Verdicts.unpublished(db, VERDICTS_AT_A_TIME));
    for (Verdicts.Stored verdict : waiting) {
      voice
          .sendVerdict(verdict.printer(), verdict.json())
          .whenComplete((done, thrown) -> published(verdict, thrown));
    }
  }

  private void published(
      Verdicts.Stored verdict, @org.jspecify.annotations.Nullable Throwable thrown) {
    if (thrown != null) {
      LOG.warn("{}: a verdict did not go out yet: {}", verdict.printer(), thrown.getMessage());
      return;
    }
    try {
      database.jdbi().useHandle(db -> Verdicts.published(db, verdict.digest()));
    } catch (JdbiException e) {
      // It goes out once more then, which does no harm.
      LOG.debug("a verdict could not be marked as published", e);
    }
  }

  private static void publishKey(RegistrySettings settings, SigningKey key) {
    try {
      Files.createDirectories(settings.stateDir());
      key.verifyingKey().write(settings.publicKey());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          settings.publicKey() + ": the public key cannot be written here: " + e.getMessage(),
          e);
    }
  }
}
