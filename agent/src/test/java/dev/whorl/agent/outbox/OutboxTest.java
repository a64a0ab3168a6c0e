package dev.whorl.agent.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir Path dir;
  private Path file;
  private Instant now = Instant.parse("2026-11-24T20:00:00Z");
  private final InstantSource clock = () -> now;

  @BeforeEach
  void name() {
    file = dir.resolve("outbox.db");
  }

  private static byte[] message(String text) {
    return text.getBytes(UTF_8);
  }

  private void sql(String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  @Test
  void shouldStillHoldWhatItTookAfterBeingClosed() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "whorl/p/fingerprint", "d1", message("one"));
    }
    try (Outbox outbox = Outbox.open(file, clock)) {
      OutboxItem item = outbox.due(10).get(0);
      assertThat(item.topic()).isEqualTo("whorl/p/fingerprint");
      assertThat(item.message()).isEqualTo(message("one"));
      assertThat(item.createdAt()).isEqualTo(now);
    }
  }

  @Test
  void shouldSendEnrolmentThenFingerprintsThenEvents() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.EVENT, "t", "d1", message("event"));
      outbox.add(ItemKind.FINGERPRINT, "t", "d2", message("fingerprint"));
      outbox.add(ItemKind.ENROL, "t", "d3", message("enrolment"));

      assertThat(outbox.due(2)).extracting(OutboxItem::digest).containsExactly("d3", "d2");
    }
  }

  @Test
  void shouldRestAMinuteThenTwoAndNeverMoreThanAnHour() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));
      for (long expectedS : List.of(60, 120, 240, 480, 960, 1920, 3600, 3600, 3600)) {
        outbox.sent(outbox.due(1).get(0));
        now = now.plusSeconds(expectedS).minusMillis(1);
        assertThat(outbox.due(1)).as("before %d s", expectedS).isEmpty();
        now = now.plusMillis(1);
        assertThat(outbox.due(1)).as("after %d s", expectedS).hasSize(1);
      }
    }
  }

  @Test
  void shouldSendAgainAtOnceOverANewConnection() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));
      outbox.sent(outbox.due(1).get(0));
      outbox.makeAllDue();

      assertThat(outbox.due(1)).hasSize(1);
    }
  }

  @Test
  void shouldDeleteOnlyOnReceipt() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));
      outbox.sent(outbox.due(1).get(0));
      now = now.plus(Duration.ofDays(365));

      assertThat(outbox.depth()).isEqualTo(1);
      assertThat(outbox.stored("d0")).isFalse();
      assertThat(outbox.stored("d1")).isTrue();
      assertThat(outbox.depth()).isZero();
      assertThat(outbox.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldKeepARefusalWithItsReason() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));

      assertThat(outbox.refused("d1", "unknown key")).isTrue();
      assertThat(outbox.depth()).isZero();
      assertThat(outbox.deadLetters())
          .containsExactly(new DeadLetter(ItemKind.FINGERPRINT, "d1", "unknown key", now));
    }
  }

  @Test
  void shouldBuryARowThatChangedOnDiskAndSendTheOthers() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));
      outbox.add(ItemKind.FINGERPRINT, "t", "d2", message("two"));
    }
    sql("UPDATE item SET message = CAST('onf' AS BLOB) WHERE digest = 'd1'");
    try (Outbox outbox = Outbox.open(file, clock)) {
      assertThat(outbox.due(10)).extracting(OutboxItem::digest).containsExactly("d2");
      assertThat(outbox.deadLetters()).extracting(DeadLetter::digest).containsExactly("d1");
      assertThat(outbox.deadLetters().get(0).reason()).contains("damaged");
    }
  }

  @Test
  void shouldSetAsideADatabaseThatIsNone() throws Exception {
    Files.writeString(file, "this is not a database, whatever its name says".repeat(200));
    try (Outbox outbox = Outbox.open(file, clock)) {
      assertThat(outbox.setAside()).contains(dir.resolve("outbox.db.damaged"));
      outbox.add(ItemKind.EVENT, "t", "d1", message("one"));
      assertThat(outbox.depth()).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveUpTheOldestEventButNeverAFingerprint() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.EVENT, "t", "e1", message("first"));
      outbox.add(ItemKind.EVENT, "t", "e2", message("second"));
    }
    sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (Outbox.MOST_ITEMS - 2)
            + ") INSERT INTO item (kind, priority, topic, digest, message, sha256, created_ms,"
            + " attempts, next_ms) SELECT 'fingerprint', 1, 't', 'f' || i, x'00', '', 0, 0, 0 FROM n");
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.FINGERPRINT, "t", "d1", message("one"));
      assertThat(outbox.holds("e1")).isFalse();
      assertThat(outbox.holds("e2")).isTrue();
      outbox.add(ItemKind.EVENT, "t", "e3", message("third"));
      assertThat(outbox.holds("e2")).isFalse();
      outbox.add(ItemKind.FINGERPRINT, "t", "d2", message("two"));

      assertThatThrownBy(() -> outbox.add(ItemKind.FINGERPRINT, "t", "d3", message("three")))
          .isInstanceOf(OutboxException.class)
          .hasMessageContaining("full with 4096 fingerprints");
      assertThat(outbox.holds("d1")).isTrue();
      assertThat(outbox.holds("d2")).isTrue();
    }
  }

  @Test
  void shouldKeepTheSameDigestOnce() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      outbox.add(ItemKind.EVENT, "t", "d1", message("one"));
      outbox.add(ItemKind.EVENT, "t", "d1", message("one"));
      assertThat(outbox.depth()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAMessageBeyondItsBound() throws Exception {
    try (Outbox outbox = Outbox.open(file, clock)) {
      assertThatThrownBy(
              () ->
                  outbox.add(ItemKind.EVENT, "t", "d1", new byte[Outbox.LARGEST_MESSAGE_BYTES + 1]))
          .hasMessageContaining("65537 bytes");
    }
  }
}
