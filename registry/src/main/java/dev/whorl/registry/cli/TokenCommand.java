package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.registry.http.ApiTokens;
import dev.whorl.registry.http.Role;
import dev.whorl.registry.settings.RegistrySettings;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.EnrolTokens;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}. */
@Command(
    name = "token",
    description = "Makes tokens and prints them: once, here.",
    mixinStandardHelpOptions = true,
    subcommands = {TokenCommand.Enroll.class, TokenCommand.Api.class})
final class TokenCommand {
  /** {@code token enroll}. */
  @Command(
      name = "enroll",
      description = "Makes a token that lets one printer in, once, within 30 days.",
      mixinStandardHelpOptions = true)
  static final class Enroll implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "PRINTER")
    String printer;

    @Override
    public Integer call() {
      if (!Topic.PRINTER_ID.matcher(printer).matches()) {
        throw UserError.usage(
            "PRINTER must be 1 to 32 of a-z, 0-9 and -, not beginning with -, not \""
                + printer
                + "\"");
      }
      try (Database database = config.database()) {
        print(
            spec,
            database
                .jdbi()
                .inTransaction(
                    db ->
                        EnrolTokens.create(
                            db, printer, Clock.systemUTC().instant(), new SecureRandom())));
      }
      return ExitCode.DONE;
    }
  }

  /** {@code token api}. */
  @Command(
      name = "api",
      description = "Makes a bearer token of the HTTP API.",
      mixinStandardHelpOptions = true)
  static final class Api implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Option(
        names = "--role",
        required = true,
        description = "What it may do: ${COMPLETION-CANDIDATES}.")
    Role role;

    @Override
    public Integer call() {
      RegistrySettings settings = config.settings();
      try {
        print(spec, new ApiTokens(settings.tokensFile()).create(role, new SecureRandom()));
      } catch (IOException e) {
        throw UserError.usage(
            settings.tokensFile() + ": cannot keep a token here: " + e.getMessage());
      }
      return ExitCode.DONE;
    }
  }

  private static void print(CommandSpec spec, String token) {
    spec.commandLine().getOut().println(token);
    spec.commandLine().getOut().flush();
  }
}
