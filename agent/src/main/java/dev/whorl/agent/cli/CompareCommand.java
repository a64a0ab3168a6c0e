package dev.whorl.agent.cli;

import dev.whorl.agent.report.Judged;
import dev.whorl.agent.report.ReportPage;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ComparisonJson;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModelsJson;
import dev.whorl.fingerprint.compare.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether two fingerprints are of one printer. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Whether two fingerprints are of one printer, and what changed. Exit code 0 for match and"
            + " drift, 1 for mismatch and insufficient.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A.json", description = "The earlier fingerprint.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B.json", description = "The one in question.")
  private Path second;

  @Option(
      names = "--models",
      paramLabel = "F.json",
      description =
          "Scale ratios by these, from whorl registry calibrate (default: this version's).")
  private @Nullable Path models;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write a page to look at: what was decided and why, each part drawn.")
  private @Nullable Path report;

  @Option(names = "--json", description = "Print the comparison as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Fingerprint earlier = FingerprintFile.read(first);
    Fingerprint probe = FingerprintFile.read(second);
    Comparison comparison = Comparer.compare(earlier, probe, models());
    if (report != null) {
      OutFile.write(report, ReportPage.of(probe, Map.of(), new Judged(earlier, comparison)));
    }
    if (json) {
      JsonOut.print(ComparisonJson.tree(comparison));
    } else {
      System.out.println(comparison.sentence());
      comparison
          .components()
          .forEach(
              (name, evidence) ->
                  System.out.printf(
                      Locale.ROOT,
                      "  %-10s log10 LR %7.2f, replaced with probability %.3f%n",
                      name,
                      evidence.log10Lr(),
                      evidence.changed()));
    }
    Verdict verdict = comparison.verdict();
    return verdict == Verdict.MATCH || verdict == Verdict.DRIFT ? ExitCode.DONE : ExitCode.NO;
  }

  private ScoreModels models() {
    if (models == null) {
      return ScoreModels.shipped();
    }
    try {
      return ScoreModelsJson.read(Files.readAllBytes(models));
    } catch (NoSuchFileException e) {
      throw new UserError(ExitCode.USAGE, models + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, models + ": " + e.getMessage(), e);
    }
  }
}
