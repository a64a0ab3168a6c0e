package dev.whorl.sim.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private final List<Move> done = new ArrayList<>();
  private final Limits limits = new Limits(false);
  private final Planner planner = new Planner(limits, done::add);

  private void go(double xMm, double yMm, double speedMmS) {
    planner.add(new double[] {xMm, yMm, 0, 0}, speedMmS);
  }

  @Test
  void shouldTakeTheTimeOfATrapezoidFromJerkToJerk() {
    limits.travelAccelMmS2 = 1000;
    limits.jerkMmS[Move.X] = 10;
    go(100, 0, 60);
    planner.finish();
    // 10 to 60 mm/s at 1000 mm/s2: 50 ms and 1.75 mm, twice; the rest of 96.5 mm at 60 mm/s.
    assertThat(done).hasSize(1);
    assertThat(done.get(0).trapezoid().durationS()).isCloseTo(0.1 + 96.5 / 60, within(1e-9));
  }

  @Test
  void shouldTakeTheTimeOfATriangleWhenTheMoveIsShort() {
    limits.travelAccelMmS2 = 1000;
    limits.jerkMmS[Move.X] = 10;
    go(1, 0, 60);
    planner.finish();
    double peak = Math.sqrt(1000 + 100);
    assertThat(done.get(0).trapezoid().durationS()).isCloseTo(2 * (peak - 10) / 1000, within(1e-9));
  }

  @Test
  void shouldPassAStraightJointAtFullSpeed() {
    go(50, 0, 60);
    go(100, 0, 60);
    planner.finish();
    assertThat(done.get(0).exitMmS()).isCloseTo(60, within(1e-9));
    assertThat(done.get(1).entryMmS()).isEqualTo(done.get(0).exitMmS());
  }

  @Test
  void shouldTakeARightAngleAtTheJerk() {
    limits.jerkMmS[Move.X] = 10;
    limits.jerkMmS[Move.Y] = 10;
    go(50, 0, 80);
    go(50, 50, 80);
    planner.finish();
    assertThat(done.get(0).exitMmS()).isCloseTo(10, within(1e-6));
  }

  @Test
  void shouldTakeARightAngleByJunctionDeviation() {
    Limits deviation = new Limits(true);
    deviation.travelAccelMmS2 = 3000;
    deviation.junctionDeviationMm = 0.014;
    List<Move> moves = new ArrayList<>();
    Planner other = new Planner(deviation, moves::add);
    other.add(new double[] {50, 0, 0, 0}, 80);
    other.add(new double[] {50, 50, 0, 0}, 80);
    other.finish();
    double sinHalf = Math.sqrt(0.5);
    assertThat(moves.get(0).exitMmS())
        .isCloseTo(Math.sqrt(3000 * 0.014 * sinHalf / (1 - sinHalf)), within(1e-6));
  }

  @Test
  void shouldNeverAskForMoreThanTheAccelerationAllows() {
    for (int i = 1; i <= 60; i++) {
      go(i * 0.3, (i % 3) * 0.2, 40 + i % 7 * 20);
    }
    planner.finish();
    assertThat(done).hasSize(60);
    for (int i = 0; i < done.size(); i++) {
      Move move = done.get(i);
      double change = Math.abs(move.exitMmS() * move.exitMmS() - move.entryMmS() * move.entryMmS());
      assertThat(change).isLessThanOrEqualTo(2 * move.accelMmS2() * move.lengthMm() + 1e-6);
      if (i > 0) {
        assertThat(move.entryMmS()).isCloseTo(done.get(i - 1).exitMmS(), within(1e-9));
      }
      assertThat(move.trapezoid().distanceMm(move.trapezoid().durationS()))
          .isCloseTo(move.lengthMm(), within(1e-6));
    }
  }

  @Test
  void shouldHoldTheSpeedOfAnAxisDown() {
    planner.add(new double[] {0, 0, 5, 0}, 100);
    planner.finish();
    assertThat(done.get(0).nominalMmS()).isEqualTo(10);
  }

  @Test
  void shouldTakeARightAngleAtTheSquareCornerVelocityWhateverTheAcceleration() {
    Limits klipper = new Limits(true);
    klipper.squareCornerMmS = 7;
    klipper.travelAccelMmS2 = 2000;
    List<Move> moves = new ArrayList<>();
    Planner other = new Planner(klipper, moves::add);
    other.add(new double[] {50, 0, 0, 0}, 80);
    other.add(new double[] {50, 50, 0, 0}, 80);
    other.finish();
    assertThat(moves.get(0).exitMmS()).isCloseTo(7, within(1e-6));
  }
}
