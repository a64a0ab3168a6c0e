package dev.whorl.agent.service;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.run.Entry;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.Slot;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.time.Instant;

/**
 * Notes a clear bed in the journal of a folder whose lock is held and whose agent is not running.
 */
public final class BedClearing {
  private BedClearing() {}

  /**
   * @param by who says so
   */
  public static void note(AgentConfig config, BedSlots bed, String by) {
    try (Journal journal = Journal.open(config.agent().stateDir().resolve("journal")).journal()) {
      journal.append(
          new Entry.BedCleared(Instant.now(), bed.slots().stream().map(Slot::name).toList(), by));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.HARDWARE,
          "the journal in " + config.agent().stateDir() + " cannot be written: " + e.getMessage(),
          e);
    }
  }
}
