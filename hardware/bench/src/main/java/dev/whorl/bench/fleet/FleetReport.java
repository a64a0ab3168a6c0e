package dev.whorl.bench.fleet;

import dev.whorl.bench.fleet.Figures.Ablation;
import dev.whorl.fingerprint.Fingerprinter;
import dev.whorl.fingerprint.compare.Event;
import dev.whorl.fingerprint.evaluate.Limits;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run's figures for a person. */
final class FleetReport {
  /** Whoever alone errs less than this is too good to be believed without a source. */
  private static final double TOO_GOOD = 0.03;

  /** What fresh, year-old and serviced probes together are called. */
  static final String ALL = "all of 0, 12 months, serviced";

  private final StringBuilder out = new StringBuilder();

  private FleetReport() {}

  static String of(Figures figures) {
    FleetReport report = new FleetReport();
    report.head(figures);
    report.rates(figures);
    report.events(figures);
    report.components(figures);
    report.ageing(figures);
    report.rest(figures);
    report.targets(figures);
    return report.out.toString();
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void head(Figures f) {
    line(
        "%d simulated printers of one model (%s), %d of them rendered as images, the rest drawn.",
        f.test().machines(), f.measurement().model(), f.test().rendered());
    line(
        "Errors of the drawn: fitted on %d rendered coupons of %d other machines (%s, seed %d).",
        f.measurement().coupons(),
        f.measurement().machines(),
        f.measurement().algorithm(),
        f.measurement().seed());
    if (!f.measurement().algorithm().equals(Fingerprinter.ALGORITHM)) {
      line(
          "That is not what measures now (%s): --training 16 fits the errors anew.",
          Fingerprinter.ALGORITHM);
    }
    line(
        "%d coupons, %d could not be read, %d machines could not be enrolled.",
        f.test().coupons(), f.test().refused(), f.test().notEnrolled());
    line("Ratios scaled by: %s (%d printers).", f.scales().text(), f.scales().printers());
    line(
        "Threshold: log10 LR %.2f, fixed on %d further machines. Limits: 95 %%, by machine.",
        f.all().log10Threshold(), f.test().calibration());
    line("");
  }

  private void rates(Figures f) {
    line("%-30s %8s %9s  %-24s %s", "probes", "genuine", "impostor", "FNMR", "FMR");
    f.rates().forEach((group, rates) -> rate(group.key(), rates));
    rate(ALL, f.all());
    f.kinds().forEach((kind, rates) -> rate("  after " + kind, rates));
    line("");
    line("%-30s %8s  %-24s %8s %8s", "probes", "genuine", "EER", "Cllr", "lost");
    f.scores()
        .forEach(
            (probes, alone) ->
                line(
                    "%-30s %8d  %-24s %8.4f %8.4f",
                    probes,
                    alone.genuine(),
                    percent(alone.eer(), alone.eerLimits()),
                    alone.cllr(),
                    alone.cllr() - alone.cllrMin()));
    line("");
  }

  private void rate(String name, Rates rates) {
    line(
        "%-30s %8d %9d  %-24s %.1e (%.1e to %.1e)",
        name,
        rates.genuine(),
        rates.impostor(),
        percent(rates.fnmr(), rates.fnmrLimits()),
        rates.fmr(),
        rates.fmrLimits().low(),
        rates.fmrLimits().high());
  }

  private static String percent(double rate, Limits limits) {
    return String.format(
        Locale.ROOT, "%.2f %% (%.2f to %.2f)", 100 * rate, 100 * limits.low(), 100 * limits.high());
  }

  private void events(Figures f) {
    f.named()
        .forEach(
            (factor, named) -> {
              line(
                  "What happened, and what was said of it (at %s times the usual rates of change):",
                  factor);
              TreeSet<Event> said = new TreeSet<>();
              named.table().values().forEach(row -> said.addAll(row.keySet()));
              StringBuilder head = new StringBuilder(String.format("%-18s %7s", "", "right"));
              said.forEach(event -> head.append(String.format(" %17s", event.key())));
              line("%s", head);
              for (Map.Entry<Event, Map<Event, Integer>> row : named.table().entrySet()) {
                StringBuilder text =
                    new StringBuilder(
                        String.format(
                            Locale.ROOT,
                            "%-18s %5.1f %%",
                            row.getKey().key(),
                            100 * named.right(row.getKey())));
                said.forEach(
                    event ->
                        text.append(String.format(" %17d", row.getValue().getOrDefault(event, 0))));
                line("%s", text);
              }
              line("%-18s %5.1f %%", "mean of kinds", 100 * named.right());
              line("");
            });
  }

  private void components(Figures f) {
    line(
        "%-12s %-10s %9s  %-24s  %-24s %8s",
        "component", "age", "measured", "EER alone", "EER of all others", "Cllr");
    for (Ablation one : f.components()) {
      Alone without = one.without();
      line(
          "%-12s %-10s %7.0f %%  %-24s  %-24s %8s%s",
          one.component().key(),
          one.alone().probes(),
          100 * one.alone().measured(),
          percent(one.alone().eer(), one.alone().eerLimits()),
          without == null ? "" : percent(without.eer(), without.eerLimits()),
          without == null ? "" : String.format(Locale.ROOT, "%.4f", without.cllr()),
          one.alone().probes().equals(Group.YEAR.key()) && one.alone().eer() < TOO_GOOD
              ? "  (needs a source for its spread)"
              : "");
    }
    line("");
  }

  private void ageing(Figures f) {
    line("%6s %8s %10s %10s %10s", "days", "probes", "median", "a tenth", "missed");
    for (Ageing age : f.ageing()) {
      line(
          "%6.0f %8d %10.2f %10.2f %8.2f %%",
          age.days(), age.probes(), age.median(), age.low(), 100 * age.missed());
    }
    line("");
  }

  private void rest(Figures f) {
    OpenSearch open = f.open();
    if (open != null) {
      line(
          "%d enrolled, %d searches by strangers, %d by machines enrolled:",
          open.enrolled(), open.unknown(), open.mated());
      for (OpenSearch.Point point : open.points()) {
        line(
            "  FPIR %.1f %% at log10 LR %.2f: FNIR %s",
            100 * point.fpir(), point.log10Threshold(), percent(point.fnir(), point.limits()));
      }
      line("");
    }
    RingingError ringing = f.ringing();
    if (ringing != null) {
      line(
          "Ringing from images: %d of %d directions, %.2f Hz rms (%.2f standard errors), damping"
              + " %.0f %%.",
          ringing.read(),
          ringing.directions(),
          ringing.hzRms(),
          ringing.hzZ(),
          100 * ringing.zetaRms());
      line("");
    }
    line(
        "Belts moved: %d, slip modulo a tooth told to %.0f um rms, half of them to %.0f um.",
        f.slip().belts(), f.slip().rmsUm(), f.slip().middleUm());
    line("");
    if (!f.agreement().isEmpty()) {
      line("log10 LR of rendered machines and of the same drawn, 5 25 50 75 95 %%:");
      for (Agreement one : f.agreement()) {
        line(
            "  %-22s %6d %s | %6d %s  KS %.3f (p %.3f)",
            one.what(),
            one.rendered(),
            quantiles(one.renderedQuantiles()),
            one.drawn(),
            quantiles(one.drawnQuantiles()),
            one.distance(),
            one.p());
      }
      line("");
    }
  }

  private static String quantiles(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(String.format(Locale.ROOT, "%6.2f", value));
    }
    return text.toString();
  }

  private void targets(Figures f) {
    for (Target target : f.targets()) {
      line(
          "%-8s %-45s %10s, asked %s %s",
          target.met() ? "met" : "MISSED",
          target.name(),
          number(target.value()),
          target.least() ? "at least" : "at most",
          number(target.asked()));
    }
  }

  private static String number(@Nullable Double value) {
    return value == null || value.isNaN()
        ? "unknown"
        : String.format(Locale.ROOT, Math.abs(value) < 0.001 ? "%.1e" : "%.4f", value);
  }
}
