package dev.whorl.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MachineLifeTest {

  private static final int MACHINES = 400;

  private static MachineLife machine(long seed) {
    return new MachineLife(seed, PrinterModel.MENDEL, Kinematics.CARTESIAN, 0.4);
  }

  private static double[] overFleet(ToDoubleFunction<Machine> value) {
    return IntStream.range(0, MACHINES)
        .mapToDouble(seed -> value.applyAsDouble(machine(seed).today(0)))
        .toArray();
  }

  private static double sd(double[] values) {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }

  @Test
  void shouldSpreadResonancesOfOneModelAsMeasured() {
    double[] logs = overFleet(machine -> Math.log(machine.ringX().hz()));
    assertThat(sd(logs)).isBetween(0.26, 0.34);
  }

  @Test
  void shouldKeepAmplitudesWithinTheirStatedRanges() {
    for (int seed = 0; seed < MACHINES; seed++) {
      Axis axis = machine(seed).today(0).first();
      for (Wave wave : axis.waves()) {
        double um = 1e3 * wave.amplitude();
        if (wave.period() == 40) {
          assertThat(um).isBetween(5.0, 30.0);
        } else if (wave.period() == 2) {
          assertThat(um).isBetween(5.0, 20.0);
        } else if (wave.period() == 0.8 || wave.period() == 0.2) {
          assertThat(um).isBetween(1.0, 5.0);
        }
      }
      assertThat(Math.abs(axis.scale())).isBetween(1e-4, 1e-3);
    }
  }

  @Test
  void shouldChangeResonanceByAboutOnePercentADayAndMoreOverMonths() {
    double[] day = new double[MACHINES];
    double[] months = new double[MACHINES];
    for (int seed = 0; seed < MACHINES; seed++) {
      double fresh = machine(seed).today(0).ringX().hz();
      MachineLife life = machine(seed);
      life.age(1);
      day[seed] = Math.log(life.today(0).ringX().hz() / fresh);
      life.age(269);
      months[seed] = Math.log(life.today(0).ringX().hz() / fresh);
    }
    assertThat(sd(day)).isBetween(0.008, 0.012);
    assertThat(sd(months)).isBetween(0.11, 0.17);
  }

  @Test
  void shouldBeTheSameMachineForTheSameSeedAndAge() {
    MachineLife first = machine(5);
    MachineLife second = machine(5);
    first.age(30);
    second.age(10);
    second.age(20);
    assertThat(first.today(2)).isEqualTo(second.today(2));
    assertThat(machine(6).today(2)).isNotEqualTo(machine(5).today(2));
  }

  @Test
  void shouldChangeOnlyTheNozzleWhenTheNozzleIsChanged() {
    MachineLife life = machine(1);
    Machine before = life.today(0);
    life.service(Service.NOZZLE);
    Machine after = life.today(0);
    assertThat(after.nozzle().seed()).isNotEqualTo(before.nozzle().seed());
    assertThat(after.nozzle().ageDays()).isZero();
    assertThat(after.first()).isEqualTo(before.first());
    assertThat(after.second()).isEqualTo(before.second());
    assertThat(after.ringX()).isEqualTo(before.ringX());
    assertThat(after.gears()).isEqualTo(before.gears());
    assertThat(after.geometry()).isEqualTo(before.geometry());
  }

  @Test
  void shouldMoveEveryPhaseByTheSameLengthWhenABeltIsRetensioned() {
    MachineLife life = machine(2);
    Machine before = life.today(0);
    life.service(Service.BELT_X);
    Machine after = life.today(0);
    double movedMm = Double.NaN;
    for (int i = 0; i < before.first().waves().size(); i++) {
      Wave was = before.first().waves().get(i);
      Wave is = after.first().waves().get(i);
      double mm = (is.phaseRad() - was.phaseRad()) * was.period() / (2 * Math.PI);
      assertThat(is.amplitude()).isEqualTo(was.amplitude());
      if (i > 0) {
        assertThat(mm).isCloseTo(movedMm, within(1e-9));
      }
      movedMm = mm;
    }
    assertThat(Math.abs(movedMm)).isGreaterThan(1e-3);
    assertThat(after.ringX().hz()).isNotEqualTo(before.ringX().hz());
    assertThat(after.second()).isEqualTo(before.second());
    assertThat(after.ringY()).isEqualTo(before.ringY());
    assertThat(after.nozzle()).isEqualTo(before.nozzle());
  }

  @Test
  void shouldChangeRingingAndGearsButKeepAxesWithANewToolhead() {
    MachineLife life = machine(3);
    Machine before = life.today(0);
    life.service(Service.TOOLHEAD);
    Machine after = life.today(0);
    assertThat(after.ringX()).isNotEqualTo(before.ringX());
    assertThat(after.ringY()).isNotEqualTo(before.ringY());
    assertThat(after.gears()).isNotEqualTo(before.gears());
    assertThat(after.first()).isEqualTo(before.first());
    assertThat(after.nozzle()).isEqualTo(before.nozzle());
  }

  @Test
  void shouldOnlyTurnTheNozzleWhenItIsReseated() {
    MachineLife life = machine(4);
    Machine before = life.today(0);
    life.service(Service.RESEAT);
    Machine after = life.today(0);
    assertThat(after.nozzle().seed()).isEqualTo(before.nozzle().seed());
    assertThat(after.nozzle().turnDeg()).isNotEqualTo(before.nozzle().turnDeg());
    assertThat(after.first()).isEqualTo(before.first());
    assertThat(after.ringX()).isEqualTo(before.ringX());
  }

  @Test
  void shouldGiveEachPrintItsOwnAccidentsAndTheSameMachine() {
    MachineLife life = machine(8);
    assertThat(life.accidents(0)).isNotEqualTo(life.accidents(1));
    Machine first = life.today(0);
    Machine second = life.today(1);
    assertThat(second.first()).isEqualTo(first.first());
    assertThat(second.nozzle().seed()).isEqualTo(first.nozzle().seed());
    assertThat(second.nozzle().residueSeed()).isNotEqualTo(first.nozzle().residueSeed());
  }
}
