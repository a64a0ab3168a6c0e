package dev.whorl.registry.store;

import dev.whorl.common.envelope.TokenProof;
import dev.whorl.common.envelope.VerifyingKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One-time tokens by which a printer is let in. */
public final class EnrolTokens {
  /** Long enough to carry a card to a printer and calibrate it. */
  public static final Duration VALID = Duration.ofDays(30);

  private static final int SECRET_BYTES = 24;

  private EnrolTokens() {}

  /** Makes a token for a printer and returns its text. */
  public static String create(Handle db, String printer, Instant now, SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    db.createUpdate(
            "INSERT INTO tokens (secret, printer, not_after) VALUES (:secret, :printer, :until)")
        .bind("secret", secret)
        .bind("printer", printer)
        .bind("until", now.plus(VALID).toEpochMilli())
        .execute();
    return secret;
  }

  /** The unused token of a printer under which a proof holds. */
  public static Optional<String> proved(
      Handle db, String printer, String proof, VerifyingKey key, Instant now) {
    List<String> secrets =
        db.createQuery(
                "SELECT secret FROM tokens"
                    + " WHERE printer = :printer AND used_by IS NULL AND not_after > :now")
            .bind("printer", printer)
            .bind("now", now.toEpochMilli())
            .mapTo(String.class)
            .list();
    return secrets.stream().filter(secret -> TokenProof.holds(proof, secret, key)).findFirst();
  }

  /** Spends a token. */
  public static void use(Handle db, String secret, VerifyingKey key) {
    db.createUpdate("UPDATE tokens SET used_by = :key WHERE secret = :secret")
        .bind("key", key.id())
        .bind("secret", secret)
        .execute();
  }
}
