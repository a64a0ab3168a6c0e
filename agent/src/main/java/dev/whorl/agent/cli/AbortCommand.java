package dev.whorl.agent.cli;

import dev.whorl.agent.capture.FolderAnalyst;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.service.ConductorThread;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.agent.service.RunPlan;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the run under way. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = "End the run under way, or one that was interrupted; heaters off.")
final class AbortCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "abort");
    if (lock.isEmpty()) {
      ControlClient.of(config.agent().stateDir()).command("abort");
      System.out.println(config.printer().id() + ": the run ends; `whorl agent status` tells");
      return ExitCode.DONE;
    }
    if (!RunPlan.state(config).phase().running()) {
      lock.get().close();
      throw new UserError(ExitCode.NO, config.printer().id() + ": no run is under way");
    }
    try (AgentProcess agent =
        AgentProcess.open(
            config,
            ConfigOption.coupons(config),
            lock.get(),
            "abort",
            new FolderAnalyst(),
            view -> {})) {
      agent.stopOnSignal();
      agent.conductor().abort("aborted by the keyboard");
      ConductorThread.run(agent::stepToEnd);
      System.out.println(config.printer().id() + ": " + agent.conductor().view().fault());
      return agent.conductor().view().hot() ? ExitCode.HARDWARE : ExitCode.DONE;
    }
  }
}
