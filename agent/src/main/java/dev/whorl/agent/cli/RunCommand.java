package dev.whorl.agent.cli;

import dev.whorl.agent.capture.FolderAnalyst;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.service.ConductorThread;
import dev.whorl.agent.service.NotBuilt;
import dev.whorl.agent.service.StateLock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The service. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "The service: waits for commands, until SIGTERM.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    NotBuilt.refuse(config);
    NotBuilt.schedule(config).forEach(LOG::warn);
    PrinterCoupons coupons = ConfigOption.coupons(config);
    StateLock lock = StateLock.take(config.agent().stateDir(), "run");
    try (AgentProcess agent =
        AgentProcess.open(config, coupons, lock, "run", new FolderAnalyst(), view -> {})) {
      agent.stopOnSignal();
      LOG.info("agent of {} is up", config.printer().id());
      ConductorThread.run(agent::serve);
    }
    return 0;
  }
}
