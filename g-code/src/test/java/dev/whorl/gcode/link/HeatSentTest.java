package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatSentTest {

  private final HeatSent heat = new HeatSent();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M104 S210",
        "M109 S210",
        "M109 R180",
        "M140 S60",
        "M190 S60",
        "m104 t0 s210",
        "M303 E0 S210 C8"
      })
  void shouldRememberThatHeatWasAskedFor(String command) {
    heat.sent(command);
    assertThat(heat.mayBeOn()).isTrue();
    heat.confirmedOff();
    assertThat(heat.mayBeOn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"M104 S0", "M140 S0", "M105", "G1 X104 F1040", "M1040 S5", "M106 S255"})
  void shouldNotTakeOtherCommandsForHeat(String command) {
    heat.sent(command);
    assertThat(heat.mayBeOn()).isFalse();
  }
}
