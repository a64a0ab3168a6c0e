package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcodeWordTest {

  @ParameterizedTest
  @CsvSource({
    "G1 X5, G1",
    "g01X5, G1",
    "G 28, G28",
    "G28XY, G28",
    "G38.2 Z1, G38.2",
    "T0, T0",
    "M0, M0",
    "M00, M0",
    "M1040, M1040",
    "START_PRINT BED=60, START_PRINT",
    "m600_resume, M600_RESUME",
    "MACRO, MACRO",
    "T0_PURGE, T0_PURGE",
    "//x, ''",
  })
  void shouldKnowACommandByItsCode(String command, String code) {
    assertThat(GcodeWord.of(command).code()).isEqualTo(code);
  }

  @Test
  void shouldReadTheValues() {
    GcodeWord word = GcodeWord.of("G1X1.5 y-2 E.25 F");
    assertThat(word.value('X', 0)).isEqualTo(1.5);
    assertThat(word.value('Y', 0)).isEqualTo(-2);
    assertThat(word.value('E', 0)).isEqualTo(0.25);
    assertThat(word.value('F', 7)).as("no number").isEqualTo(7);
    assertThat(word.has('F')).isTrue();
    assertThat(word.has('Z')).isFalse();
  }
}
