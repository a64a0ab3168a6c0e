package dev.whorl.sim;

import dev.whorl.common.cli.Cli;
import dev.whorl.common.cli.Version;
import dev.whorl.sim.camera.CameraCommand;
import dev.whorl.sim.cli.BrokerCommand;
import dev.whorl.sim.cli.PrinterCommand;
import dev.whorl.sim.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code whorl sim} and {@code whorl demo}. */
@Command(
    name = "whorl sim",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Simulated printers, cameras and a broker, and the demonstration made of them.",
    subcommands = {
      PrinterCommand.class,
      CameraCommand.class,
      BrokerCommand.class,
      DemoCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new CommandLine(new Main()), args));
  }
}
