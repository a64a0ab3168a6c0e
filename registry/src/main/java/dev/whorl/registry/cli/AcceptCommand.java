package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.template.TemplateUpdate;
import dev.whorl.registry.intake.Admission;
import dev.whorl.registry.judge.Judge;
import dev.whorl.registry.judge.ModelsFile;
import dev.whorl.registry.store.Database;
import dev.whorl.registry.store.PrinterKey;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.InstantSource;
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
    description =
        "Lets a key that waits speak for its printer; or, with --template, takes the printer's last"
            + " fingerprint up into its template, which then walks on from there.",
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

  @Option(
      names = "--template",
      description =
          "Not a key but the template: the printer is the same, whatever was changed and however"
              + " far it has drifted.")
  boolean template;

  @Override
  public Integer call() {
    return template ? acceptTemplate() : acceptKey();
  }

  private Integer acceptTemplate() {
    if (key != null) {
      throw UserError.usage("--key and --template do not go together: one or the other");
    }
    try (Database database = config.database()) {
      InstantSource clock = Clock.systemUTC();
      ScoreModels models = ModelsFile.of(config.settings().stateDir());
      TemplateUpdate update =
          new Judge(database.jdbi(), clock, models)
              .acceptLast(printer)
              .orElseThrow(
                  () -> UserError.usage(printer + ": has no template yet; enrol it first"));
      PrintWriter out = spec.commandLine().getOut();
      out.println(printer + ": template takes up the last fingerprint");
      update.actions().forEach((name, action) -> out.println("  " + name + " " + action.key()));
      out.flush();
      return ExitCode.DONE;
    }
  }

  private Integer acceptKey() {
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
