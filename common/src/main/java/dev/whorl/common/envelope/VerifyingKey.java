package dev.whorl.common.envelope;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** An Ed25519 public key, written as PEM (SubjectPublicKeyInfo) and named by its id. */
public final class VerifyingKey {
  private final PublicKey key;
  private final String id;

  private VerifyingKey(PublicKey key) {
    this.key = key;
    this.id = Digest.sha256Hex(key.getEncoded()).substring(0, 16);
  }

  static VerifyingKey of(PublicKey key) {
    return new VerifyingKey(key);
  }

  /**
   * Takes a key from its encoding.
   *
   * @throws IllegalArgumentException when the bytes are not an Ed25519 SubjectPublicKeyInfo
   */
  public static VerifyingKey fromSpki(byte[] spki) {
    try {
      return new VerifyingKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /**
   * Takes a key from PEM text.
   *
   * @throws IllegalArgumentException when the text is not an Ed25519 public key in PEM
   */
  public static VerifyingKey fromPem(String pem) {
    return fromSpki(Pem.decode(pem, "PUBLIC KEY"));
  }

  /**
   * Reads a key file.
   *
   * @throws UserError when it is missing or not an Ed25519 public key
   */
  public static VerifyingKey read(Path pem) {
    try {
      return fromPem(Files.readString(pem));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          ExitCode.USAGE, pem + ": not a readable Ed25519 public key in PEM: " + e.getMessage(), e);
    }
  }

  /** Writes the key. */
  public void write(Path pem) throws IOException {
    AtomicFile.write(pem, toPem());
  }

  /** The key as PEM text. */
  public String toPem() {
    return Pem.encode(spki(), "PUBLIC KEY");
  }

  /** SubjectPublicKeyInfo, 44 bytes of DER. */
  public byte[] spki() {
    return key.getEncoded().clone();
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the SubjectPublicKeyInfo. */
  public String id() {
    return id;
  }

  boolean verifies(byte[] bytes, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // A signature of a wrong length or form is thrown about, and is no signature.
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
