package dev.whorl.registry.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was thought of fingerprints. */
public final class Verdicts {
  /** A verdict's JSON: the fields of its payload without the header. */
  public record Stored(String digest, String printer, String json) {}

  private Verdicts() {}

  /** Keeps one, not yet published. */
  public static void add(Handle db, Stored verdict, Instant now) {
    db.createUpdate(
            "INSERT INTO verdicts (digest, printer, judged, json, published)"
                + " VALUES (:digest, :printer, :now, :json, 0)")
        .bind("digest", verdict.digest())
        .bind("printer", verdict.printer())
        .bind("now", now.toEpochMilli())
        .bind("json", verdict.json())
        .execute();
  }

  /** Marks one as known to the broker. */
  public static void published(Handle db, String digest) {
    db.createUpdate("UPDATE verdicts SET published = 1 WHERE digest = :digest")
        .bind("digest", digest)
        .execute();
  }

  /** Those the broker does not know, oldest first. */
  public static List<Stored> unpublished(Handle db, int limit) {
    return db.createQuery(
            "SELECT digest, printer, json FROM verdicts WHERE published = 0"
                + " ORDER BY judged, rowid LIMIT :limit")
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Stored(
                    row.getString("digest"), row.getString("printer"), row.getString("json")))
        .list();
  }

  /** The verdict of one fingerprint. */
  public static Optional<String> find(Handle db, String digest) {
    return db.createQuery("SELECT json FROM verdicts WHERE digest = :digest")
        .bind("digest", digest)
        .mapTo(String.class)
        .findOne();
  }

  /** The latest verdict of a printer. */
  public static Optional<String> latest(Handle db, String printer) {
    return db.createQuery(
            "SELECT json FROM verdicts WHERE printer = :printer ORDER BY judged DESC, rowid DESC"
                + " LIMIT 1")
        .bind("printer", printer)
        .mapTo(String.class)
        .findOne();
  }
}
