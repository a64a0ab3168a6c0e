package dev.whorl.registry.cli;

import dev.whorl.common.cli.Version;
import picocli.CommandLine.Command;

/** All verbs of the registry. */
@Command(
    name = "registry",
    description = "Stores fingerprints and says which printer made a coupon.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      AcceptCommand.class,
      RejectCommand.class,
      IdentifyCommand.class,
      EvaluateCommand.class,
      CalibrateCommand.class,
      TokenCommand.class
    })
public final class RegistryCommand {}
