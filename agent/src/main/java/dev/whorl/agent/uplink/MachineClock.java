package dev.whorl.agent.uplink;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine's clock was set from the network since it started. */
final class MachineClock {
  private static final Path TIMESYNCD = Path.of("/run/systemd/timesync");
  private static final Path SYNCHRONIZED = TIMESYNCD.resolve("synchronized");

  private MachineClock() {}

  /**
   * A Pi has no clock of its own: until timesyncd says so its time means nothing. Where timesyncd
   * does not run, something else keeps the clock.
   */
  static boolean synced() {
    return Files.exists(SYNCHRONIZED) || !Files.isDirectory(TIMESYNCD);
  }
}
