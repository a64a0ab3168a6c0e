package dev.whorl.common.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * Runs a command line. A {@link UserError} becomes {@code whorl: <message>} on standard error and
 * its exit code; wrong usage becomes one such line and 2; anything else one line that says where
 * the stack trace was written, and {@link ExitCode#FAULT}. {@code --debug}, on every verb, prints
 * stack traces instead.
 */
public final class Cli {
  private static final String DEBUG = "--debug";

  private Cli() {}

  /**
   * Runs a command and returns the process's exit code.
   *
   * @param command an object annotated for picocli, or a {@link CommandLine}
   */
  public static int run(Object command, String... args) {
    CommandLine line = command instanceof CommandLine made ? made : new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder(DEBUG)
                .description("Print stack traces of errors.")
                .scopeType(ScopeType.INHERIT)
                .build());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Cli::wrongUsage);
    line.setExecutionExceptionHandler(
        (thrown, failed, parsed) -> failed(thrown, failed, parsed.hasMatchedOption(DEBUG), args));
    return line.execute(args);
  }

  private static int wrongUsage(ParameterException thrown, String[] args) {
    CommandLine line = thrown.getCommandLine();
    String hint = "'" + line.getCommandSpec().qualifiedName() + " --help' lists what there is";
    print(line, firstLine(String.valueOf(thrown.getMessage())) + "; " + hint);
    return ExitCode.USAGE;
  }

  private static int failed(
      Exception thrown, CommandLine line, boolean parsedDebug, String[] args) {
    boolean debug = parsedDebug || java.util.Arrays.asList(args).contains(DEBUG);
    if (debug) {
      line.getErr().print(stackTrace(thrown));
    }
    if (thrown instanceof UserError error) {
      error.getMessage().lines().forEach(problem -> print(line, problem));
      return error.exitCode();
    }
    String what = thrown.getClass().getSimpleName() + ": " + firstLine(thrown.getMessage() + "");
    print(line, "unexpected " + what + "; " + (debug ? "see above" : keep(thrown)));
    return ExitCode.FAULT;
  }

  private static String keep(Exception thrown) {
    try {
      Path log = Files.createTempFile("whorl-error-", ".log");
      Files.write(log, stackTrace(thrown).getBytes(StandardCharsets.UTF_8));
      return "details are in " + log;
    } catch (IOException e) {
      return "run again with " + DEBUG + " for details";
    }
  }

  private static String stackTrace(Exception thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static void print(CommandLine line, String text) {
    line.getErr().println("whorl: " + text);
    line.getErr().flush();
  }
}
