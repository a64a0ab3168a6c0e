package dev.whorl.common.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows knowledge of a one-time enrolment token without saying it: HMAC-SHA256 under the token's
 * bytes (UTF-8, without surrounding white space) of the public key's SubjectPublicKeyInfo, in hex.
 */
public final class TokenProof {
  private TokenProof() {}

  /** The proof that goes into an {@code enrol} payload. */
  public static String of(String token, VerifyingKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(key.spki()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Whether a proof is right; takes the same time wherever the two differ. */
  public static boolean holds(String proof, String token, VerifyingKey key) {
    return MessageDigest.isEqual(
        proof.getBytes(StandardCharsets.UTF_8), of(token, key).getBytes(StandardCharsets.UTF_8));
  }
}
