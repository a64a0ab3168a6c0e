package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedLineTest {

  @ParameterizedTest
  @CsvSource({
    "%12 G1 X10 Y5*33,true",
    "12 G1 X10 Y5,true",
    "%12 G1 X10 Y5,true",
    "10 Y5*33,true",
    "M12,true",
    "G1 X10 Y5,false",
    "M999999,false",
    "Y5,false",
    "G1,false"
  })
  void shouldRecogniseALineOfOursThatWasDamaged(String quoted, boolean damaged) {
    assertThat(DamagedLine.is(quoted, 12, "G1 X10 Y5")).isEqualTo(damaged);
  }
}
