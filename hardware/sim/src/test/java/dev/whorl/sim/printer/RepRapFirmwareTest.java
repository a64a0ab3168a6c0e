package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.sim.firmware.FirmwareKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepRapFirmwareTest {

  @TempDir private Path folder;

  private Bench bench() throws Exception {
    return new Bench(folder, Setup.plain().withFirmware(FirmwareKind.REPRAPFIRMWARE));
  }

  @Test
  void shouldAcknowledgeNothingBeforeItIsToldToBeLikeMarlin() throws Exception {
    try (Bench bench = bench()) {
      bench.host.say("G90\nM105");
      assertThat(bench.host.until("T:")).noneMatch(line -> line.startsWith("ok"));
      assertThat(bench.host.ask("M555 P2")).containsExactly("ok");
      assertThat(bench.host.ask("M105")).containsExactly("ok T:22.0 /0.0 B:22.0 /0.0");
      assertThat(bench.host.ask("M115").get(0))
          .startsWith("FIRMWARE_NAME: RepRapFirmware for Duet 3 Mini 5+ FIRMWARE_VERSION: 3.4.5");
    }
  }

  @Test
  void shouldDropADamagedLineInSilenceAndDoALineTwiceThatComesTwice() throws Exception {
    try (Bench bench = bench()) {
      bench.host.ask("M555 P2");
      bench.host.say("N1 G91*1");
      assertThat(bench.host.ask(Host.numbered(1, "G92 E0"))).containsExactly("ok");
      assertThat(bench.host.ask(Host.numbered(1, "G92 E0"))).containsExactly("ok");
      assertThat(bench.host.ask(Host.numbered(9, "G90"))).containsExactly("ok");
      assertThat(bench.executed).containsExactly("M555 P2", "G92 E0", "G92 E0", "G90");
    }
  }

  @Test
  void shouldHaveMotionSettingsOfItsOwn() throws Exception {
    try (Bench bench = bench()) {
      bench.host.ask("M555 P2");
      for (String own : new String[] {"M566 X480 Y480", "M572 D0 S0", "M593 P\"none\""}) {
        assertThat(bench.host.ask(own)).containsExactly("ok");
      }
      assertThat(bench.host.ask("M900 K0"))
          .containsExactly("Warning: M900: Command is not supported", "ok");
      assertThat(bench.host.ask("M114").get(0))
          .startsWith("X:0.000 Y:0.000 Z:0.000 E:0.000 E0:0.0 Count 0 0 0 Machine 0.000");
    }
  }

  @Test
  void shouldStopAtOnceAndStartAfreshByM999() throws Exception {
    try (Bench bench = bench()) {
      bench.host.ask("M555 P2");
      bench.host.say("M190 S110");
      bench.host.until("T:");
      bench.host.say("M112");
      bench.host.until("Emergency Stop! Reset the controller to continue.");
      bench.host.say("G90");
      bench.host.say("M999");
      bench.host.until("RepRapFirmware for Duet 3 Mini 5+ is up and running.");
      bench.host.say("G91");
      await().atMost(Duration.ofSeconds(20)).until(() -> bench.executed.contains("G91"));
      assertThat(bench.executed).doesNotContain("G90");
    }
  }
}
