package dev.whorl.registry.cli;

import dev.whorl.registry.settings.RegistrySettings;
import dev.whorl.registry.store.Database;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, of every verb that works on a registry. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The registry's settings (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/whorl/registry.toml")
  Path file;

  RegistrySettings settings() {
    return RegistrySettings.read(file);
  }

  /** The caller closes it. Works beside a running registry. */
  Database database() {
    return Database.open(settings().database());
  }
}
