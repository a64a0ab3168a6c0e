package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

  private static Dialect of(String m115) {
    return Dialect.of(Capabilities.of(List.of(ReplyParser.parse(m115))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FIRMWARE_NAME:Marlin 2.1.2 (Nov 24 2026) MACHINE_TYPE:Ender-3|MARLIN",
        "FIRMWARE_NAME:Prusa-Firmware 3.13.0 based on Marlin FIRMWARE_URL:x MACHINE_TYPE:i3|PRUSA",
        "FIRMWARE_NAME:Prusa-Firmware-Buddy 5.1.2 (Github) MACHINE_TYPE:Prusa-MK4|MARLIN",
        "ok FIRMWARE_NAME:Klipper FIRMWARE_VERSION:v0.12.0-85|KLIPPER",
        "FIRMWARE_NAME: RepRapFirmware for Duet 3 Mini 5+ FIRMWARE_VERSION: 3.4.5 ELECTRONICS:"
            + " x|REPRAPFIRMWARE",
        "FIRMWARE_NAME:Repetier_1.0.4 FIRMWARE_URL:x|GENERIC",
        "FIRMWARE_NAME:Teacup|GENERIC",
        "ok|GENERIC"
      })
  void shouldBeChosenByWhatTheFirmwareSays(String m115, Dialect dialect) {
    assertThat(of(m115)).isEqualTo(dialect);
  }

  @Test
  void shouldSendOneLineAtATimeWhereMoreIsNotSafe() {
    assertThat(Dialect.REPRAPFIRMWARE.lines()).isOne();
    assertThat(Dialect.GENERIC.lines()).isOne();
  }

  @Test
  void shouldSayMotionSettingsInTheFirmwaresWords() {
    Map<String, List<String>> klipper =
        Map.of(
            "M900 K0", List.of("SET_PRESSURE_ADVANCE ADVANCE=0"),
            "M593 F0", List.of("SET_INPUT_SHAPER SHAPER_FREQ_X=0 SHAPER_FREQ_Y=0"),
            "M205 X10 Y10 Z0.4 E5", List.of("SET_VELOCITY_LIMIT SQUARE_CORNER_VELOCITY=10"),
            "M205 J0.050", List.of(),
            "G1 X1 E2", List.of("G1 X1 E2"));
    klipper.forEach((said, sent) -> assertThat(Dialect.KLIPPER.spell(said)).isEqualTo(sent));
    Map<String, List<String>> repRap =
        Map.of(
            "M900 K0.04", List.of("M572 D0 S0.04"),
            "M593 F0", List.of("M593 P\"none\""),
            "M205 X10 Y8 Z0.4 E5", List.of("M566 X600.0 Y480.0 Z24.0 E300.0"),
            "M204 P500 T1000", List.of("M204 P500 T1000"));
    repRap.forEach((said, sent) -> assertThat(Dialect.REPRAPFIRMWARE.spell(said)).isEqualTo(sent));
    assertThat(Dialect.MARLIN.spell("M593 F0")).containsExactly("M593 F0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!! Must home axis first: 10.000 10.000 0.000 [0.000]|false",
        "!! Printer is shutdown|true",
        "!! Printer is not ready|true",
        "!! Lost communication with MCU 'mcu'|true",
        "// Klipper state: Shutdown|true"
      })
  void shouldTellAKlipperThatStoppedFromACommandItRefused(String said, boolean halted) {
    assertThat(Dialect.KLIPPER.halts((Reply.Fatal) ReplyParser.parse(said))).isEqualTo(halted);
  }
}
