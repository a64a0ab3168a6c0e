package dev.whorl.gcode.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  @Test
  void shouldNumberALineAndAddTheXorOfItsBytes() {
    // From Marlin's documentation of line numbers and checksums.
    assertThat(Wire.numbered(3, "T0")).asString(US_ASCII).isEqualTo("N3 T0*57\n");
    assertThat(Wire.numbered(4, "G92 E0")).asString(US_ASCII).isEqualTo("N4 G92 E0*67\n");
    assertThat(Wire.numbered(0, "M110 N0")).asString(US_ASCII).isEqualTo("N0 M110 N0*125\n");
  }

  @Test
  void shouldLeaveCommentsAndBlanksOut() {
    assertThat(Wire.clean("  G1 X5 ; outwards")).isEqualTo("G1 X5");
    assertThat(Wire.clean("; feature bead")).isEmpty();
    assertThat(Wire.clean("\t")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G1 X1\nM112", "M117 \u00b5", "G1 X1*33", "M110 N5", "N5 G1 X1"})
  void shouldRefuseWhatWouldBreakTheLine(String command) {
    assertThatThrownBy(() -> Wire.clean(command)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseALineLongerThanThePrintersBuffer() {
    assertThatThrownBy(() -> Wire.clean("M117 " + "x".repeat(76)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("81 characters");
    assertThat(Wire.clean("M117 " + "x".repeat(75))).hasSize(80);
  }

  @Test
  void shouldTellCodesApart() {
    assertThat(Wire.isCode("M105", "M105")).isTrue();
    assertThat(Wire.isCode("m105 T0", "M105")).isTrue();
    assertThat(Wire.isCode("M1050", "M105")).isFalse();
    assertThat(Wire.isCode("M105.1", "M105")).isFalse();
    assertThat(Wire.isCode("M10", "M105")).isFalse();
  }
}
