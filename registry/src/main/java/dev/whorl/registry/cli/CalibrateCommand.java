package dev.whorl.registry.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.calibrate.Calibration;
import dev.whorl.fingerprint.calibrate.History;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModels.Scale;
import dev.whorl.fingerprint.compare.ScoreModelsJson;
import dev.whorl.registry.evaluate.Labelled;
import dev.whorl.registry.evaluate.LabelledFolder;
import dev.whorl.registry.judge.ModelsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate}: fits the scales of likelihood ratios on the owner's own fleet. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Fits on the fingerprints in DIR/<printer>/*.json how likelihood ratios must be scaled to mean"
          + " what they say of your printers.",
      "The folder's name says who made a coupon; each printer's first fingerprint stands for its"
          + " template. The registry uses what is written after its next start."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "DIR", description = "A folder for each printer.")
  Path folder;

  @Option(
      names = "--out",
      paramLabel = "F.json",
      description = "Where the models go (default: the registry's state folder).")
  @Nullable Path out;

  @Option(names = "--simulated", description = "Write into the models that these are simulated.")
  boolean simulated;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    Path file = out != null ? out : ModelsFile.in(config.settings().stateDir());
    ScoreModels before = ScoreModels.shipped();
    Calibration calibration;
    try {
      calibration = Calibration.fit(histories(), before, text(), simulated);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(folder + ": " + e.getMessage());
    }
    try {
      AtomicFile.write(file, ScoreModelsJson.write(calibration.models()));
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be written: " + e.getMessage(), e);
    }
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("file", file.toString())
          .put("printers", calibration.models().fittedOn().printers())
          .put("genuine", calibration.genuine())
          .put("impostor", calibration.impostor())
          .put("cllr_before", calibration.cllrBefore())
          .put("cllr_after", calibration.cllrAfter());
      to.println(root);
    } else {
      print(to, file, before, calibration);
    }
    to.flush();
    return ExitCode.DONE;
  }

  private String text() {
    return (simulated ? "simulated printers in " : "printers in ")
        + folder.toAbsolutePath().normalize().getFileName();
  }

  private List<History> histories() {
    Map<String, List<Fingerprint>> byPrinter = new TreeMap<>();
    for (Labelled labelled : LabelledFolder.read(folder)) {
      byPrinter
          .computeIfAbsent(labelled.printer(), p -> new ArrayList<>())
          .add(labelled.fingerprint());
    }
    List<History> histories = new ArrayList<>();
    byPrinter.forEach((printer, own) -> histories.add(new History(printer, own)));
    return histories;
  }

  private static void print(
      PrintWriter to, Path file, ScoreModels before, Calibration calibration) {
    ScoreModels after = calibration.models();
    line(
        to,
        "%d printers, %d genuine and %d impostor comparisons",
        after.fittedOn().printers(),
        calibration.genuine(),
        calibration.impostor());
    line(to, "%-10s %22s   %s", "log10 LR", "before", "now");
    after
        .components()
        .forEach(
            (name, scale) ->
                line(
                    to,
                    "%-10s %22s   %s",
                    name,
                    said(before.components().getOrDefault(name, Scale.NONE)),
                    said(scale)));
    line(to, "%-10s %22s   %s", "all", said(before.fused()), said(after.fused()));
    line(
        to,
        "Cost of a ratio (Cllr, bits): %.4f before; %.4f now, on printers left out of the fit",
        calibration.cllrBefore(),
        calibration.cllrAfter());
    line(to, "Written to %s", file);
  }

  private static String said(Scale scale) {
    String text = String.format(Locale.ROOT, "x %.2f %+.2f", scale.slope(), scale.offset());
    return scale.perTimeDecade() == 0
        ? text
        : text + String.format(Locale.ROOT, " %+.2f/decade", scale.perTimeDecade());
  }

  private static void line(PrintWriter to, String format, Object... values) {
    to.println(String.format(Locale.ROOT, format, values));
  }
}
