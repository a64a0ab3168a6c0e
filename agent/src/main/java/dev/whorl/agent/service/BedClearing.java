package dev.whorl.agent.service;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.run.Entry;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.RunState;
import dev.whorl.agent.run.Slot;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.io.IOException;
import java.time.Instant;

/**
 * Notes a clear bed in the journal of a folder whose lock is held and whose agent is not running.
 */
public final class BedClearing {
  private BedClearing() {}

  /**
   * Notes it, and gives a printer whose power the relay cut its power back: somebody is beside it.
   *
   * @param by who says so
   */
  public static void note(AgentConfig config, BedSlots bed, String by) {
    try {
      Journal.Opened opened = Journal.open(config.agent().stateDir().resolve("journal"));
      try (Journal journal = opened.journal()) {
        journal.append(
            new Entry.BedCleared(Instant.now(), bed.slots().stream().map(Slot::name).toList(), by));
        if (RunState.of(opened.entries()).cut() != null) {
          givePowerBack(config);
          journal.append(new Entry.PowerBack(Instant.now(), by));
        }
      }
    } catch (HardwareException e) {
      throw new UserError(
          ExitCode.HARDWARE, "the relay does not give the power back: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.HARDWARE,
          "the journal in " + config.agent().stateDir() + " cannot be written: " + e.getMessage(),
          e);
    }
  }

  private static void givePowerBack(AgentConfig config) throws HardwareException {
    try (Relay relay = Bench.openRelay(config.relay())) {
      if (relay.present()) {
        relay.powerOn();
      }
    }
  }
}
