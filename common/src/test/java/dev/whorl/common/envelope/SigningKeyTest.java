package dev.whorl.common.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir Path folder;

  @Test
  void shouldDeriveThePublicKeyOfRfc8032() throws IOException {
    // RFC 8032, 7.1, test 1: the secret key below has this public key.
    String secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    String expected = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    byte[] pkcs8 = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420" + secret);
    Path file = folder.resolve("k.pem");
    Files.writeString(file, Pem.encode(pkcs8, "PRIVATE KEY"));
    assertThat(java.util.HexFormat.of().formatHex(SigningKey.read(file).verifyingKey().spki()))
        .isEqualTo("302a300506032b6570032100" + expected);
  }

  @Test
  void shouldKeepAKeyOnDiskForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("keys/k.pem");
    SigningKey made = SigningKey.readOrCreate(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SigningKey again = SigningKey.readOrCreate(file, new SecureRandom());
    assertThat(again.verifyingKey()).isEqualTo(made.verifyingKey());
    assertThat(again.sign("x".getBytes(UTF_8))).isEqualTo(made.sign("x".getBytes(UTF_8)));
  }

  @Test
  void shouldKeepAPublicKeyAsPem() throws IOException {
    VerifyingKey key = SigningKey.generate(new SecureRandom()).verifyingKey();
    Path file = folder.resolve("k.pub");
    key.write(file);
    assertThat(VerifyingKey.read(file)).isEqualTo(key);
    assertThat(key.id()).hasSize(16).isEqualTo(Digest.sha256Hex(key.spki()).substring(0, 16));
  }

  @Test
  void shouldSayWhichFileIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("k.pem"), "hello");
    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": not a readable Ed25519 private key");
    Files.writeString(file, Pem.encode(new byte[] {1, 2, 3}, "PUBLIC KEY"));
    assertThatThrownBy(() -> VerifyingKey.read(file)).isInstanceOf(UserError.class);
  }

  @Test
  void shouldProveATokenWithoutSayingIt() {
    VerifyingKey key = SigningKey.generate(new SecureRandom()).verifyingKey();
    VerifyingKey other = SigningKey.generate(new SecureRandom()).verifyingKey();
    String proof = TokenProof.of("secret\n", key);
    assertThat(TokenProof.holds(proof, "secret", key)).isTrue();
    assertThat(TokenProof.holds(proof, "secret", other)).isFalse();
    assertThat(TokenProof.holds(proof, "Secret", key)).isFalse();
  }
}
