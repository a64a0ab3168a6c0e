package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.sim.faults.Faults;
import dev.whorl.sim.firmware.FirmwareKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KlipperTest {

  private static final Setup KLIPPER = Setup.plain().withFirmware(FirmwareKind.KLIPPER);

  @TempDir private Path folder;

  private Bench ready(Setup setup) throws Exception {
    Bench bench = new Bench(folder, setup);
    bench.host.until("// Klipper state: Ready");
    return bench;
  }

  @Test
  void shouldRefuseWhatComesBeforeItIsReady() throws Exception {
    try (Bench bench = new Bench(folder, KLIPPER)) {
      assertThat(bench.host.ask("G28"))
          .contains("// Printer is not ready", "!! Printer is not ready")
          .endsWith("ok");
      assertThat(bench.host.ask("M105")).containsExactly("ok T:0");
      bench.host.until("// Klipper state: Ready");
      assertThat(bench.host.ask("M105")).containsExactly("ok B:22.0 /0.0 T0:22.0 /0.0");
    }
  }

  @Test
  void shouldTakeNumbersAndChecksumsForNothing() throws Exception {
    try (Bench bench = ready(KLIPPER)) {
      assertThat(bench.host.ask("N7 G90*1")).containsExactly("ok");
      assertThat(bench.host.ask("N7 G90*1")).containsExactly("ok");
      assertThat(bench.executed).containsExactly("G90", "G90");
    }
  }

  @Test
  void shouldAcknowledgeWhatItRefusesAndWhatItDoesNotKnow() throws Exception {
    try (Bench bench = ready(KLIPPER)) {
      assertThat(bench.host.ask("M593 F40")).containsExactly("// Unknown command:\"M593\"", "ok");
      assertThat(bench.host.ask("G1 X10"))
          .containsExactly("!! Must home axis first: 10.000 0.000 0.000 [0.000]", "ok");
      assertThat(bench.host.ask("G28")).containsExactly("ok");
      assertThat(bench.host.ask("G1 X10 E5 F1200"))
          .contains("!! Extrude below minimum temp")
          .endsWith("ok");
      assertThat(bench.host.ask("M114")).containsExactly("X:0.000 Y:0.000 Z:0.000 E:0.000", "ok");
      assertThat(bench.host.ask("SET_PRESSURE_ADVANCE ADVANCE=0")).containsExactly("ok");
      assertThat(bench.executed).containsExactly("G28", "M114", "SET_PRESSURE_ADVANCE ADVANCE=0");
    }
  }

  @Test
  void shouldShutDownAtOnceAndComeBackByFirmwareRestart() throws Exception {
    try (Bench bench = ready(KLIPPER)) {
      bench.host.say("M190 S110");
      bench.host.until("B:");
      bench.host.say("M112");
      bench.host.until("// Klipper state: Shutdown");
      bench.host.until("ok"); // of the M190 that was given up
      bench.host.until("ok"); // of the M112
      assertThat(bench.host.ask("G28"))
          .contains("// Printer is shutdown", "!! Shutdown due to M112 command")
          .endsWith("ok");
      bench.host.say("FIRMWARE_RESTART");
      bench.host.until("// Klipper state: Ready");
      assertThat(bench.host.ask("G28")).containsExactly("ok");
    }
  }

  @Test
  void shouldShutDownForItsOwnReasonsInTheMiddleOfAJob() throws Exception {
    Faults faults = Faults.parse("fatal=thermal-runaway@3", 0);
    try (Bench bench = ready(KLIPPER.withFaults(faults))) {
      bench.host.ask("G90");
      bench.host.ask("G91");
      bench.host.say("G92 E0");
      bench.host.until("!! Heater extruder not heating at expected rate");
      bench.host.until("// Klipper state: Shutdown");
    }
  }
}
