package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChirpTest {
  private static List<ToolMove> shaken(Program program, String feature) {
    return ProgramReader.moves(program.lines(), List.of(10.0, 10.0)).stream()
        .filter(move -> move.feature().equals(feature) && move.lengthXyMm() > 0)
        .toList();
  }

  @Test
  void shouldTakeAPeriodForThereAndBackAtEveryFrequency() {
    for (int hz : new int[] {10, 47, 50, 51, 110}) {
      double mmS2 = Chirp.accelerationMmS2(hz);
      // From the middle to the turn a quarter of a period passes: reach = a t^2 / 2.
      double quarterS = Math.sqrt(2 * Chirp.reachMm(hz) / mmS2);
      assertThat(1 / (4 * quarterS)).isCloseTo(hz, within(1e-9));
      assertThat(mmS2).isLessThanOrEqualTo(3000);
    }
  }

  @Test
  void shouldShakeAlongOneAxisAlone() {
    Program along = Chirp.program(Profiles.cartesian(), 'x');
    List<ToolMove> x = shaken(along, "chirp x");
    List<ToolMove> y = shaken(Chirp.program(Profiles.cartesian(), 'y'), "chirp y");

    assertThat(x).isNotEmpty().allMatch(move -> move.from().y() == move.to().y());
    assertThat(y).hasSameSizeAs(x).allMatch(move -> move.from().x() == move.to().x());
    assertThat(x).allMatch(move -> move.to().z() == 20 && move.filamentMm() == 0);
    assertThat(along.estimateS()).isBetween(50.0, 60.0);
  }

  @Test
  void shouldNeitherHeatNorExtrude() {
    assertThat(Chirp.program(Profiles.corexy(), 'y').wireLines())
        .noneMatch(line -> line.text().matches("M1(04|09|40|90)\\b.*|.* E.*"));
  }

  @Test
  void shouldBeRefusedWhereAClipIsInTheMiddleOfTheBed() {
    CouponProfile clipped = Profiles.withKeepouts(List.of(List.of(100.0, 100.0, 140.0, 140.0)));

    assertThatThrownBy(() -> Chirp.program(clipped, 'x')).isInstanceOf(CouponRefused.class);
  }
}
