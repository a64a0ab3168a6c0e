package dev.whorl.registry;

import dev.whorl.common.cli.Cli;
import dev.whorl.registry.cli.RegistryCommand;

/** The registry's command line. */
public final class Main {
  private Main() {}

  /** Runs a verb and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cli.run(new RegistryCommand(), args));
  }
}
