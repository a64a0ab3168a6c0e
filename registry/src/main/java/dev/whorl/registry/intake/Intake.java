package dev.whorl.registry.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.Header;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.common.schema.SchemaException;
import dev.whorl.common.schema.Schemas;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.registry.intake.Receipts.Result;
import dev.whorl.registry.intake.Refusal.Answer;
import dev.whorl.registry.settings.RegistrySettings.EnrolPolicy;
import dev.whorl.registry.store.DeadLetters;
import dev.whorl.registry.store.EnrolTokens;
import dev.whorl.registry.store.Events;
import dev.whorl.registry.store.Fingerprints;
import dev.whorl.registry.store.Keys;
import dev.whorl.registry.store.Messages;
import dev.whorl.registry.store.PrinterKey;
import dev.whorl.registry.store.PrinterKey.State;
import dev.whorl.registry.store.StoredFingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes enrolments, fingerprints and events: size, envelope, key, signature, schema, printer,
 * number are checked, then it is committed, and only then is the receipt sent. What was committed
 * and is sent again gets the same receipt again. Every refusal is counted, logged and kept with its
 * reason.
 *
 * <p>No receipt answers a wrong signature, since anybody could then have a genuine message thrown
 * away by sending its payload badly signed first.
 */
public final class Intake {
  /** What the registry subscribes to. */
  public static final Set<Topic> TOPICS = EnumSet.of(Topic.ENROL, Topic.FINGERPRINT, Topic.EVENT);

  /** Keys that may wait for an operator, so that strangers cannot fill the disk. */
  private static final int MAX_PENDING = 1000;

  private static final int HEAD_CHARS = 512;
  private static final int LONGEST_REASON = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Jdbi jdbi;
  private final EnrolPolicy policy;
  private final Receipts receipts;
  private final RefusalCounts counts;
  private final InstantSource clock;

  /** One thread at a time. */
  public Intake(
      Jdbi jdbi, EnrolPolicy policy, Receipts receipts, RefusalCounts counts, InstantSource clock) {
    this.jdbi = jdbi;
    this.policy = policy;
    this.receipts = receipts;
    this.counts = counts;
    this.clock = clock;
  }

  /** Handles one message. */
  public void handle(Message message) {
    Optional<Topic.Address> address =
        Topic.parse(message.topic()).filter(a -> TOPICS.contains(a.topic()));
    if (address.isEmpty()) {
      note(message, "", new Refusal(Reason.TOPIC, Answer.NONE, "not a topic of agents"));
      return;
    }
    String printer = address.get().printer();
    Envelope envelope;
    try {
      envelope = parse(message.payload());
    } catch (Refusal refusal) {
      note(message, "", refusal);
      return;
    }
    String digest = envelope.digest();
    String keyId = envelope.keyIds().get(0);
    try {
      take(address.get(), envelope);
      receipts.send(printer, digest, keyId, Result.STORED, "");
    } catch (Refusal refusal) {
      note(message, digest, refusal);
      if (refusal.answer != Answer.NONE) {
        Result result = refusal.answer == Answer.RETRY ? Result.RETRY : Result.REFUSED;
        receipts.send(printer, digest, keyId, result, reason(refusal));
      }
    }
  }

  private static Envelope parse(byte[] bytes) throws Refusal {
    if (bytes.length > Envelope.MAX_BYTES) {
      throw new Refusal(
          Reason.OVERSIZED, Answer.NONE, bytes.length + " bytes, more than " + Envelope.MAX_BYTES);
    }
    try {
      return Envelope.parse(bytes);
    } catch (EnvelopeException e) {
      throw new Refusal(Reason.MALFORMED, Answer.NONE, "envelope: " + e.getMessage());
    }
  }

  private void take(Topic.Address address, Envelope envelope) throws Refusal {
    Instant now = clock.instant();
    try {
      if (address.topic() == Topic.ENROL) {
        // The waiting key is committed before its sender is told to wait.
        if (!jdbi.<Boolean, Refusal>inTransaction(
            db -> enrol(db, address.printer(), envelope, now))) {
          throw new Refusal(Reason.PENDING, Answer.RETRY, "waits for an operator to accept it");
        }
      } else {
        jdbi.<Void, Refusal>inTransaction(
            db -> {
              store(db, address, envelope, now);
              return null;
            });
      }
    } catch (JdbiException e) {
      LOG.error("the database failed", e);
      throw new Refusal(Reason.STORE, Answer.RETRY, "the registry could not store it");
    }
  }

  private void store(Handle db, Topic.Address address, Envelope envelope, Instant now)
      throws Refusal {
    String printer = address.printer();
    PrinterKey key = key(db, printer, envelope);
    byte[] payload = verified(address.topic(), envelope, key.key());
    if (!key.printer().equals(printer)) {
      throw new Refusal(
          Reason.WRONG_PRINTER, Answer.REFUSED, "signed by the key of another printer");
    }
    if (isStored(db, address, envelope, key.key())) {
      return;
    }
    if (key.state() == State.PENDING) {
      throw new Refusal(Reason.PENDING, Answer.RETRY, "the key waits for an operator");
    }
    if (key.state() != State.ACTIVE) {
      throw new Refusal(
          Reason.REVOKED_KEY, Answer.REFUSED, "key " + key.key().id() + " is no longer accepted");
    }
    JsonNode tree = checked(address, payload);
    refuseUsedNumber(db, key.key(), tree);
    if (address.topic() == Topic.FINGERPRINT) {
      Fingerprint fingerprint = fingerprint(printer, tree);
      add(db, address, envelope, key.key(), tree, now);
      Fingerprints.add(
          db,
          new StoredFingerprint(
              envelope.digest(),
              printer,
              tree.path("run").textValue(),
              fingerprint.time(),
              now,
              tree.path("fingerprint").toString()),
          text(envelope));
    } else {
      add(db, address, envelope, key.key(), tree, now);
      Events.add(
          db, envelope.digest(), printer, tree.path("kind").textValue(), now, text(envelope));
    }
  }

  /** Whether the key may speak for the printer now; false if it waits for an operator. */
  private boolean enrol(Handle db, String printer, Envelope envelope, Instant now) throws Refusal {
    Topic.Address address = new Topic.Address(printer, Topic.ENROL);
    // The payload names the key that signed it: that shows possession of the key, no more.
    JsonNode tree = checked(address, envelope.payload());
    VerifyingKey key;
    try {
      key = VerifyingKey.fromPem(tree.path("public_key").textValue());
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, Answer.REFUSED, "public_key: " + e.getMessage());
    }
    verified(Topic.ENROL, envelope, key);
    Optional<PrinterKey> known = Keys.find(db, key.id());
    if (known.isPresent() && !known.get().printer().equals(printer)) {
      throw new Refusal(
          Reason.WRONG_PRINTER, Answer.REFUSED, "this key belongs to another printer");
    }
    State state = known.map(PrinterKey::state).orElse(State.PENDING);
    if (state == State.REJECTED || state == State.REPLACED) {
      throw new Refusal(
          Reason.REVOKED_KEY, Answer.REFUSED, "key " + key.id() + " is no longer accepted");
    }
    boolean again = isStored(db, address, envelope, key);
    if (!again) {
      refuseUsedNumber(db, key, tree);
    }
    if (state != State.ACTIVE && !admit(db, printer, key, tree.path("proof").asText(""), now)) {
      return false;
    }
    if (!again) {
      add(db, address, envelope, key, tree, now);
    }
    return true;
  }

  /** Lets a key in by a token, or has it wait for an operator. */
  private boolean admit(Handle db, String printer, VerifyingKey key, String proof, Instant now)
      throws Refusal {
    Optional<String> secret =
        proof.isEmpty() ? Optional.empty() : EnrolTokens.proved(db, printer, proof, key, now);
    if (secret.isPresent()) {
      EnrolTokens.use(db, secret.get(), key);
      Keys.bind(db, printer, key, now);
      LOG.info("{}: enrolled with key {} by token", printer, key.id());
      return true;
    }
    if (policy == EnrolPolicy.TOKEN) {
      throw new Refusal(
          Reason.TOKEN,
          Answer.REFUSED,
          "no unused token of this printer is known to the sender; an operator makes one with"
              + " 'registry token enroll "
              + printer
              + "'");
    }
    if (Keys.find(db, key.id()).isEmpty()) {
      if (Keys.countPending(db) >= MAX_PENDING) {
        throw new Refusal(Reason.PENDING, Answer.RETRY, "too many wait for an operator already");
      }
      Keys.addPending(db, printer, key, now);
    }
    return false;
  }

  private PrinterKey key(Handle db, String printer, Envelope envelope) throws Refusal {
    for (String keyId : envelope.keyIds()) {
      Optional<PrinterKey> key = Keys.find(db, keyId);
      if (key.isPresent()) {
        return key.get();
      }
    }
    // An enrolment may still be under way, by another connection or a lost packet.
    boolean enrolled = Keys.active(db, printer).isPresent();
    throw new Refusal(
        Reason.UNKNOWN_KEY,
        enrolled ? Answer.REFUSED : Answer.RETRY,
        enrolled
            ? "signed by a key that is not this printer's"
            : "this printer is not enrolled; enrolment comes first");
  }

  private static byte[] verified(Topic topic, Envelope envelope, VerifyingKey key) throws Refusal {
    if (!envelope.payloadType().equals(topic.payloadType())) {
      throw new Refusal(
          Reason.MALFORMED,
          Answer.NONE,
          "payload type " + envelope.payloadType() + " on topic " + topic.label());
    }
    try {
      return envelope.verify(topic.payloadType(), key);
    } catch (EnvelopeException e) {
      throw new Refusal(Reason.SIGNATURE, Answer.NONE, e.getMessage());
    }
  }

  private static JsonNode checked(Topic.Address address, byte[] payload) throws Refusal {
    JsonNode tree;
    try {
      tree = Schemas.validate(address.topic(), payload);
      Header.read(tree);
    } catch (SchemaException | IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, Answer.REFUSED, "payload: " + e.getMessage());
    }
    if (!tree.path("printer").asText().equals(address.printer())) {
      throw new Refusal(
          Reason.WRONG_PRINTER,
          Answer.REFUSED,
          "about " + tree.path("printer").asText() + ", not " + address.printer());
    }
    return tree;
  }

  private static Fingerprint fingerprint(String printer, JsonNode tree) throws Refusal {
    Fingerprint fingerprint;
    JsonNode node = tree.path("fingerprint");
    try {
      fingerprint = FingerprintJson.read(node.toString().getBytes(StandardCharsets.UTF_8));
    } catch (FingerprintFormatException | IllegalArgumentException e) {
      throw new Refusal(Reason.MALFORMED, Answer.REFUSED, String.valueOf(e.getMessage()));
    }
    if (!fingerprint.printer().equals(printer)) {
      throw new Refusal(
          Reason.WRONG_PRINTER,
          Answer.REFUSED,
          "the fingerprint is of " + fingerprint.printer() + ", not " + printer);
    }
    if (!fingerprint.coupon().equals(tree.path("coupon").asText())) {
      throw new Refusal(
          Reason.MALFORMED, Answer.REFUSED, "payload and fingerprint name different coupons");
    }
    return fingerprint;
  }

  /** Whether these bytes were stored before, sent by the same key to the same topic. */
  private static boolean isStored(
      Handle db, Topic.Address address, Envelope envelope, VerifyingKey key) throws Refusal {
    Optional<Messages.Stored> stored = Messages.find(db, envelope.digest());
    if (stored.isEmpty()) {
      return false;
    }
    if (stored.get().keyId().equals(key.id())
        && stored.get().printer().equals(address.printer())
        && stored.get().topic().equals(address.topic().label())) {
      return true;
    }
    throw new Refusal(Reason.REPLAY, Answer.REFUSED, "the same bytes were sent before elsewhere");
  }

  private static void refuseUsedNumber(Handle db, VerifyingKey key, JsonNode tree) throws Refusal {
    Header header = Header.read(tree);
    if (Messages.digestOf(db, key.id(), header.bootId(), header.seq()).isPresent()) {
      throw new Refusal(
          Reason.REPLAY,
          Answer.REFUSED,
          "number " + header.seq() + " of boot " + header.bootId() + " was used before");
    }
  }

  private static void add(
      Handle db,
      Topic.Address address,
      Envelope envelope,
      VerifyingKey key,
      JsonNode tree,
      Instant now) {
    Messages.add(
        db,
        envelope.digest(),
        address.topic(),
        address.printer(),
        key.id(),
        Header.read(tree),
        now);
  }

  private void note(Message message, String digest, Refusal refusal) {
    counts.add(refusal.reason);
    LOG.warn("{}: {}: {}", printable(message.topic()), refusal.reason.label(), refusal.detail);
    String head = new String(message.payload(), StandardCharsets.UTF_8);
    try {
      jdbi.useTransaction(
          db ->
              DeadLetters.add(
                  db,
                  clock.instant(),
                  printable(message.topic()),
                  refusal.reason.label(),
                  refusal.detail,
                  digest,
                  printable(head)));
    } catch (JdbiException e) {
      LOG.error("a refusal could not be kept", e);
    }
  }

  private static String reason(Refusal refusal) {
    String text = refusal.reason.label() + ": " + refusal.detail;
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }

  /** What strangers wrote goes into logs and tables short and without control characters. */
  private static String printable(String text) {
    String head = text.length() <= HEAD_CHARS ? text : text.substring(0, HEAD_CHARS);
    return head.replaceAll("\\p{Cntrl}", "?");
  }

  private static String text(Envelope envelope) {
    return new String(envelope.toBytes(), StandardCharsets.UTF_8);
  }
}
