package dev.whorl.registry.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What agents reported to have happened. */
public final class Events {
  private Events() {}

  /** Keeps one with the envelope that proves it. */
  public static void add(
      Handle db, String digest, String printer, String kind, Instant now, String envelope) {
    db.createUpdate(
            "INSERT INTO events (digest, printer, kind, received, envelope)"
                + " VALUES (:digest, :printer, :kind, :now, :envelope)")
        .bind("digest", digest)
        .bind("printer", printer)
        .bind("kind", kind)
        .bind("now", now.toEpochMilli())
        .bind("envelope", envelope)
        .execute();
  }
}
