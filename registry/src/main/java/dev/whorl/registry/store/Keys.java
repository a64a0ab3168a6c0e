package dev.whorl.registry.store;

import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.registry.store.PrinterKey.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Which key speaks for which printer. A printer has at most one active key. */
public final class Keys {
  private static final RowMapper<PrinterKey> ROW =
      (row, context) ->
          new PrinterKey(
              row.getString("printer"),
              VerifyingKey.fromPem(row.getString("public_key")),
              State.valueOf(row.getString("state")));

  private Keys() {}

  /** A key by its id. */
  public static Optional<PrinterKey> find(Handle db, String keyId) {
    return db.createQuery("SELECT * FROM keys WHERE id = :id").bind("id", keyId).map(ROW).findOne();
  }

  /** The keys of a printer, newest first. */
  public static List<PrinterKey> of(Handle db, String printer) {
    return db.createQuery("SELECT * FROM keys WHERE printer = :printer ORDER BY since DESC, id")
        .bind("printer", printer)
        .map(ROW)
        .list();
  }

  /** The key that speaks for a printer. */
  public static Optional<PrinterKey> active(Handle db, String printer) {
    return of(db, printer).stream().filter(key -> key.state() == State.ACTIVE).findFirst();
  }

  /** How many keys wait for an operator. */
  public static int countPending(Handle db) {
    return db.createQuery("SELECT count(*) FROM keys WHERE state = :state")
        .bind("state", State.PENDING.name())
        .mapTo(Integer.class)
        .one();
  }

  /** Notes a key that waits for an operator. */
  public static void addPending(Handle db, String printer, VerifyingKey key, Instant now) {
    put(db, printer, key, State.PENDING, now);
  }

  /** Lets a key speak for its printer; the one that did so far no longer does. */
  public static void bind(Handle db, String printer, VerifyingKey key, Instant now) {
    db.createUpdate("UPDATE keys SET state = :to WHERE printer = :printer AND state = :from")
        .bind("to", State.REPLACED.name())
        .bind("from", State.ACTIVE.name())
        .bind("printer", printer)
        .execute();
    put(db, printer, key, State.ACTIVE, now);
  }

  /** Turns a key away. */
  public static void reject(Handle db, PrinterKey key, Instant now) {
    put(db, key.printer(), key.key(), State.REJECTED, now);
  }

  private static void put(Handle db, String printer, VerifyingKey key, State state, Instant now) {
    Printers.add(db, printer, now);
    db.createUpdate(
            "INSERT INTO keys (id, printer, public_key, state, since)"
                + " VALUES (:id, :printer, :pem, :state, :now)"
                + " ON CONFLICT (id) DO UPDATE SET state = :state, since = :now")
        .bind("id", key.id())
        .bind("printer", printer)
        .bind("pem", key.toPem())
        .bind("state", state.name())
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
