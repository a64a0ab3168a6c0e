package dev.whorl.agent.cli;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.service.BedClearing;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells the agent that nothing lies on the bed. */
@Command(
    name = "clear-bed",
    mixinStandardHelpOptions = true,
    description = "I have looked: nothing lies on the bed. Holds for 24 hours.")
final class ClearBedCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    BedSlots bed = ConfigOption.coupons(config).bed();
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "clear-bed");
    if (lock.isPresent()) {
      try (StateLock held = lock.get()) {
        BedClearing.note(config, bed, "the keyboard");
      }
    } else {
      ControlClient.of(config.agent().stateDir()).command("clear-bed");
    }
    System.out.println(
        config.printer().id() + ": " + bed.slots().size() + " slots are clear, for 24 hours");
    return ExitCode.DONE;
  }
}
