package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.sim.firmware.FirmwareKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrusaTest {

  private static final List<String> WANTS_TWO =
      List.of("Error:Line Number is not Last Line Number+1, Last Line: 1", "Resend: 2", "ok");

  @TempDir private Path folder;

  private Bench bench(Setup setup) throws Exception {
    Bench bench = new Bench(folder, setup.withFirmware(FirmwareKind.PRUSA));
    bench.host.ask("M110 N0");
    return bench;
  }

  @Test
  void shouldAskForTheNextLineWhenOneComesTwice() throws Exception {
    try (Bench bench = bench(Setup.plain())) {
      assertThat(bench.host.ask(Host.numbered(1, "G90"))).containsExactly("ok");
      assertThat(bench.host.ask(Host.numbered(1, "G90"))).isEqualTo(WANTS_TWO);
      assertThat(bench.host.ask(Host.numbered(4, "G90"))).isEqualTo(WANTS_TWO);
      assertThat(bench.host.ask("G91*1").get(0))
          .isEqualTo("Error:No Line Number with checksum, Last Line: 1");
      assertThat(bench.executed).containsExactly("M110 N0", "G90");
    }
  }

  @Test
  void shouldSayWhoItIsAndHaveNoEmergencyParser() throws Exception {
    try (Bench bench = bench(Setup.plain())) {
      assertThat(bench.host.ask("M115"))
          .first()
          .asString()
          .startsWith("FIRMWARE_NAME:Prusa-Firmware 3.13.3 based on Marlin");
      assertThat(bench.host.ask("M105"))
          .containsExactly("ok T:22.0 /0.0 B:22.0 /0.0 T0:22.0 /0.0 @:0 B@:0 P:0.0 A:31.4");
      assertThat(bench.host.ask(Host.numbered(1, "M108")))
          .containsExactly("Unknown M code: $1 M108", "ok");
      bench.host.say("M112");
      bench.host.until("Error:Printer halted. kill() called!");
    }
  }

  @Test
  void shouldForgetHalfALineAfterTwoSeconds() throws Exception {
    try (Bench bench = bench(Setup.plain())) {
      bench.host.sayHalf("N1 G");
      bench.host.until("RX timeout");
      assertThat(bench.host.ask(Host.numbered(1, "G90"))).containsExactly("ok");
    }
  }

  @Test
  void shouldEmptyItsReceiveBufferWhenItFindsItFull() throws Exception {
    try (Bench bench = bench(Setup.plain().withUart(115_200))) {
      bench.host.say("G4 S2000\n" + "G90\n".repeat(3) + "G92 E1\n".repeat(25));
      bench.host.until("Full RX Buffer");
      assertThat(bench.printer.overruns()).isEqualTo(49);
    }
  }
}
