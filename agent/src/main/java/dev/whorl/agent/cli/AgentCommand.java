package dev.whorl.agent.cli;

import dev.whorl.common.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs of the agent. */
@Command(
    name = "whorl agent",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "The agent beside a 3D printer.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      EnrollCommand.class,
      AbortCommand.class,
      StatusCommand.class,
      ClearBedCommand.class,
      CoolCommand.class,
      OutboxCommand.class,
      CouponCommand.class,
      ChirpCommand.class,
      CaptureCommand.class,
      FingerprintCommand.class,
      CompareCommand.class
    })
public final class AgentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
