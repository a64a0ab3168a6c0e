package dev.whorl.common.envelope;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 private key with its public half, kept as a PEM file (PKCS #8) of mode 0600. */
public final class SigningKey {
  private final PrivateKey privateKey;
  private final VerifyingKey verifyingKey;

  private SigningKey(PrivateKey privateKey, VerifyingKey verifyingKey) {
    this.privateKey = privateKey;
    this.verifyingKey = verifyingKey;
  }

  /** Makes a new key. */
  public static SigningKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /**
   * Reads a key file.
   *
   * @throws UserError when it is missing or not an Ed25519 private key
   */
  public static SigningKey read(Path pem) {
    try {
      byte[] der = Pem.decode(Files.readString(pem), "PRIVATE KEY");
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, VerifyingKey.of(publicHalf(key)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new UserError(
          ExitCode.USAGE,
          pem + ": not a readable Ed25519 private key in PEM: " + e.getMessage(),
          e);
    }
  }

  /** Reads a key file, or makes a key and writes it there if there is none. */
  public static SigningKey readOrCreate(Path pem, SecureRandom random) {
    if (Files.exists(pem)) {
      return read(pem);
    }
    SigningKey key = generate(random);
    try {
      Path folder = pem.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      key.write(pem);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, pem + ": cannot write a key here: " + e.getMessage(), e);
    }
    return key;
  }

  /** Writes the private key; the file is never readable by anyone but its owner. */
  public void write(Path pem) throws IOException {
    AtomicFile.writePrivate(
        pem,
        Pem.encode(privateKey.getEncoded(), "PRIVATE KEY")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** The public half. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 signing failed", e);
    }
  }

  /**
   * The public half of a private key. The JDK has no call for it, but its key generator takes the
   * 32 bytes of the seed from the random source it is given, and a private key is that seed.
   */
  private static java.security.PublicKey publicHalf(PrivateKey key)
      throws GeneralSecurityException {
    byte[] seed =
        ((EdECPrivateKey) key)
            .getBytes()
            .orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!java.util.Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
      throw new GeneralSecurityException("this Java derives no public key from a private one");
    }
    return pair.getPublic();
  }

  private static final class SeedAsRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    SeedAsRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, Math.min(bytes.length, seed.length));
    }
  }
}
