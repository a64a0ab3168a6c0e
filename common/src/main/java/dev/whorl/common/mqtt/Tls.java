package dev.whorl.common.mqtt;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A TLS context from PEM files, as other MQTT clients take them. */
final class Tls {
  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");
  private static final char[] IN_MEMORY = new char[0];

  private Tls() {}

  static SSLContext context(MqttSettings settings) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(settings.cert(), settings.key()), trustManagers(settings.ca()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new UserError(ExitCode.USAGE, "TLS to " + settings.url() + ": " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trustManagers(@Nullable Path ca)
      throws GeneralSecurityException, IOException {
    if (ca == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int index = 0;
    for (Certificate certificate : certificates(ca)) {
      store.setCertificateEntry("ca-" + index++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keyManagers(@Nullable Path cert, @Nullable Path key)
      throws GeneralSecurityException, IOException {
    if (cert == null || key == null) {
      return null;
    }
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(cert).toArray(new Certificate[0]);
    store.setKeyEntry("client", privateKey(key), IN_MEMORY, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(Path pem)
      throws GeneralSecurityException, IOException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(pem))) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new GeneralSecurityException(pem + " holds no certificate");
      }
      return found;
    }
  }

  private static PrivateKey privateKey(Path pem) throws GeneralSecurityException, IOException {
    byte[] der;
    try {
      der = Pem.decode(Files.readString(pem), "PRIVATE KEY");
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(
          pem + " is no unencrypted PKCS #8 key; openssl pkcs8 -topk8 -nocrypt makes one", e);
    }
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Another kind, then.
      }
    }
    throw new GeneralSecurityException(pem + " is none of " + KEY_KINDS);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
