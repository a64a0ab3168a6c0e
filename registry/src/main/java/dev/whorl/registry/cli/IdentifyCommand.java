package dev.whorl.registry.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.registry.judge.Candidate;
import dev.whorl.registry.judge.Judge;
import dev.whorl.registry.judge.ModelsFile;
import dev.whorl.registry.store.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code identify}: 0 if a printer is taken for the maker, 1 if none is. */
@Command(
    name = "identify",
    description = "Says which enrolled printer made a coupon, from its fingerprint.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:a printer is taken for the maker", "1:none is"})
final class IdentifyCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "F.json", description = "A fingerprint.")
  Path file;

  @Option(names = "--json", description = "Print JSON: every printer, best first.")
  boolean json;

  @Override
  public Integer call() {
    Fingerprint probe = FingerprintFile.read(file);
    List<Candidate> candidates;
    try (Database database = config.database()) {
      ScoreModels models = ModelsFile.of(config.settings().stateDir());
      candidates = new Judge(database.jdbi(), Clock.systemUTC(), models).identify(probe);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      ArrayNode list = root.putArray("candidates");
      candidates.forEach(candidate -> list.add(candidate.toJson()));
      out.println(root);
    } else {
      print(out, candidates);
    }
    out.flush();
    return candidates.stream().anyMatch(Candidate::isMaker) ? ExitCode.DONE : ExitCode.NO;
  }

  private static void print(PrintWriter out, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      out.println("no printer has a template yet");
      return;
    }
    out.println(
        String.format(
            Locale.ROOT, "%-32s %10s  %-12s %s", "printer", "log10 LR", "verdict", "event"));
    for (Candidate candidate : candidates.subList(0, Math.min(SHOWN, candidates.size()))) {
      Comparison comparison = candidate.comparison();
      out.println(
          String.format(
              Locale.ROOT,
              "%-32s %10.2f  %-12s %s",
              candidate.printer(),
              comparison.log10Lr(),
              comparison.verdict().key(),
              comparison.event().key()));
    }
  }
}
