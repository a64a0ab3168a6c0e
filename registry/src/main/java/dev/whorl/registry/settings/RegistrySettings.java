package dev.whorl.registry.settings;

import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.settings.SettingsReader;
import dev.whorl.common.settings.SettingsTable;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registry's settings, checked.
 *
 * @param stateDir where the registry keeps what it makes
 * @param key the Ed25519 key that signs receipts and verdicts; made when missing
 * @param enrolPolicy who lets a printer in
 * @param database the SQLite file
 * @param httpHost address to listen on
 * @param httpPort port to listen on
 * @param tokensFile digests of the bearer tokens of the HTTP API
 */
public record RegistrySettings(
    Path stateDir,
    Path key,
    EnrolPolicy enrolPolicy,
    Path database,
    MqttSettings mqtt,
    String httpHost,
    int httpPort,
    Path tokensFile) {
  private static final Path DEFAULT_STATE_DIR = Path.of("/var/lib/whorl/registry");
  private static final String DEFAULT_LISTEN = "127.0.0.1:9781";
  private static final Pattern LISTEN = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s]+):(\\d{1,5})");
  private static final String SQLITE = "sqlite:";

  /** Where agents' operators find the key that receipts and verdicts are signed with. */
  public Path publicKey() {
    return stateDir.resolve("registry.pub");
  }

  /** Who lets a printer in. */
  public enum EnrolPolicy {
    /** A one-time token. */
    TOKEN,
    /** An operator, by accept or reject; a token does too. */
    OPERATOR
  }

  /**
   * Reads a file.
   *
   * @throws dev.whorl.common.cli.UserError with every problem of it
   */
  public static RegistrySettings read(Path file) {
    SettingsReader reader = SettingsReader.read(file);
    SettingsTable root = reader.root();
    Path stateDir = root.path("state_dir", DEFAULT_STATE_DIR);
    Path key = root.path("key", stateDir.resolve("registry.key"));
    String policy = root.choice("enroll_policy", "token", "token", "operator");
    Path database = database(root.table("store"), stateDir.resolve("registry.db"));
    MqttSettings mqtt = MqttSettings.read(root.table("mqtt"));
    SettingsTable http = root.table("http");
    String listen = http.string("listen", DEFAULT_LISTEN);
    Matcher parts = LISTEN.matcher(listen);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
      http.problem("listen", "must be host:port, not \"" + listen + "\"");
    }
    Path tokensFile = http.path("tokens_file", stateDir.resolve("api-tokens"));
    reader.finish();
    return new RegistrySettings(
        stateDir,
        key,
        policy.equals("token") ? EnrolPolicy.TOKEN : EnrolPolicy.OPERATOR,
        database,
        mqtt,
        parts.group(1).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(parts.group(2)),
        tokensFile);
  }

  private static Path database(SettingsTable store, Path absent) {
    String url = store.string("url", "");
    if (!store.has("url")) {
      return absent;
    }
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      store.problem("url", "must be \"sqlite:\" and a path, not \"" + url + "\"");
      return absent;
    }
    return store.resolve("url", url.substring(SQLITE.length()));
  }
}
