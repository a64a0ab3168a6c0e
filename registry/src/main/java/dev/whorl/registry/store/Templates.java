package dev.whorl.registry.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The templates of all printers. */
public final class Templates {
  private static final RowMapper<StoredTemplate> ROW =
      (row, context) ->
          new StoredTemplate(
              row.getString("printer"),
              StoredTemplate.Kind.valueOf(row.getString("kind")),
              row.getString("digest"),
              row.getString("json"));

  private Templates() {}

  /** One of a printer's. */
  public static Optional<StoredTemplate> find(Handle db, String printer, StoredTemplate.Kind kind) {
    return db.createQuery("SELECT * FROM templates WHERE printer = :printer AND kind = :kind")
        .bind("printer", printer)
        .bind("kind", kind.name())
        .map(ROW)
        .findOne();
  }

  /** The latest of every printer that has an active key. */
  public static List<StoredTemplate> latestOfAll(Handle db) {
    return db.createQuery(
            "SELECT * FROM templates t WHERE kind = 'LATEST' AND EXISTS"
                + " (SELECT 1 FROM keys k WHERE k.printer = t.printer AND k.state = 'ACTIVE')"
                + " ORDER BY printer")
        .map(ROW)
        .list();
  }

  /** Sets one; the first of a printer is only ever set once. */
  public static void put(Handle db, StoredTemplate template) {
    String conflict =
        template.kind() == StoredTemplate.Kind.FIRST
            ? "DO NOTHING"
            : "DO UPDATE SET digest = :digest, json = :json";
    db.createUpdate(
            "INSERT INTO templates (printer, kind, digest, json)"
                + " VALUES (:printer, :kind, :digest, :json) ON CONFLICT (printer, kind) "
                + conflict)
        .bind("printer", template.printer())
        .bind("kind", template.kind().name())
        .bind("digest", template.digest())
        .bind("json", template.json())
        .execute();
  }
}
