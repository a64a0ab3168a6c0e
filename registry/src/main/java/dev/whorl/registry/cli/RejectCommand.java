package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.registry.intake.Admission;
import dev.whorl.registry.store.Database;
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

/** {@code reject}. */
@Command(
    name = "reject",
    description = "Turns a printer's keys away, waiting or active.",
    mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "PRINTER")
  String printer;

  @Option(names = "--key", paramLabel = "ID", description = "This key only.")
  @Nullable String key;

  @Override
  public Integer call() {
    try (Database database = config.database()) {
      int rejected =
          database
              .jdbi()
              .<Integer, Admission.Impossible>inTransaction(
                  db -> Admission.reject(db, printer, key, Clock.systemUTC().instant()));
      PrintWriter out = spec.commandLine().getOut();
      out.println(printer + ": " + rejected + (rejected == 1 ? " key" : " keys") + " rejected");
      out.flush();
      return ExitCode.DONE;
    } catch (Admission.Impossible e) {
      throw UserError.usage(e.getMessage());
    }
  }
}
