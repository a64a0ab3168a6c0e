package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.machine.Service;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The control for plough marks, on rendered coupons: every bead has the crown, the width and the
 * axes' errors of its machine, so two coupons of one machine would agree in them whatever the
 * nozzle. With all of that kept and the nozzle alone exchanged, the agreement must be gone.
 */
class NozzleControlTest {
  private static final long MACHINE = 77_001;
  private static final double NOZZLE_MM = 0.4;

  private static Comparison sameNozzle;
  private static Comparison otherNozzle;

  @BeforeAll
  static void printThreeCouponsOfOneMachine() throws Exception {
    PrinterModel model = PrinterModel.MENDEL;
    MachineLife life = new MachineLife(MACHINE, model, model.kinematics(), NOZZLE_MM);
    RenderedBench bench = new RenderedBench("control", life, 5);
    Fingerprint first = bench.coupon().fingerprint();
    bench.printer().age(1);
    Fingerprint second = bench.coupon().fingerprint();
    bench.printer().service(Service.NOZZLE);
    Fingerprint third = bench.coupon().fingerprint();
    sameNozzle = Comparer.compare(first, second, ScoreModels.shipped());
    otherNozzle = Comparer.compare(first, third, ScoreModels.shipped());
  }

  @Test
  void shouldFindTheMarksAgainWhileTheNozzleIsTheSame() {
    assertThat(nozzle(sameNozzle).log10Lr()).isGreaterThan(1);
    assertThat(nozzle(sameNozzle).changed()).isLessThan(0.01);
  }

  @Test
  void shouldLoseTheMarksWithTheNozzleAlone() {
    assertThat(nozzle(otherNozzle).log10Lr()).isLessThan(-1);
    assertThat(nozzle(otherNozzle).changed() + nozzle(otherNozzle).moved()).isGreaterThan(0.5);
    assertThat(otherNozzle.components().get("axis_x").log10Lr()).isPositive();
  }

  private static ComponentEvidence nozzle(Comparison comparison) {
    return comparison.components().get("nozzle");
  }
}
