package dev.whorl.registry.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.registry.FakeAgent;
import dev.whorl.registry.settings.RegistrySettings.EnrolPolicy;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.DeadLetters;
import dev.whorl.registry.store.EnrolTokens;
import dev.whorl.registry.store.Fingerprints;
import dev.whorl.registry.store.Keys;
import dev.whorl.registry.store.PrinterKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

  private record Receipt(String printer, String digest, Receipts.Result result, String reason) {}

  @TempDir Path folder;
  private final List<Receipt> receipts = new ArrayList<>();
  private final RefusalCounts counts = new RefusalCounts();
  private final FakeAgent agent = new FakeAgent("bench-07");
  private final SyntheticPrinter printer = new SyntheticPrinter(1);
  private Instant now = NOW;
  private Database database;
  private Intake intake;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("r.db"));
    intake = intake(EnrolPolicy.TOKEN);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Intake intake(EnrolPolicy policy) {
    return new Intake(
        database.jdbi(),
        policy,
        (id, digest, keyId, result, reason) ->
            receipts.add(new Receipt(id, digest, result, reason)),
        counts,
        () -> now);
  }

  private void send(Topic topic, Envelope envelope) {
    send(topic.of(agent.printer), envelope.toBytes());
  }

  private void send(String topic, byte[] bytes) {
    intake.handle(new Message(topic, bytes, false));
  }

  private Receipt last() {
    return receipts.get(receipts.size() - 1);
  }

  private String token(String id) {
    return database.jdbi().withHandle(db -> EnrolTokens.create(db, id, NOW, new SecureRandom()));
  }

  private void enrolled() {
    send(Topic.ENROL, agent.enrol(token(agent.printer)));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
    receipts.clear();
  }

  private Fingerprint measured() {
    return printer.measure(agent.printer, Duration.ZERO);
  }

  private int stored() {
    return database.jdbi().withHandle(db -> Fingerprints.count(db, agent.printer));
  }

  private void refused(Reason reason) {
    assertThat(last().result()).isEqualTo(Receipts.Result.REFUSED);
    assertThat(last().reason()).startsWith(reason.label() + ": ");
    notedOnce(reason);
  }

  private void notedOnce(Reason reason) {
    assertThat(counts.all()).containsExactly(java.util.Map.entry(reason.label(), 1L));
    assertThat(database.jdbi().withHandle(DeadLetters::countByReason))
        .containsExactly(java.util.Map.entry(reason.label(), 1));
  }

  @Test
  void shouldStoreAFingerprintOfAnEnrolledPrinter() {
    enrolled();
    Envelope envelope = agent.fingerprint("r-1", measured());
    send(Topic.FINGERPRINT, envelope);
    assertThat(receipts)
        .containsExactly(new Receipt("bench-07", envelope.digest(), Receipts.Result.STORED, ""));
    assertThat(stored()).isEqualTo(1);
    assertThat(counts.all()).isEmpty();
  }

  @Test
  void shouldGiveTheSameReceiptForTheSameDigestAndStoreItOnce() {
    enrolled();
    Envelope envelope = agent.fingerprint("r-1", measured());
    send(Topic.FINGERPRINT, envelope);
    send(Topic.FINGERPRINT, envelope);
    assertThat(receipts).hasSize(2);
    assertThat(receipts.get(0)).isEqualTo(receipts.get(1));
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void shouldGiveTheReceiptAfterAKillBetweenCommitAndReceipt() {
    enrolled();
    Envelope envelope = agent.fingerprint("r-1", measured());
    Intake killed =
        new Intake(
            database.jdbi(),
            EnrolPolicy.TOKEN,
            (id, digest, keyId, result, reason) -> {
              throw new IllegalStateException("killed");
            },
            counts,
            () -> now);
    Message message = new Message(Topic.FINGERPRINT.of(agent.printer), envelope.toBytes(), false);
    assertThatThrownBy(() -> killed.handle(message)).hasMessage("killed");
    database.close();
    open();
    intake.handle(message);
    assertThat(last())
        .isEqualTo(new Receipt("bench-07", envelope.digest(), Receipts.Result.STORED, ""));
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void shouldStoreAnEvent() {
    enrolled();
    send(Topic.EVENT, agent.event("run-aborted"));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }

  @Test
  void shouldRefuseANumberThatWasUsedForSomethingElse() {
    enrolled();
    send(Topic.EVENT, agent.event("first"));
    agent.rewind();
    send(Topic.FINGERPRINT, agent.fingerprint("r-1", measured()));
    refused(Reason.REPLAY);
    assertThat(stored()).isZero();
    agent.bootId = "boot-0002";
    agent.rewind();
    send(Topic.FINGERPRINT, agent.fingerprint("r-1", measured()));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }

  @Test
  void shouldRefuseAKeyThatIsNotThePrinters() {
    enrolled();
    FakeAgent stranger = new FakeAgent(agent.printer);
    send(Topic.FINGERPRINT, stranger.fingerprint("r-1", measured()));
    refused(Reason.UNKNOWN_KEY);
    assertThat(stored()).isZero();
  }

  @Test
  void shouldHaveAPrinterThatIsNotEnrolledYetSendAgain() {
    send(Topic.FINGERPRINT, agent.fingerprint("r-1", measured()));
    assertThat(last().result()).isEqualTo(Receipts.Result.RETRY);
    notedOnce(Reason.UNKNOWN_KEY);
  }

  @Test
  void shouldRefuseTheKeyOfAnotherPrinter() {
    enrolled();
    FakeAgent other = new FakeAgent("bench-08");
    send("whorl/bench-08/enrol", other.enrol(token("bench-08")).toBytes());
    // The other printer's agent speaks on this one's topic, about this one.
    ObjectNode payload = other.payload("r-1", measured()).put("printer", agent.printer);
    send(Topic.FINGERPRINT, other.sign(Topic.FINGERPRINT, payload));
    refused(Reason.WRONG_PRINTER);
    assertThat(stored()).isZero();
  }

  @Test
  void shouldRefuseAPayloadOrFingerprintAboutAnotherPrinter() {
    enrolled();
    ObjectNode payload = agent.payload("r-1", measured()).put("printer", "bench-08");
    send(Topic.FINGERPRINT, agent.sign(Topic.FINGERPRINT, payload));
    assertThat(last().reason()).isEqualTo("wrong-printer: about bench-08, not bench-07");
    send(Topic.FINGERPRINT, agent.fingerprint("r-1", printer.measure("bench-08", Duration.ZERO)));
    assertThat(last().reason())
        .isEqualTo("wrong-printer: the fingerprint is of bench-08, not bench-07");
    assertThat(counts.of(Reason.WRONG_PRINTER)).isEqualTo(2);
    assertThat(stored()).isZero();
  }

  @Test
  void shouldNotAnswerAWrongSignature() {
    enrolled();
    Envelope genuine = agent.fingerprint("r-1", measured());
    String forged =
        new String(genuine.toBytes(), StandardCharsets.UTF_8)
            .replaceAll("\"sig\":\"[^\"]*\"", "\"sig\":\"" + "A".repeat(86) + "==\"");
    send(Topic.FINGERPRINT.of(agent.printer), forged.getBytes(StandardCharsets.UTF_8));
    assertThat(receipts).isEmpty();
    notedOnce(Reason.SIGNATURE);
    send(Topic.FINGERPRINT, genuine);
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }

  @Test
  void shouldRefuseAnotherTopicsPayloadType() {
    enrolled();
    send(Topic.EVENT, agent.fingerprint("r-1", measured()));
    assertThat(receipts).isEmpty();
    notedOnce(Reason.MALFORMED);
  }

  @Test
  void shouldRefuseWhatIsOversizedOrMalformed() {
    enrolled();
    send(Topic.FINGERPRINT.of(agent.printer), new byte[Envelope.MAX_BYTES + 1]);
    assertThat(counts.of(Reason.OVERSIZED)).isEqualTo(1);
    send(Topic.FINGERPRINT.of(agent.printer), "{\"payload\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(counts.of(Reason.MALFORMED)).isEqualTo(1);
    assertThat(receipts).isEmpty();
    ObjectNode without = agent.payload("r-1", measured());
    without.remove("run");
    send(Topic.FINGERPRINT, agent.sign(Topic.FINGERPRINT, without));
    assertThat(last().result()).isEqualTo(Receipts.Result.REFUSED);
    assertThat(last().reason()).startsWith("malformed: payload: ").contains("run");
    ObjectNode broken = agent.payload("r-1", measured());
    ((ObjectNode) broken.get("fingerprint")).put("nozzle_mm", -1);
    send(Topic.FINGERPRINT, agent.sign(Topic.FINGERPRINT, broken));
    assertThat(last().reason()).startsWith("malformed: ").contains("nozzle_mm");
    assertThat(counts.of(Reason.MALFORMED)).isEqualTo(3);
    assertThat(stored()).isZero();
  }

  @Test
  void shouldCountWhatIsOnNoTopicOfAgents() {
    send("whorl/bench-07/receipt", new byte[0]);
    send("whorl/UPPER/fingerprint", new byte[0]);
    assertThat(counts.of(Reason.TOPIC)).isEqualTo(2);
    assertThat(receipts).isEmpty();
  }

  @Test
  void shouldTakeATokenOnceAndForItsPrinterOnly() {
    String token = token(agent.printer);
    send(Topic.ENROL, agent.enrol("wrong"));
    refused(Reason.TOKEN);
    send("whorl/bench-08/enrol", new FakeAgent("bench-08").enrol(token).toBytes());
    assertThat(last().reason()).startsWith("token: ");
    send(Topic.ENROL, agent.enrol(null));
    assertThat(last().reason()).startsWith("token: ");
    send(Topic.ENROL, agent.enrol(token));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
    send(Topic.ENROL, new FakeAgent(agent.printer).enrol(token));
    assertThat(last().reason()).startsWith("token: ");
    assertThat(counts.of(Reason.TOKEN)).isEqualTo(4);
  }

  @Test
  void shouldNotTakeATokenThatIsTooOld() {
    String token = token(agent.printer);
    now = NOW.plus(EnrolTokens.VALID);
    send(Topic.ENROL, agent.enrol(token));
    refused(Reason.TOKEN);
  }

  @Test
  void shouldGiveTheReceiptOfAnEnrolmentAgain() {
    Envelope envelope = agent.enrol(token(agent.printer));
    send(Topic.ENROL, envelope);
    send(Topic.ENROL, envelope);
    assertThat(receipts.get(0)).isEqualTo(receipts.get(1));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }

  @Test
  void shouldReplaceAKeyByANewTokenAndRefuseTheOldOne() {
    enrolled();
    FakeAgent again = new FakeAgent(agent.printer);
    send(Topic.ENROL, again.enrol(token(agent.printer)));
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
    send(Topic.EVENT, agent.event("late"));
    refused(Reason.REVOKED_KEY);
    send(Topic.ENROL, agent.enrol(token(agent.printer)));
    assertThat(last().reason()).startsWith("revoked-key: ");
  }

  @Test
  void shouldStillAcknowledgeWhatAReplacedKeySentInTime() {
    enrolled();
    Envelope envelope = agent.event("in-time");
    send(Topic.EVENT, envelope);
    send(Topic.ENROL, new FakeAgent(agent.printer).enrol(token(agent.printer)));
    send(Topic.EVENT, envelope);
    assertThat(last())
        .isEqualTo(new Receipt("bench-07", envelope.digest(), Receipts.Result.STORED, ""));
  }

  @Test
  void shouldHaveAKeyWaitForAnOperatorAndThenTakeItsFingerprint() throws Exception {
    intake = intake(EnrolPolicy.OPERATOR);
    Envelope enrolment = agent.enrol(null);
    Envelope fingerprint = agent.fingerprint("r-1", measured());
    send(Topic.ENROL, enrolment);
    assertThat(last().result()).isEqualTo(Receipts.Result.RETRY);
    send(Topic.FINGERPRINT, fingerprint);
    assertThat(last().result()).isEqualTo(Receipts.Result.RETRY);
    assertThat(counts.of(Reason.PENDING)).isEqualTo(2);
    database
        .jdbi()
        .<PrinterKey, Admission.Impossible>inTransaction(
            db -> Admission.accept(db, agent.printer, null, NOW));
    send(Topic.ENROL, enrolment);
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
    send(Topic.FINGERPRINT, fingerprint);
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }

  @Test
  void shouldRefuseWhomAnOperatorRejected() throws Exception {
    enrolled();
    database
        .jdbi()
        .<Integer, Admission.Impossible>inTransaction(
            db -> Admission.reject(db, agent.printer, null, NOW));
    send(Topic.EVENT, agent.event("late"));
    refused(Reason.REVOKED_KEY);
    assertThat(database.jdbi().withHandle(db -> Keys.of(db, agent.printer)).get(0).state())
        .isEqualTo(PrinterKey.State.REJECTED);
  }

  @Test
  void shouldNotLetAnEnrolmentNameAKeyThatDidNotSignIt() {
    FakeAgent thief = new FakeAgent(agent.printer);
    ObjectNode payload = thief.header().put("public_key", agent.key.verifyingKey().toPem());
    send(Topic.ENROL, thief.sign(Topic.ENROL, payload));
    assertThat(receipts).isEmpty();
    notedOnce(Reason.SIGNATURE);
  }

  @Test
  void shouldAskAgainForWhatTheDatabaseCouldNotTake() {
    enrolled();
    Envelope envelope = agent.event("x");
    database.jdbi().useHandle(db -> db.execute("ALTER TABLE events RENAME TO hidden"));
    send(Topic.EVENT, envelope);
    assertThat(last().result()).isEqualTo(Receipts.Result.RETRY);
    assertThat(counts.of(Reason.STORE)).isEqualTo(1);
    database.jdbi().useHandle(db -> db.execute("ALTER TABLE hidden RENAME TO events"));
    send(Topic.EVENT, envelope);
    assertThat(last().result()).isEqualTo(Receipts.Result.STORED);
  }
}
