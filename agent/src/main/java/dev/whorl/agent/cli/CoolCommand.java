package dev.whorl.agent.cli;

import dev.whorl.agent.capture.FolderAnalyst;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.service.ConductorThread;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Switches the heaters off and watches them fall. */
@Command(
    name = "cool",
    mixinStandardHelpOptions = true,
    description = "Heaters off, seen to fall. Ends a run under way.")
final class CoolCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Option(
      names = "--own",
      description =
          "Only heat that the agent set and has not seen go; what a host heats is left alone.")
  private boolean own;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "cool");
    if (lock.isEmpty()) {
      if (own) {
        // The service looks after its own heat.
        return ExitCode.DONE;
      }
      ControlClient.of(config.agent().stateDir()).command("cool");
      System.out.println(config.printer().id() + ": the agent cools; `whorl agent status` tells");
      return ExitCode.DONE;
    }
    try (AgentProcess agent =
        AgentProcess.open(
            config,
            ConfigOption.coupons(config),
            lock.get(),
            "cool",
            new FolderAnalyst(),
            view -> {})) {
      agent.stopOnSignal();
      if (own) {
        ConductorThread.run(agent::recover);
      } else {
        agent.coolAtTheKeyboard();
        ConductorThread.run(agent::stepToEnd);
      }
      if (agent.conductor().view().hot()) {
        System.err.println(
            "whorl: " + config.printer().id() + ": " + agent.conductor().view().doing());
        return ExitCode.HARDWARE;
      }
    }
    System.out.println(
        config.printer().id()
            + (own
                ? ": no heat of the agent's own is left"
                : ": heaters are off, and cold or falling"));
    return ExitCode.DONE;
  }
}
