package dev.whorl.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The latest refusals with their reasons, for people to look at; at most {@value #KEPT}. */
public final class DeadLetters {
  static final int KEPT = 1000;

  private DeadLetters() {}

  /** Keeps one and forgets the oldest beyond the bound. */
  public static void add(
      Handle db,
      Instant now,
      String topic,
      String reason,
      String detail,
      String digest,
      String head) {
    db.createUpdate(
            "INSERT INTO dead_letters (received, topic, reason, detail, digest, head)"
                + " VALUES (:now, :topic, :reason, :detail, :digest, :head)")
        .bind("now", now.toEpochMilli())
        .bind("topic", topic)
        .bind("reason", reason)
        .bind("detail", detail)
        .bind("digest", digest)
        .bind("head", head)
        .execute();
    db.createUpdate(
            "DELETE FROM dead_letters WHERE id <="
                + " (SELECT max(id) FROM dead_letters) - "
                + KEPT)
        .execute();
  }

  /** How many are kept of each reason. */
  public static Map<String, Integer> countByReason(Handle db) {
    Map<String, Integer> counts = new TreeMap<>();
    db.createQuery("SELECT reason, count(*) AS n FROM dead_letters GROUP BY reason")
        .map((row, context) -> counts.put(row.getString("reason"), row.getInt("n")))
        .list();
    return counts;
  }
}
