package dev.whorl.registry.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Fingerprints, raw: a later version judges them again. */
public final class Fingerprints {
  private static final RowMapper<StoredFingerprint> ROW =
      (row, context) ->
          new StoredFingerprint(
              row.getString("digest"),
              row.getString("printer"),
              row.getString("run"),
              Instant.ofEpochMilli(row.getLong("taken")),
              Instant.ofEpochMilli(row.getLong("received")),
              row.getString("json"));

  private Fingerprints() {}

  /** Keeps one with the envelope that proves it. */
  public static void add(Handle db, StoredFingerprint fingerprint, String envelope) {
    db.createUpdate(
            "INSERT INTO fingerprints (digest, printer, run, taken, received, json, envelope)"
                + " VALUES (:digest, :printer, :run, :taken, :received, :json, :envelope)")
        .bind("digest", fingerprint.digest())
        .bind("printer", fingerprint.printer())
        .bind("run", fingerprint.run())
        .bind("taken", fingerprint.taken().toEpochMilli())
        .bind("received", fingerprint.received().toEpochMilli())
        .bind("json", fingerprint.json())
        .bind("envelope", envelope)
        .execute();
  }

  /** The latest of a printer, newest first. */
  public static List<StoredFingerprint> of(Handle db, String printer, int limit) {
    return db.createQuery(
            "SELECT * FROM fingerprints WHERE printer = :printer"
                + " ORDER BY received DESC, digest LIMIT :limit")
        .bind("printer", printer)
        .bind("limit", limit)
        .map(ROW)
        .list();
  }

  /** How many a printer has. */
  public static int count(Handle db, String printer) {
    return db.createQuery("SELECT count(*) FROM fingerprints WHERE printer = :printer")
        .bind("printer", printer)
        .mapTo(Integer.class)
        .one();
  }

  /** Those that have no verdict yet, oldest first. */
  public static List<StoredFingerprint> unjudged(Handle db, int limit) {
    return db.createQuery(
            "SELECT f.* FROM fingerprints f LEFT JOIN verdicts v ON v.digest = f.digest"
                + " WHERE v.digest IS NULL ORDER BY f.received, f.digest LIMIT :limit")
        .bind("limit", limit)
        .map(ROW)
        .list();
  }
}
