package dev.whorl.sim;

import dev.whorl.common.cli.Cli;
import dev.whorl.common.cli.Version;
import dev.whorl.sim.bench.BenchCommand;
import dev.whorl.sim.camera.CameraCommand;
import dev.whorl.sim.cli.BrokerCommand;
import dev.whorl.sim.cli.PrinterCommand;
import dev.whorl.sim.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code whorl sim}, {@code whorl demo} and {@code whorl bench}. */
@Command(
    name = "whorl sim",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Simulated printers, cameras and a broker, and what is made of them: the demonstration, the bench.",
    subcommands = {
      PrinterCommand.class,
      CameraCommand.class,
      BrokerCommand.class,
      DemoCommand.class,
      BenchCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new CommandLine(new Main()), args));
  }
}
