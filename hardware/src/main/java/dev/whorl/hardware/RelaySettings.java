package dev.whorl.hardware;

import java.util.List;

/**
 * The config's {@code [relay]} table.
 *
 * @param driver command, none or gpio
 * @param command argv of the command driver, with {@code {power}} replaced by on or off
 */
public record RelaySettings(String driver, List<String> command) {
  public RelaySettings {
    command = List.copyOf(command);
  }
}
