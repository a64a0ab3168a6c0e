package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MotionEstimateTest {
  private static double seconds(String... lines) {
    List<ProgramLine> program =
        Stream.concat(Stream.of("M204 P3000 T3000"), Stream.of(lines))
            .map(line -> new ProgramLine(line, Purpose.PRINT))
            .toList();
    return MotionEstimate.seconds(ProgramReader.moves(program, List.of(0.0, 0.0)));
  }

  @Test
  void shouldRampUpCruiseAndRampDown() {
    // 60 mm/s takes 20 ms and 0.6 mm each way; 28.8 mm remain: 40 + 480 ms
    assertThat(seconds("G1 X30 F3600")).isCloseTo(0.52, within(1e-6));
  }

  @Test
  void shouldNeverReachFullSpeedOnAShortWay() {
    // up and down over 0.3 mm each: 2 sqrt(2 * 0.3 / 3000)
    assertThat(seconds("G1 X0.6 F9000")).isCloseTo(0.0282843, within(1e-6));
  }

  @Test
  void shouldObeyTheAccelerationThatTheProgramSets() {
    // 60 mm/s takes 60 ms and 1.8 mm each way; 26.4 mm remain: 120 + 440 ms
    assertThat(seconds("M204 P1000 T1000", "G1 X30 F3600")).isCloseTo(0.56, within(1e-6));
  }

  @Test
  void shouldNotBrakeOnAStraightWay() {
    assertThat(seconds("G1 X15 F3600", "G1 X30")).isCloseTo(0.52, within(1e-6));
  }

  @Test
  void shouldTurnACornerAtTheJerk() {
    // each leg: one end at rest, the other at 10 mm/s
    double ramps = (60 + 50) / 3000.0;
    double rampMm = (3600 + 3500) / 6000.0;
    double leg = ramps + (15 - rampMm) / 60;
    assertThat(seconds("G1 X15 F3600", "G1 Y15")).isCloseTo(2 * leg, within(1e-6));
  }
}
