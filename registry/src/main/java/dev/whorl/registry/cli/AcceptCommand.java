package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.registry.intake.Admission;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.PrinterKey;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accept}. */
@Command(
    name = "accept",
    description = "Lets a key that waits speak for its printer.",
    mixinStandardHelpOptions = true)
final class AcceptCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "PRINTER")
  String printer;

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Which key, where not the newest that waits.")
  @Nullable String key;

  @Override
  public Integer call() {
    try (Database database = config.database()) {
      PrinterKey accepted =
          database
              .jdbi()
              .<PrinterKey, Admission.Impossible>inTransaction(
                  db -> Admission.accept(db, printer, key, Clock.systemUTC().instant()));
      PrintWriter out = spec.commandLine().getOut();
      out.println(printer + " accepted with key " + accepted.key().id());
      out.flush();
      return ExitCode.DONE;
    } catch (Admission.Impossible e) {
      throw UserError.usage(e.getMessage());
    }
  }
}
