package dev.whorl.bench.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whorl.bench.feature.MeasurementFit;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.sim.machine.PrinterModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl bench fleet}: how well a fleet of simulated printers is told apart. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets simulated printers of one model live for a year, print coupons and be serviced, and"
          + " counts how well they are told apart and how often what happened is named right.",
      "Some are printed, photographed and read, about 10 s of one processor for each of nine"
          + " coupons; the others' fingerprints are drawn from the machine and a model of"
          + " measurement that was fitted on rendered coupons. Training, calibration and test"
          + " machines are disjoint.",
      "Keeps every fingerprint in --out: run again with the same options, it goes on where it was."
          + " Ends with 1 if a figure is not what is asked of it."
    })
public final class FleetCommand implements Callable<Integer> {
  private static final int CALIBRATION_LEAST = 60;
  private static final int CALIBRATION_MOST = 400;
  private static final int SCALE_LEAST = 40;
  private static final int SCALE_MOST = 200;
  private static final int OTHERS = 150;

  @Option(
      names = "--printers",
      paramLabel = "N",
      description = "Test machines, 10 to 100000 (default ${DEFAULT-VALUE}).")
  private int printers = 1000;

  @Option(
      names = "--rendered",
      paramLabel = "N",
      description = "So many of them as images (default: a fifth, none with --quick).")
  private @Nullable Integer rendered;

  @Option(
      names = "--training",
      paramLabel = "N",
      description =
          "Fit the model of measurement anew, on N further machines of three rendered coupons"
              + " each, at least 4 (default: the one that comes with this version).")
  private @Nullable Integer training;

  @Option(
      names = "--open-set",
      paramLabel = "N",
      description =
          "Machines enrolled for the search with strangers about, who search twice as often"
              + " (default 5000, none with --quick; 0: none).")
  private @Nullable Integer openSet;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides all machines and accidents (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Their model: mendel or cube (default ${DEFAULT-VALUE}).")
  private String model = "mendel";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where fingerprints and pictures go (default ${DEFAULT-VALUE}).")
  private Path out = Path.of("whorl-fleet");

  @Option(names = "--quick", description = "Nothing rendered, no open search: some minutes.")
  private boolean quick;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, IOException {
    FleetRun run = new FleetRun(plan());
    Figures figures = run.figures();
    FleetPictures.write(out, figures, run.trials());
    System.out.println(
        json
            ? new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(figures)
            : FleetReport.of(figures));
    return figures.met() ? ExitCode.DONE : ExitCode.NO;
  }

  private Plan plan() {
    if (printers < 10 || printers > 100_000) {
      throw UserError.usage(
          "bench fleet: --printers " + printers + " is not a fleet; choose 10 to 100000");
    }
    int images = rendered == null ? (quick ? 0 : printers / 5) : rendered;
    if (images < 0 || images > printers) {
      throw UserError.usage(
          "bench fleet: --rendered " + images + " of " + printers + "; choose 0 to " + printers);
    }
    int coupons = Protocol.training().size();
    if (training != null && (training * coupons < MeasurementFit.LEAST_COUPONS)) {
      throw UserError.usage(
          "bench fleet: --training "
              + training
              + " is too few; choose at least "
              + MeasurementFit.LEAST_COUPONS / coupons);
    }
    int enrolled = openSet == null ? (quick ? 0 : 5000) : openSet;
    if (enrolled != 0 && enrolled < printers) {
      throw UserError.usage(
          "bench fleet: --open-set "
              + enrolled
              + " is fewer than the "
              + printers
              + " test machines, who are all enrolled; choose more, or 0 for no search");
    }
    PrinterModel printerModel =
        PrinterModel.of(model)
            .orElseThrow(
                () ->
                    UserError.usage(
                        "bench fleet: --model " + model + " is not known; mendel and cube are"));
    return new Plan(
        printers,
        images,
        training == null ? 0 : training,
        Math.max(SCALE_LEAST, Math.min(SCALE_MOST, printers / 4)),
        Math.max(CALIBRATION_LEAST, Math.min(CALIBRATION_MOST, printers / 2)),
        enrolled,
        Math.min(OTHERS, printers - 1),
        printerModel,
        seed,
        out);
  }
}
