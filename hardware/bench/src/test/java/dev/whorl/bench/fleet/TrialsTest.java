package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.bench.feature.FeatureCoupons;
import dev.whorl.bench.feature.MeasurementJson;
import dev.whorl.fingerprint.Fingerprint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrialsTest {
  private static final int MACHINES = 7;
  private static final Judge JUDGE = Judge.shipped();
  private static final FleetData FLEET = fleet();

  private static FleetData fleet() {
    FeatureCoupons coupons = new FeatureCoupons(MeasurementJson.shipped(), RenderedBench.START);
    Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> printed = new LinkedHashMap<>();
    for (int i = 0; i < MACHINES; i++) {
      FleetMachine machine = MadeTrial.machine(i);
      Map<Visit, Optional<Fingerprint>> all = new LinkedHashMap<>();
      for (Visit visit : Protocol.core(machine).subList(2, 5)) {
        // One machine's second probe cannot be read.
        boolean lost = i == 3 && visit.name().equals("fresh-2");
        all.put(visit, lost ? Optional.empty() : coupons.make(machine, visit));
      }
      printed.put(machine, all);
    }
    return FleetData.of(printed, JUDGE);
  }

  @Test
  void shouldCountWhatCouldNotBeRead() {
    assertThat(FLEET.coupons()).isEqualTo(3 * MACHINES);
    assertThat(FLEET.refused()).isEqualTo(1);
    assertThat(FLEET.enrolled()).hasSize(MACHINES);
    assertThat(FLEET.probes()).hasSize(2 * MACHINES - 1);
  }

  @Test
  void shouldCompareEveryProbeWithItsOwnMachineAndWithAsManyOthers() {
    List<Trial> trials = Trials.of("test", FLEET, FLEET.probes(), 3, JUDGE, probe -> probe);

    Map<Probe, Set<Integer>> others = new HashMap<>();
    Map<Probe, Integer> own = new HashMap<>();
    for (Trial trial : trials) {
      if (trial.isGenuine()) {
        own.merge(trial.probe(), 1, Integer::sum);
      } else {
        others
            .computeIfAbsent(trial.probe(), key -> new HashSet<>())
            .add(trial.reference().index());
      }
    }
    assertThat(own.values()).hasSize(FLEET.probes().size()).containsOnly(1);
    assertThat(others.values())
        .hasSize(FLEET.probes().size())
        .allSatisfy(references -> assertThat(references).hasSize(3));
  }

  @Test
  void shouldTakeAComponentFromTheFusion() {
    List<Trial> without =
        Trials.of(
            "test",
            FLEET,
            FLEET.probes(),
            1,
            JUDGE,
            probe -> Without.component(probe, Component.NOZZLE));

    assertThat(without)
        .allSatisfy(
            trial -> {
              assertThat(trial.component(Component.NOZZLE)).isNaN();
              assertThat(trial.component(Component.FIRST_AXIS)).isFinite();
            });
  }

  @Test
  void shouldFindMachinesAmongManyAndNameNoStranger() {
    List<Enrolled> known = FLEET.enrolled().subList(0, 4);
    List<Probe> mated =
        FLEET.probes().stream().filter(probe -> probe.machine().index() < 4).toList();
    List<Probe> strangers =
        FLEET.probes().stream().filter(probe -> probe.machine().index() >= 4).toList();

    OpenSearch search =
        OpenSearch.of(known, mated, strangers, JUDGE, new double[] {0.01}, new SplittableRandom(1));

    assertThat(search.enrolled()).isEqualTo(4);
    assertThat(search.unknown()).isEqualTo(6);
    assertThat(search.mated()).isEqualTo(7);
    assertThat(search.points())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.fnir()).isZero();
              // Four machines without a miss leave this much open (Clopper and Pearson).
              assertThat(point.limits().high()).isBetween(0.6, 0.61);
            });
  }
}
