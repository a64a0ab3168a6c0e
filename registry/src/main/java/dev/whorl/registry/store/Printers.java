package dev.whorl.registry.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The printers that ever asked to be known. */
public final class Printers {
  private Printers() {}

  /** Every printer's id, sorted. */
  public static List<String> all(Handle db) {
    return db.createQuery("SELECT id FROM printers ORDER BY id").mapTo(String.class).list();
  }

  /** Whether a printer ever asked. */
  public static boolean exists(Handle db, String printer) {
    return db.createQuery("SELECT count(*) FROM printers WHERE id = :id")
            .bind("id", printer)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Notes a printer, if it is new. */
  public static void add(Handle db, String printer, Instant now) {
    db.createUpdate(
            "INSERT INTO printers (id, first_seen) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING")
        .bind("id", printer)
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
