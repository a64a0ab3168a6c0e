package dev.whorl.bench;

import dev.whorl.bench.fleet.FleetCommand;
import dev.whorl.bench.link.LinkBenchCommand;
import dev.whorl.bench.surface.SurfaceCommand;
import dev.whorl.common.cli.Cli;
import dev.whorl.common.cli.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code whorl bench}. */
@Command(
    name = "whorl bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Measures parts of Whorl on this machine, beside what is asked of them.",
    subcommands = {LinkBenchCommand.class, FleetCommand.class, SurfaceCommand.class})
public final class Main {

  private Main() {}

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new CommandLine(new Main()), args));
  }
}
