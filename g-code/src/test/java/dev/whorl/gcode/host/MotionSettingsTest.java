package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MotionSettingsTest {

  @Test
  void shouldReadMarlinsOwnWords() {
    MotionSettings settings =
        MotionSettings.of(
            List.of(
                "echo:; Linear Units:",
                "echo:  G21 ; (mm)",
                "echo:  M92 X80.00 Y80.00 Z400.00 E93.00",
                "echo:; Acceleration (units/s2) (P<print-accel> R<retract-accel> T<travel-accel>):",
                "echo:  M204 P500.00 R1000.00 T500.00",
                "echo:; Advanced (B<min_segment_time_us> S<min_feedrate> T<min_travel_feedrate>):",
                "echo:  M205 B20000.00 S0.00 T0.00 J0.08",
                "echo:  M593 X F42.50 D0.15",
                "echo:  M593 Y F38.00 D0.15",
                "echo:  M900 K0.22",
                "echo:  M2041 P1"));

    assertThat(settings.commands())
        .containsExactly(
            "M204 P500.00 R1000.00 T500.00",
            "M205 B20000.00 S0.00 T0.00 J0.08",
            "M593 X F42.50 D0.15",
            "M593 Y F38.00 D0.15",
            "M900 K0.22");
    assertThat(settings.has("M900")).isTrue();
    assertThat(settings.has("M92")).isFalse();
  }

  @Test
  void shouldReadOlderFirmwaresWithTheirComments() {
    MotionSettings settings =
        MotionSettings.of(
            List.of(
                "echo:Acceleration: S=acceleration, T=retract acceleration",
                "echo:  M204 S1250.00 T1250.00 ; as before",
                "  M205 S0.00 T0.00 B20000 X8.00 Y8.00 Z0.40 E4.50"));
    assertThat(settings.commands())
        .containsExactly(
            "M204 S1250.00 T1250.00", "M205 S0.00 T0.00 B20000 X8.00 Y8.00 Z0.40 E4.50");
  }
}
