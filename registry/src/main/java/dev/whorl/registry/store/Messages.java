package dev.whorl.registry.store;

import dev.whorl.common.mqtt.Header;
import dev.whorl.common.mqtt.Topic;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Everything that was acknowledged as stored, by digest and by number. */
public final class Messages {
  /** What is known of a stored message. */
  public record Stored(String digest, String topic, String printer, String keyId) {}

  private Messages() {}

  /** A stored message by its digest. */
  public static Optional<Stored> find(Handle db, String digest) {
    return db.createQuery("SELECT digest, topic, printer, key_id FROM messages WHERE digest = :d")
        .bind("d", digest)
        .map(
            (row, context) ->
                new Stored(
                    row.getString("digest"),
                    row.getString("topic"),
                    row.getString("printer"),
                    row.getString("key_id")))
        .findOne();
  }

  /** The digest of the message that a key sent under a number. */
  public static Optional<String> digestOf(Handle db, String keyId, String bootId, long seq) {
    return db.createQuery(
            "SELECT digest FROM messages WHERE key_id = :key AND boot_id = :boot AND seq = :seq")
        .bind("key", keyId)
        .bind("boot", bootId)
        .bind("seq", seq)
        .mapTo(String.class)
        .findOne();
  }

  /** Notes a message as stored. */
  public static void add(
      Handle db,
      String digest,
      Topic topic,
      String printer,
      String keyId,
      Header header,
      Instant now) {
    db.createUpdate(
            "INSERT INTO messages (digest, topic, printer, key_id, boot_id, seq, received)"
                + " VALUES (:digest, :topic, :printer, :key, :boot, :seq, :now)")
        .bind("digest", digest)
        .bind("topic", topic.label())
        .bind("printer", printer)
        .bind("key", keyId)
        .bind("boot", header.bootId())
        .bind("seq", header.seq())
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
