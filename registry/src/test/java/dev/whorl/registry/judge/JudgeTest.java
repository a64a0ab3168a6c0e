package dev.whorl.registry.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.template.Action;
import dev.whorl.registry.FakeAgent;
import dev.whorl.registry.intake.Intake;
import dev.whorl.registry.intake.RefusalCounts;
import dev.whorl.registry.settings.RegistrySettings.EnrolPolicy;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.EnrolTokens;
import dev.whorl.registry.store.StoredTemplate;
import dev.whorl.registry.store.Templates;
import dev.whorl.registry.store.Verdicts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path folder;
  private final Map<String, FakeAgent> agents = new HashMap<>();
  private Instant now = NOW;
  private Database database;
  private Intake intake;
  private Judge judge;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("r.db"));
    intake =
        new Intake(
            database.jdbi(),
            EnrolPolicy.TOKEN,
            (id, digest, keyId, result, reason) -> assertThat(reason).isEmpty(),
            new RefusalCounts(),
            () -> now);
    judge = new Judge(database.jdbi(), () -> now, ScoreModels.shipped());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private FakeAgent agent(String id) {
    return agents.computeIfAbsent(
        id,
        printer -> {
          FakeAgent agent = new FakeAgent(printer);
          String token =
              database
                  .jdbi()
                  .withHandle(db -> EnrolTokens.create(db, printer, NOW, new SecureRandom()));
          intake.handle(new Message(Topic.ENROL.of(printer), agent.enrol(token).toBytes(), false));
          return agent;
        });
  }

  private String send(String id, Fingerprint fingerprint) {
    now = now.plusSeconds(60);
    FakeAgent agent = agent(id);
    Envelope envelope = agent.fingerprint("r-" + now.getEpochSecond(), fingerprint);
    intake.handle(new Message(Topic.FINGERPRINT.of(id), envelope.toBytes(), false));
    return envelope.digest();
  }

  private JsonNode judged(String id, SyntheticPrinter printer, Duration later) throws Exception {
    String digest = send(id, printer.measure(id, later));
    judge.judgePending();
    return new ObjectMapper()
        .readTree(database.jdbi().withHandle(db -> Verdicts.find(db, digest)).orElseThrow());
  }

  private String template(String id, StoredTemplate.Kind kind) {
    return database.jdbi().withHandle(db -> Templates.find(db, id, kind)).orElseThrow().digest();
  }

  @Test
  void shouldMakeTheFirstFingerprintTheTemplate() throws Exception {
    JsonNode verdict = judged("a", new SyntheticPrinter(1), Duration.ZERO);
    assertThat(verdict.get("log10_lr").isNull()).isTrue();
    assertThat(verdict.get("verdict").textValue()).isEqualTo("match");
    assertThat(verdict.get("event").textValue()).isEqualTo("none");
    assertThat(verdict.get("template").textValue()).isEqualTo("created");
    assertThat(verdict.get("other").isNull()).isTrue();
  }

  @Test
  void shouldFollowAPrinterAndKeepItsFirstTemplate() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    String first = judged("a", printer, Duration.ZERO).get("digest").textValue();
    JsonNode second = judged("a", printer, WEEK);
    assertThat(second.get("verdict").textValue()).isEqualTo("match");
    assertThat(second.get("log10_lr").doubleValue()).isGreaterThan(2);
    assertThat(second.get("template").textValue()).isEqualTo("updated");
    assertThat(template("a", StoredTemplate.Kind.FIRST)).isEqualTo(first);
    assertThat(template("a", StoredTemplate.Kind.LATEST))
        .isEqualTo(second.get("digest").textValue());
  }

  @Test
  void shouldNameAChangedNozzleAndCarryOnWithTheNewOne() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    judged("a", printer, Duration.ZERO);
    printer.changeNozzle();
    JsonNode changed = judged("a", printer, WEEK);
    assertThat(changed.get("verdict").textValue()).isEqualTo("drift");
    assertThat(changed.get("event").textValue()).isEqualTo("nozzle-changed");
    assertThat(changed.at("/components/nozzle/changed").doubleValue()).isGreaterThan(0.5);
    assertThat(judged("a", printer, WEEK.multipliedBy(2)).get("verdict").textValue())
        .isEqualTo("match");
  }

  @Test
  void shouldNameTheEnrolledPrinterBehindAnImpostorAndKeepTheTemplate() throws Exception {
    SyntheticPrinter b = new SyntheticPrinter(2);
    String first = judged("a", new SyntheticPrinter(1), Duration.ZERO).get("digest").textValue();
    judged("b", b, Duration.ZERO);
    JsonNode verdict = judged("a", b, WEEK);
    assertThat(verdict.get("verdict").textValue()).isEqualTo("mismatch");
    assertThat(verdict.get("event").textValue()).isEqualTo("other-printer");
    assertThat(verdict.at("/other/printer").textValue()).isEqualTo("b");
    assertThat(verdict.get("template").textValue()).isEqualTo("kept");
    assertThat(template("a", StoredTemplate.Kind.LATEST)).isEqualTo(first);
  }

  @Test
  void shouldSayWhenANewPrinterIsOneThatIsKnownAlready() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    judged("a", printer, Duration.ZERO);
    JsonNode verdict = judged("b", printer, WEEK);
    assertThat(verdict.get("template").textValue()).isEqualTo("created");
    assertThat(verdict.at("/other/printer").textValue()).isEqualTo("a");
  }

  @Test
  void shouldRankTheMakerFirst() throws Exception {
    SyntheticPrinter b = new SyntheticPrinter(2);
    judged("a", new SyntheticPrinter(1), Duration.ZERO);
    judged("b", b, Duration.ZERO);
    judged("c", new SyntheticPrinter(3), Duration.ZERO);
    List<Candidate> candidates = judge.identify(b.measure("unknown", WEEK));
    assertThat(candidates).extracting(Candidate::printer).hasSize(3).first().isEqualTo("b");
    assertThat(candidates).extracting(Candidate::isMaker).containsExactly(true, false, false);
  }

  @Test
  void shouldJudgeAfterARestartWhatWasLeftUnjudged() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    String first = send("a", printer.measure("a", Duration.ZERO));
    String second = send("a", printer.measure("a", WEEK));
    database.close();
    open();
    judge.judgePending();
    List<Verdicts.Stored> verdicts = database.jdbi().withHandle(db -> Verdicts.unpublished(db, 10));
    assertThat(verdicts).extracting(Verdicts.Stored::digest).containsExactly(first, second);
  }

  @Test
  void shouldWaitForAnOperatorWhereAPrinterIsExchangedPartByPart() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(6);
    judged("a", printer, Duration.ZERO);
    printer.changeNozzle();
    JsonNode nozzle = judged("a", printer, WEEK);
    assertThat(nozzle.get("template").textValue()).isEqualTo("restarted");
    assertThat(nozzle.at("/template_parts/nozzle").textValue()).isEqualTo("restarted");
    assertThat(nozzle.at("/template_parts/axis_x").textValue()).isEqualTo("updated");
    printer.changeAxis(0);
    assertThat(judged("a", printer, WEEK.multipliedBy(2)).at("/template_parts/axis_x").textValue())
        .isEqualTo("restarted");
    printer.changeAxis(1);
    JsonNode last = judged("a", printer, WEEK.multipliedBy(3));
    assertThat(last.get("template").textValue()).isEqualTo("limited");
    assertThat(last.at("/template_parts/axis_y").textValue()).isEqualTo("limited");
    assertThat(judge.acceptLast("a").orElseThrow().actions())
        .containsEntry("axis_y", Action.RESTARTED);
    JsonNode after = judged("a", printer, WEEK.multipliedBy(4));
    assertThat(after.get("verdict").textValue()).isEqualTo("match");
    assertThat(after.get("template").textValue()).isEqualTo("updated");
  }

  @Test
  void shouldHaveNothingToAcceptOfAPrinterThatIsNotKnown() {
    assertThat(judge.acceptLast("nobody")).isEmpty();
  }
}
