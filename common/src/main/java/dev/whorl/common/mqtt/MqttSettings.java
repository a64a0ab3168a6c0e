package dev.whorl.common.mqtt;

import dev.whorl.common.settings.SettingsTable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker: the {@code [mqtt]} table.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param username with {@code passwordFile}, where the broker asks for no certificate
 * @param ca PEM of the authorities trusted with {@code ssl}; the Java's own where null
 * @param cert PEM of this client's certificate chain
 * @param key PEM (PKCS #8) of that certificate's private key
 */
public record MqttSettings(
    String url,
    @Nullable String username,
    @Nullable Path passwordFile,
    @Nullable Path ca,
    @Nullable Path cert,
    @Nullable Path key) {
  private static final Pattern SCHEME = Pattern.compile("tcp|ssl");

  /** A broker without TLS or password. */
  public static MqttSettings plain(String url) {
    return new MqttSettings(url, null, null, null, null, null);
  }

  /** Reads the table; problems are recorded there. */
  public static MqttSettings read(SettingsTable table) {
    String url = table.string("url");
    if (table.has("url") && !url.isEmpty()) {
      checkUrl(table, url);
    }
    String username = table.optionalString("username");
    Path passwordFile = file(table, "password_file");
    Path ca = file(table, "ca");
    Path cert = file(table, "cert");
    Path key = file(table, "key");
    if (passwordFile != null && username == null) {
      table.problem("password_file", "needs username too");
    }
    if ((cert == null) != (key == null)) {
      table.problem(cert == null ? "cert" : "key", "cert and key must be set together");
    }
    if (url.startsWith("tcp:") && (ca != null || cert != null)) {
      table.problem("url", "must be ssl://host:port for ca, cert and key to be of use");
    }
    return new MqttSettings(url, username, passwordFile, ca, cert, key);
  }

  private static void checkUrl(SettingsTable table, String url) {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() != null
          && SCHEME.matcher(uri.getScheme()).matches()
          && uri.getHost() != null
          && uri.getPort() > 0
          && uri.getUserInfo() == null
          && uri.getPath().isEmpty()) {
        return;
      }
    } catch (URISyntaxException e) {
      // The same problem.
    }
    table.problem(
        "url", "must be tcp://host:port or ssl://host:port (8883 is usual), not \"" + url + "\"");
  }

  private static @Nullable Path file(SettingsTable table, String key) {
    Path path = table.optionalPath(key);
    if (path != null && !Files.isReadable(path)) {
      table.problem(key, "there is no readable file " + path);
    }
    return path;
  }
}
