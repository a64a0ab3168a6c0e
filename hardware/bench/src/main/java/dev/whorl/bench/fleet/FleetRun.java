package dev.whorl.bench.fleet;

import dev.whorl.bench.fleet.Figures.Ablation;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.calibrate.Calibration;
import dev.whorl.fingerprint.calibrate.History;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModelsJson;
import dev.whorl.sim.machine.Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run: prints, compares, counts. */
final class FleetRun {
  /** Groups that decide about the targets. */
  private static final Set<Group> CORE = Set.of(Group.FRESH, Group.YEAR, Group.SERVICED);

  /** Groups of which it is known what happened, within days or months. */
  private static final Set<Group> EVENTFUL = Set.of(Group.FRESH, Group.SERVICED);

  /** Ages at which components are looked at one by one. */
  private static final List<Group> AGES = List.of(Group.FRESH, Group.QUARTER, Group.YEAR);

  private static final double ASKED_FMR = 1e-4;

  /**
   * The threshold leaves the calibration fleet half of what is asked: its own rate is uncertain by
   * about that much.
   */
  private static final double MARGIN = 0.5;

  /** Comparisons of the ablation with others; each component takes all of them once more. */
  private static final int ABLATION_OTHERS = 12;

  private static final double[] FPIR = {0.01, 0.001};

  private final Plan plan;
  private Judge judge = Judge.shipped();
  private List<Trial> trials = List.of();

  FleetRun(Plan plan) {
    this.plan = plan;
  }

  /** All comparisons of the test fleet, once {@link #figures} has made them. */
  List<Trial> trials() {
    return trials;
  }

  Figures figures() throws InterruptedException {
    Fleet fleet = Fleet.of(plan);
    if (plan.scale() > 0) {
      judge = new Judge(scaled(fleet.training()));
    }
    FleetData calibration = fleet.calibration(judge);
    List<Trial> before = compared("calibration comparisons", calibration, plan.others());
    double threshold = Rates.threshold(before, MARGIN * ASKED_FMR);
    FleetData test = fleet.test(judge);
    trials = compared("test comparisons", test, plan.others());
    List<Trial> core = trials.stream().filter(trial -> CORE.contains(trial.group())).toList();
    Map<Group, Rates> rates = new EnumMap<>(Group.class);
    Map<String, Alone> scores = new LinkedHashMap<>();
    for (Group group : Group.values()) {
      List<Trial> some = trials.stream().filter(trial -> trial.group() == group).toList();
      if (some.stream().anyMatch(Trial::isGenuine)) {
        rates.put(group, Rates.at(threshold, some, random("rates", group.key())));
        Alone alone = Alone.of(group, null, some, plan.seed());
        if (alone != null) {
          scores.put(group.key(), alone);
        }
      }
    }
    Rates all = Rates.at(threshold, core, random("rates", "all"));
    Alone together = Alone.of(FleetReport.ALL, null, core, plan.seed());
    if (together != null) {
      scores.put(FleetReport.ALL, together);
    }
    Map<String, Named> named = new LinkedHashMap<>();
    named.put("1", Named.of(eventful()));
    for (double factor : new double[] {0.25, 4}) {
      named.put(factor == 4 ? "4" : "1/4", named(test, judge.withRates(factor)));
    }
    List<Ablation> components = ablation(test);
    OpenSearch open = plan.openSet() == 0 ? null : search(fleet, test);
    BeltSlip slip = BeltSlip.of(trials);
    RingingError ringing = null;
    List<Agreement> agreement = List.of();
    if (plan.rendered() > 0) {
      FleetData rendered = fleet.renderedAlone(judge);
      ringing = RingingError.of(rendered.probes());
      agreement =
          Agreement.of(
              compared("rendered comparisons", rendered, plan.others()),
              compared("their twins' comparisons", fleet.renderedTwins(judge), plan.others()));
    }
    return new Figures(
        fleet.measurement().fittedOn(),
        new Figures.Counts(
            test.machines(),
            plan.rendered(),
            test.coupons(),
            test.refused(),
            test.notEnrolled(),
            calibration.machines()),
        rates,
        all,
        kinds(threshold),
        scores,
        judge.models().fittedOn(),
        named,
        components,
        Ageing.of(trials, threshold),
        open,
        ringing,
        slip,
        agreement,
        Targets.of(all, scores, named, open, ringing, slip));
  }

  private SplittableRandom random(Object... path) {
    return Streams.of(plan.seed(), path);
  }

  private List<Trial> compared(String task, FleetData fleet, int others) {
    return Trials.of(task, fleet, fleet.probes(), others, judge, probe -> probe);
  }

  /** Fresh and serviced probes, and others' that are as old: what happened is known. */
  private List<Trial> eventful() {
    return trials.stream().filter(trial -> EVENTFUL.contains(trial.group())).toList();
  }

  private Named named(FleetData test, Judge other) {
    List<Probe> probes =
        test.probes().stream().filter(probe -> EVENTFUL.contains(probe.visit().group())).toList();
    String task = "events at " + other.models().ratesFactor() + " times the rates";
    int others = Math.min(ABLATION_OTHERS, plan.others());
    return Named.of(Trials.of(task, test, probes, others, other, probe -> probe));
  }

  private ScoreModels scaled(List<History> histories) {
    String text =
        "fleet of " + plan.model().word() + ", seed " + plan.seed() + ", drawn training machines";
    ScoreModels models = Calibration.fit(histories, ScoreModels.shipped(), text, true).models();
    try {
      AtomicFile.write(plan.dir().resolve("score-models.json"), ScoreModelsJson.write(models));
    } catch (IOException e) {
      throw UserError.usage("bench fleet: cannot write to " + plan.dir() + ": " + e.getMessage());
    }
    return models;
  }

  private Map<String, Rates> kinds(double threshold) {
    Map<String, List<Trial>> byKind = new TreeMap<>();
    for (Trial trial : trials) {
      if (trial.probe().visit().service() != null) {
        byKind
            .computeIfAbsent(trial.probe().visit().service().word(), key -> new ArrayList<>())
            .add(trial);
      }
    }
    Map<String, Rates> kinds = new TreeMap<>();
    byKind.forEach(
        (kind, some) -> kinds.put(kind, Rates.at(threshold, some, random("rates", kind))));
    return kinds;
  }

  private List<Ablation> ablation(FleetData test) {
    List<Ablation> all = new ArrayList<>();
    List<Probe> probes =
        test.probes().stream().filter(probe -> AGES.contains(probe.visit().group())).toList();
    for (Component component : Component.values()) {
      List<Trial> without = null;
      for (Group age : AGES) {
        Alone alone = Alone.of(age, component, trials, plan.seed());
        if (alone != null) {
          if (without == null) {
            without = without(test, probes, component);
          }
          all.add(new Ablation(component, alone, Alone.of(age, null, without, plan.seed())));
        }
      }
    }
    return all;
  }

  private List<Trial> without(FleetData test, List<Probe> probes, Component component) {
    return Trials.of(
        "comparisons without " + component.key(),
        test,
        probes,
        Math.min(ABLATION_OTHERS, plan.others()),
        judge,
        probe -> Without.component(probe, component));
  }

  private @Nullable OpenSearch search(Fleet fleet, FleetData test) throws InterruptedException {
    List<Enrolled> enrolled = new ArrayList<>(test.enrolled());
    enrolled.addAll(fleet.crowd(Math.max(0, plan.openSet() - enrolled.size()), judge));
    List<Probe> mated =
        test.probes().stream().filter(probe -> CORE.contains(probe.visit().group())).toList();
    return OpenSearch.of(enrolled, mated, fleet.unknown(judge), judge, FPIR, random("open search"));
  }
}
