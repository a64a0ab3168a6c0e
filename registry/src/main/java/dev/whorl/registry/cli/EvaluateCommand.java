package dev.whorl.registry.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.Progress;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.Verdict;
import dev.whorl.fingerprint.evaluate.DetPoint;
import dev.whorl.fingerprint.evaluate.Evaluation;
import dev.whorl.fingerprint.evaluate.EvaluationJson;
import dev.whorl.fingerprint.evaluate.Limits;
import dev.whorl.fingerprint.evaluate.Score;
import dev.whorl.registry.evaluate.Labelled;
import dev.whorl.registry.evaluate.LabelledFolder;
import dev.whorl.registry.evaluate.Protocol;
import dev.whorl.registry.judge.ModelsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how well the printers of a folder are told apart. */
@Command(
    name = "evaluate",
    description =
        "Compares the fingerprints in DIR/<printer>/*.json and reports error rates (ISO/IEC 19795)"
            + " with 95 %% limits. The folder's name, not the file, says who made a coupon.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  /** Fixed, so that the same folder gives the same limits. */
  private static final long RESAMPLING_SEED = 1;

  /** Rule of three: so many trials without an error show, at 95 %, a rate below 3 / trials. */
  private static final double RULE_OF_THREE = 3;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR")
  Path folder;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--template",
      description =
          "Compare with each printer's first, latest before, or the template of all before"
              + " (${COMPLETION-CANDIDATES}) instead of every pair.")
  Protocol.@Nullable Reference reference;

  @Option(
      names = "--min-gap",
      paramLabel = "P30D",
      description = "Compare fingerprints of one printer only if so far apart.",
      defaultValue = "PT0S")
  Duration minGap;

  @Option(
      names = "--det",
      paramLabel = "F.csv",
      description = "Write the operating points: log10_threshold, fmr, fnmr.")
  @Nullable Path det;

  @Option(
      names = "--models",
      paramLabel = "F.json",
      description =
          "Scale ratios by these, from whorl registry calibrate (default: this version's).")
  @Nullable Path models;

  @Override
  public Integer call() {
    List<Labelled> all = LabelledFolder.read(folder);
    ScoreModels scales = models == null ? ScoreModels.shipped() : ModelsFile.read(models);
    List<Protocol.Pair> pairs = Protocol.pairs(all, reference, minGap, scales);
    List<Score> scores = new ArrayList<>(pairs.size());
    double leastGenuine = Double.POSITIVE_INFINITY;
    double greatestImpostor = Double.NEGATIVE_INFINITY;
    int nothingInCommon = 0;
    try (Progress progress = Progress.of("compare", pairs.size())) {
      for (Protocol.Pair pair : pairs) {
        Comparison comparison = pair.compare(scales);
        Score score =
            new Score(
                pair.probe().name(),
                pair.probe().printer(),
                pair.reference().printer(),
                comparison.log10Lr());
        scores.add(score);
        nothingInCommon += comparison.components().isEmpty() ? 1 : 0;
        if (score.isGenuine()) {
          leastGenuine = Math.min(leastGenuine, score.log10Lr());
        } else {
          greatestImpostor = Math.max(greatestImpostor, score.log10Lr());
        }
        progress.step(1);
      }
    }
    Evaluation evaluation = evaluation(scores);
    writeDet(evaluation);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = EvaluationJson.tree(evaluation);
      root.put("genuine_min", leastGenuine);
      root.put("impostor_max", greatestImpostor);
      root.put("nothing_in_common", nothingInCommon);
      out.println(root);
    } else {
      print(out, evaluation, leastGenuine, greatestImpostor, nothingInCommon);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Evaluation evaluation(List<Score> scores) {
    boolean genuine = scores.stream().anyMatch(Score::isGenuine);
    boolean impostor = scores.stream().anyMatch(score -> !score.isGenuine());
    if (!genuine || !impostor) {
      throw UserError.usage(
          folder
              + ": "
              + (genuine ? "only one printer" : "no printer has two fingerprints far enough apart")
              + "; two printers with two fingerprints each are the least");
    }
    return Evaluation.of(scores, Verdict.SAME_LOG10, new SplittableRandom(RESAMPLING_SEED));
  }

  private void writeDet(Evaluation evaluation) {
    if (det == null) {
      return;
    }
    StringBuilder text = new StringBuilder("log10_threshold,fmr,fnmr\n");
    for (DetPoint point : evaluation.det()) {
      text.append(
          String.format(
              Locale.ROOT, "%.4f,%.6g,%.6g%n", point.log10Threshold(), point.fmr(), point.fnmr()));
    }
    try {
      AtomicFile.write(det, text.toString());
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, det + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static void print(
      PrintWriter out,
      Evaluation evaluation,
      double leastGenuine,
      double greatestImpostor,
      int nothingInCommon) {
    line(
        out,
        "%d printers, %d genuine and %d impostor comparisons",
        evaluation.printers(),
        evaluation.genuine(),
        evaluation.impostor());
    line(
        out,
        "least genuine log10 LR %.2f, greatest impostor %.2f: %s",
        leastGenuine,
        greatestImpostor,
        leastGenuine > greatestImpostor
            ? "every genuine one above every impostor"
            : "they overlap");
    if (nothingInCommon > 0) {
      line(out, "%d comparisons had nothing in common and scored 0", nothingInCommon);
    }
    line(out, "%-28s %9s   %s", "", "", "95 % limits");
    Map<String, Limits> limits = evaluation.limits();
    figure(out, "EER", evaluation.eer(), limits.get("eer"), "");
    evaluation
        .fnmrAtFmr()
        .forEach(
            (fmr, fnmr) ->
                figure(
                    out,
                    "FNMR at FMR " + fmr,
                    fnmr,
                    limits.get("fnmr_at_" + fmr),
                    tooFew(Double.parseDouble(fmr), evaluation.impostor())));
    figure(out, "Cllr, bits", evaluation.cllr(), limits.get("cllr"), "");
    figure(out, "Cllr after calibration", evaluation.cllrMin(), limits.get("cllr_min"), "");
    figure(out, "rank 1", evaluation.rank1(), limits.get("rank1"), "");
    figure(out, "FPIR at log10 LR 2", evaluation.openSet().fpir(), limits.get("fpir"), "");
    figure(out, "FNIR at log10 LR 2", evaluation.openSet().fnir(), limits.get("fnir"), "");
    line(
        out,
        "Comparisons of one printer depend on each other: %d printers are what this rests on.",
        evaluation.printers());
    line(
        out,
        "Figures from simulated printers show that the pipeline works, not how well real ones are"
            + " told apart.");
  }

  private static String tooFew(double fmr, int impostor) {
    return impostor * fmr >= RULE_OF_THREE
        ? ""
        : String.format(
            Locale.ROOT,
            "   too few to claim: at least %.0f impostor comparisons are needed",
            Math.ceil(RULE_OF_THREE / fmr));
  }

  private static void figure(
      PrintWriter out, String name, double value, @Nullable Limits limits, String remark) {
    String between =
        limits == null
            ? ""
            : String.format(Locale.ROOT, "%.4f to %.4f", limits.low(), limits.high());
    line(out, "%-28s %9.4f   %s%s", name, value, between, remark);
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
