package dev.whorl.agent.config;

import dev.whorl.common.mqtt.MqttSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [mqtt]}.
 *
 * @param url tcp://host:port or ssl://host:port
 * @param username null where none is needed
 * @param passwordFile holds the password, null where none is needed
 * @param ca whom to trust, PEM; null for the system's
 * @param cert our certificate, PEM; null where a password serves
 * @param key its key, PEM
 * @param operators public keys of those who may command
 * @param allowClearBed whether a command may say that the bed is clear
 */
public record UplinkConfig(
    String url,
    @Nullable String username,
    @Nullable Path passwordFile,
    @Nullable Path ca,
    @Nullable Path cert,
    @Nullable Path key,
    List<Path> operators,
    boolean allowClearBed) {
  public UplinkConfig {
    operators = List.copyOf(operators);
  }

  /** How the broker is reached. */
  public MqttSettings settings() {
    return new MqttSettings(url, username, passwordFile, ca, cert, key);
  }
}
