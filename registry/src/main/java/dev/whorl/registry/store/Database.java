package dev.whorl.registry.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * The database file and the connections to it. Write-ahead log and synchronous FULL: what was
 * committed survives a power cut. Several processes may have it open, as a verb beside the running
 * registry does.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  /** How long a writer waits for another. */
  private static final int BUSY_TIMEOUT_MS = 15_000;

  private final HikariDataSource source;
  private final Jdbi jdbi;

  private Database(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens a database and brings its tables up to date; makes it where it is missing.
   *
   * @throws UserError when the file cannot be used
   */
  public static Database open(Path file) {
    HikariDataSource source = null;
    try {
      makePrivateFolder(file);
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl("jdbc:sqlite:" + file);
      config.addDataSourceProperty("journal_mode", "WAL");
      config.addDataSourceProperty("synchronous", "FULL");
      config.addDataSourceProperty("foreign_keys", "true");
      config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MS));
      // A deferred transaction that turns from reading to writing fails at once when it must wait.
      config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
      config.setMaximumPoolSize(CONNECTIONS);
      config.setPoolName("registry");
      source = new HikariDataSource(config);
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:dev/whorl/registry/store")
          .load()
          .migrate();
      return new Database(source);
    } catch (IOException
        | FlywayException
        | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      if (source != null) {
        source.close();
      }
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserError(
          ExitCode.USAGE, file + ": cannot be used as the registry's database: " + why, e);
    }
  }

  /** For queries and transactions. */
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    source.close();
  }

  /** It holds enrolment tokens. */
  private static void makePrivateFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
