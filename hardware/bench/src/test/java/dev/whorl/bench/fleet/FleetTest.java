package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.bench.feature.FeatureCoupons;
import dev.whorl.bench.feature.MeasurementJson;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.sim.machine.PrinterModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final long SEED = 24;

  @TempDir Path dir;

  private Plan fleet(int printers) {
    return new Plan(printers, 0, 0, 0, 24, 0, 3, PrinterModel.MENDEL, SEED, dir);
  }

  @Test
  void shouldTellTwentyFourPrintersApart() throws Exception {
    FleetRun run = new FleetRun(fleet(24));
    Figures figures = run.figures();

    assertThat(figures.test().machines()).isEqualTo(24);
    Alone fresh = figures.scores().get(Group.FRESH.key());
    assertThat(fresh).isNotNull();
    assertThat(fresh.genuine()).isEqualTo(48);
    assertThat(fresh.eer()).isLessThan(0.03);
    assertThat(figures.rates().get(Group.YEAR).fnmr()).isLessThan(0.05);
    assertThat(figures.all().fmr()).isLessThan(0.01);
    assertThat(figures.components())
        .anySatisfy(
            one -> {
              assertThat(one.component()).isEqualTo(Component.FIRST_AXIS);
              assertThat(one.alone().probes()).isEqualTo(Group.YEAR.key());
              assertThat(one.alone().eer()).isBetween(0.001, 0.35);
            });
    assertThat(FleetReport.of(figures)).contains("24 simulated printers", "FNMR");
  }

  @Test
  void shouldGoOnWhereItWas() throws Exception {
    Fleet.of(fleet(2)).test(Judge.shipped());
    List<FileTime> before = written();
    FleetData again = Fleet.of(fleet(3)).test(Judge.shipped());

    assertThat(again.machines()).isEqualTo(3);
    assertThat(before).hasSize(2);
    assertThat(written()).hasSize(3).containsAll(before);
  }

  private List<FileTime> written() throws Exception {
    List<FileTime> times = new ArrayList<>();
    try (Stream<Path> files = Files.list(dir.resolve("drawn"))) {
      for (Path file : files.toList()) {
        times.add(Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  @Tag("long")
  void shouldDrawFingerprintsThatTheRenderedMachineIsKnownBy() {
    FleetMachine machine = new FleetMachine(FleetMachine.Set.TEST, 0, SEED, PrinterModel.MENDEL);
    Visit visit = Protocol.core(machine).get(3);
    Fingerprint rendered = new RenderedCoupons().make(machine, visit).orElseThrow();
    FeatureCoupons drawn = new FeatureCoupons(MeasurementJson.shipped(), RenderedBench.START);
    Judge judge = Judge.shipped();

    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      FleetMachine other = new FleetMachine(FleetMachine.Set.TEST, i, SEED, PrinterModel.MENDEL);
      Fingerprint template = drawn.make(other, Protocol.enrolment().get(0)).orElseThrow();
      scores.add(judge.compare(judge.enrol(other, List.of(template)), rendered).log10Lr());
    }

    assertThat(scores.get(0)).isGreaterThan(2);
    assertThat(scores.subList(1, 12)).allSatisfy(score -> assertThat(score).isLessThan(0.5));
  }
}
