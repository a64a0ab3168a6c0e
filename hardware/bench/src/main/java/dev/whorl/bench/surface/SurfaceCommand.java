package dev.whorl.bench.surface;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.compare.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl bench surface}: what poor photographs cost. */
@Command(
    name = "surface",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Photographs coupons of simulated printers with one thing at a time not as it was at"
          + " enrolment: the camera's place, its lens, light, coding, a lamp.",
      "Each capture must be told its printer's, or be refused by the quality gate. Takes some 6 s of"
          + " one processor for each printer and disturbance. Ends with 1 if another printer was"
          + " taken for the coupon's, or a printer for another."
    })
public final class SurfaceCommand implements Callable<Integer> {
  @Option(
      names = "--printers",
      paramLabel = "N",
      description = "So many, 2 to 1000 (default ${DEFAULT-VALUE}).")
  private int printers = 8;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides printers and camera (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() {
    if (printers < 2 || printers > 1000) {
      throw UserError.usage(
          "bench surface: --printers " + printers + " cannot be told apart; choose 2 to 1000");
    }
    List<Effect> effects = new SurfaceBench(printers, seed, Disturbance.all()).run();
    System.out.println(table(effects));
    return effects.stream().anyMatch(SurfaceCommand::wrong) ? ExitCode.NO : ExitCode.DONE;
  }

  private String table(List<Effect> effects) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%d simulated printers, a day after enrolment, log10 LR%n%n"
                + "%-24s %8s %8s %8s %8s %10s%n",
            printers,
            "not as at enrolment",
            "refused",
            "least",
            "median",
            "missed",
            "impostors"));
    for (Effect effect : effects) {
      List<Double> genuine = effect.genuine();
      List<Double> impostors = effect.impostors();
      table.append(
          genuine.isEmpty()
              ? String.format(
                  Locale.ROOT, "%-24s %8d%n", effect.disturbance(), effect.refusals().size())
              : String.format(
                  Locale.ROOT,
                  "%-24s %8d %8.1f %8.1f %8d %10.1f%n",
                  effect.disturbance(),
                  effect.refusals().size(),
                  genuine.get(0),
                  genuine.get(genuine.size() / 2),
                  missed(effect),
                  impostors.get(impostors.size() - 1)));
      effect.refusals().stream()
          .distinct()
          .limit(1)
          .forEach(why -> table.append("    e.g. ").append(why).append('\n'));
    }
    return table.append("\nimpostors: the greatest of all comparisons with others").toString();
  }

  private static long missed(Effect effect) {
    return effect.genuine().stream().filter(lr -> lr < Verdict.SAME_LOG10).count();
  }

  /** Silently wrong, which is worse than refused or not enough to tell. */
  private static boolean wrong(Effect effect) {
    return effect.genuine().stream().anyMatch(lr -> lr <= Verdict.OTHER_LOG10)
        || effect.impostors().stream().anyMatch(lr -> lr >= Verdict.SAME_LOG10);
  }
}
