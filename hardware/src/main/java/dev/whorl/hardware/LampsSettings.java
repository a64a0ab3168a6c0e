package dev.whorl.hardware;

import java.util.List;

/**
 * The config's {@code [lamps]} table.
 *
 * @param driver gpio, command, none or sim
 * @param command argv of the command driver, with {@code {lamp}} replaced
 * @param settleMs from lamp on to shutter open
 * @param maxOnS the longest that a lamp may stay on
 * @param lamps in the order in which they are lit
 */
public record LampsSettings(
    String driver, List<String> command, int settleMs, int maxOnS, List<LampSettings> lamps) {
  public LampsSettings {
    command = List.copyOf(command);
    lamps = List.copyOf(lamps);
  }
}
