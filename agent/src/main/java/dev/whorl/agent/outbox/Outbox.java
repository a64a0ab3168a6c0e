package dev.whorl.agent.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The messages that the registry has not yet acknowledged, in SQLite (WAL, synchronous FULL): what
 * {@link #add} took survives a power cut. Every row carries a SHA-256 that is checked when it is
 * read; a row that fails it becomes a dead letter.
 *
 * <p>Bounded: at most {@value #MOST_ITEMS} messages of at most {@value #LARGEST_MESSAGE_BYTES}
 * bytes. When it is full the oldest event gives way; a fingerprint or an enrolment never does.
 *
 * <p>Safe for several threads.
 */
public final class Outbox implements AutoCloseable {
  public static final int MOST_ITEMS = 4096;
  public static final int LARGEST_MESSAGE_BYTES = 64 * 1024;

  /** Enough to see what went wrong; the oldest give way. */
  static final int MOST_DEAD_LETTERS = 1000;

  private final Connection connection;
  private final InstantSource clock;
  private final Optional<Path> setAside;

  private Outbox(Connection connection, InstantSource clock, Optional<Path> setAside) {
    this.connection = connection;
    this.clock = clock;
    this.setAside = setAside;
  }

  /**
   * Opens or creates an outbox. A database that SQLite finds damaged is set aside and a fresh one
   * begun: the frames of the runs are still there to compute from.
   */
  public static Outbox open(Path file, InstantSource clock) throws OutboxException {
    Optional<Path> setAside = Optional.empty();
    try {
      try {
        return new Outbox(connect(file), clock, setAside);
      } catch (SQLException damaged) {
        if (!Files.exists(file) || !isDamage(damaged)) {
          throw damaged;
        }
        setAside = Optional.of(moveAside(file));
        return new Outbox(connect(file), clock, setAside);
      }
    } catch (SQLException | IOException e) {
      throw new OutboxException("outbox " + file + ": cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (check.next() && !check.getString(1).equals("ok")) {
          throw new SQLException(DAMAGED + check.getString(1));
        }
      }
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS item (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, priority INTEGER NOT NULL,
            topic TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, message BLOB NOT NULL,
            sha256 TEXT NOT NULL, created_ms INTEGER NOT NULL, attempts INTEGER NOT NULL,
            next_ms INTEGER NOT NULL)""");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS dead (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, digest TEXT NOT NULL,
            message BLOB NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL)""");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static final String DAMAGED = "damaged: ";

  private static boolean isDamage(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(DAMAGED)
        || message.contains("SQLITE_CORRUPT")
        || message.contains("SQLITE_NOTADB");
  }

  private static Path moveAside(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    for (String suffix : List.of("-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
    return aside;
  }

  /** Where a damaged database was moved when this one was opened, if it was. */
  public Optional<Path> setAside() {
    return setAside;
  }

  /**
   * Commits a message. The same digest twice is the same message and is kept once.
   *
   * @throws OutboxException when it is full, the message too large, or the disk refuses
   */
  public synchronized void add(ItemKind kind, String topic, String digest, byte[] message)
      throws OutboxException {
    if (message.length > LARGEST_MESSAGE_BYTES) {
      throw new OutboxException(
          "outbox: a message of " + message.length + " bytes is beyond " + LARGEST_MESSAGE_BYTES);
    }
    long nowMs = clock.millis();
    try {
      makeRoom(kind);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO item (kind, priority, topic, digest, message, sha256, created_ms,"
                  + " attempts, next_ms) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"
                  + " ON CONFLICT (digest) DO NOTHING")) {
        insert.setString(1, kind.label());
        insert.setInt(2, kind.ordinal());
        insert.setString(3, topic);
        insert.setString(4, digest);
        insert.setBytes(5, message);
        insert.setString(6, rowSha256(kind.label(), topic, digest, message));
        insert.setLong(7, nowMs);
        insert.setLong(8, nowMs);
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed("commit a message", e);
    }
  }

  private void makeRoom(ItemKind kind) throws SQLException, OutboxException {
    if (count("SELECT count(*) FROM item") < MOST_ITEMS) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      int evicted =
          statement.executeUpdate(
              "DELETE FROM item WHERE id = (SELECT min(id) FROM item WHERE kind = 'event')");
      if (evicted == 0) {
        throw new OutboxException(
            "outbox: full with "
                + MOST_ITEMS
                + " fingerprints that nobody acknowledged; the "
                + kind.label()
                + " is not kept. Restore the way to the registry");
      }
    }
  }

  /**
   * What should be sent now, the most important and then the oldest first. Damaged rows become dead
   * letters on the way.
   */
  public synchronized List<OutboxItem> due(int most) throws OutboxException {
    return read("WHERE next_ms <= " + clock.millis(), most);
  }

  /** Everything that waits, in the order in which it is sent. */
  public synchronized List<OutboxItem> items() throws OutboxException {
    return read("", MOST_ITEMS);
  }

  private List<OutboxItem> read(String where, int most) throws OutboxException {
    List<OutboxItem> items = new ArrayList<>();
    List<OutboxItem> damaged = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM item " + where + " ORDER BY priority, id LIMIT " + most)) {
      while (rows.next()) {
        OutboxItem item = itemOf(rows);
        String sha256 =
            rowSha256(rows.getString("kind"), item.topic(), item.digest(), item.message());
        (sha256.equals(rows.getString("sha256")) ? items : damaged).add(item);
      }
    } catch (SQLException | RuntimeException e) {
      throw failed("be read", e);
    }
    for (OutboxItem item : damaged) {
      bury(item, "damaged on this machine's disk");
    }
    return items;
  }

  private static OutboxItem itemOf(ResultSet row) throws SQLException {
    ItemKind kind;
    try {
      kind = ItemKind.ofLabel(row.getString("kind"));
    } catch (IllegalArgumentException e) {
      // Its SHA-256 will not agree either; until then it needs some kind.
      kind = ItemKind.EVENT;
    }
    return new OutboxItem(
        row.getLong("id"),
        kind,
        row.getString("topic"),
        row.getString("digest"),
        row.getBytes("message"),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("next_ms")));
  }

  /** Notes that an item was handed to the broker; it rests until its receipt or the next try. */
  public synchronized void sent(OutboxItem item) throws OutboxException {
    int attempts = item.attempts() + 1;
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE item SET attempts = ?, next_ms = ? WHERE id = ?")) {
      update.setInt(1, attempts);
      update.setLong(2, clock.millis() + ResendDelay.after(attempts).toMillis());
      update.setLong(3, item.id());
      update.executeUpdate();
    } catch (SQLException e) {
      throw failed("note a sending", e);
    }
  }

  /** After a new connection everything unanswered may be sent at once. */
  public synchronized void makeAllDue() throws OutboxException {
    try (PreparedStatement update = connection.prepareStatement("UPDATE item SET next_ms = ?")) {
      update.setLong(1, clock.millis());
      update.executeUpdate();
    } catch (SQLException e) {
      throw failed("be made due", e);
    }
  }

  /**
   * The registry has it: it is deleted.
   *
   * @return whether it was here
   */
  public synchronized boolean stored(String digest) throws OutboxException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM item WHERE digest = ?")) {
      delete.setString(1, digest);
      return delete.executeUpdate() > 0;
    } catch (SQLException e) {
      throw failed("delete what was stored", e);
    }
  }

  /**
   * The registry will never take it: it becomes a dead letter with the reason.
   *
   * @return whether it was here
   */
  public synchronized boolean refused(String digest, String reason) throws OutboxException {
    Optional<OutboxItem> item = find(digest);
    if (item.isPresent()) {
      bury(item.get(), reason);
    }
    return item.isPresent();
  }

  /** Whether a digest still waits. */
  public synchronized boolean holds(String digest) throws OutboxException {
    return find(digest).isPresent();
  }

  private Optional<OutboxItem> find(String digest) throws OutboxException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM item WHERE digest = ?")) {
      select.setString(1, digest);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(itemOf(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed("be searched", e);
    }
  }

  private void bury(OutboxItem item, String reason) throws OutboxException {
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO dead (kind, digest, message, reason, at_ms) VALUES (?, ?, ?, ?, ?)");
          PreparedStatement delete = connection.prepareStatement("DELETE FROM item WHERE id = ?");
          Statement trim = connection.createStatement()) {
        insert.setString(1, item.kind().label());
        insert.setString(2, item.digest());
        insert.setBytes(3, item.message());
        insert.setString(4, reason);
        insert.setLong(5, clock.millis());
        insert.executeUpdate();
        delete.setLong(1, item.id());
        delete.executeUpdate();
        trim.executeUpdate(
            "DELETE FROM dead WHERE id <= (SELECT max(id) FROM dead) - " + MOST_DEAD_LETTERS);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed("bury a dead letter", e);
    }
  }

  /** The dead letters, the latest first. */
  public synchronized List<DeadLetter> deadLetters() throws OutboxException {
    List<DeadLetter> letters = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM dead ORDER BY id DESC")) {
      while (rows.next()) {
        letters.add(
            new DeadLetter(
                ItemKind.ofLabel(rows.getString("kind")),
                rows.getString("digest"),
                rows.getString("reason"),
                Instant.ofEpochMilli(rows.getLong("at_ms"))));
      }
      return letters;
    } catch (SQLException | IllegalArgumentException e) {
      throw failed("list its dead letters", e);
    }
  }

  /** How many messages wait. */
  public synchronized int depth() throws OutboxException {
    try {
      return count("SELECT count(*) FROM item");
    } catch (SQLException e) {
      throw failed("be counted", e);
    }
  }

  private int count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  @Override
  public synchronized void close() throws OutboxException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("be closed", e);
    }
  }

  private static OutboxException failed(String what, Exception e) {
    return new OutboxException(
        "outbox: could not " + what + ": " + e.getMessage() + "; is the disk full or read-only?",
        e);
  }

  private static String rowSha256(String kind, String topic, String digest, byte[] message) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String field : List.of(kind, topic, digest)) {
        sha256.update(field.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha256.digest(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
