package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.sim.faults.Faults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  @TempDir private Path folder;

  private Bench bench(String faults) throws Exception {
    return new Bench(folder, Setup.plain().withFaults(Faults.parse(faults, 7)));
  }

  @Test
  void shouldAskAgainForALineCorruptedOnItsWay() throws Exception {
    try (Bench bench = bench("corrupt-in=1")) {
      for (int i = 0; i < 5; i++) {
        bench.host.say(Host.numbered(1, "G92 E0"));
      }
      assertThat(bench.host.until("Resend")).last().isEqualTo("Resend: 1");
      assertThat(bench.executed).isEmpty();
    }
  }

  private static Bench started(Bench bench) throws Exception {
    bench.host.ask("M110 N0");
    return bench;
  }

  @Test
  void shouldLoseAndDoubleAcknowledgements() throws Exception {
    try (Bench bench = bench("lost-ok=1")) {
      bench.host.say("M105\nM114");
      assertThat(bench.host.until("X:")).noneMatch(line -> line.startsWith("ok"));
    }
    try (Bench bench = bench("doubled-ok=1")) {
      bench.host.ask("G90");
      assertThat(bench.host.until("ok")).containsExactly("ok P15 B3");
    }
  }

  @Test
  void shouldAskTwiceAndForWhatItHas() throws Exception {
    try (Bench bench = started(bench("doubled-resend=1"))) {
      assertThat(bench.host.ask("N1 G90*1")).endsWith("Resend: 1", "ok");
      assertThat(bench.host.until("ok")).containsExactly("Resend: 1", "ok");
    }
    try (Bench bench = started(bench("stale-resend=1"))) {
      bench.host.ask(Host.numbered(1, "G90"));
      bench.host.say(Host.numbered(2, "G90"));
      assertThat(bench.host.until("Resend")).last().asString().matches("Resend: [12]");
      assertThat(bench.host.until("ok N")).last().asString().startsWith("ok N2");
    }
  }

  @Test
  void shouldAskForOneLineForEverOrForOneFarBack() throws Exception {
    try (Bench bench = started(bench("resend-storm@2"))) {
      bench.host.ask(Host.numbered(1, "G90"));
      for (int i = 0; i < 12; i++) {
        assertThat(bench.host.ask(Host.numbered(2, "G91"))).contains("Resend: 2");
      }
      assertThat(bench.executed).doesNotContain("G91");
    }
    try (Bench bench = started(bench("resend-outside@20001"))) {
      bench.host.ask(Host.numbered(20_000, "M110 N20000"));
      assertThat(bench.host.ask(Host.numbered(20_001, "G91")))
          .containsExactly("Error:checksum mismatch, Last Line: 10000", "Resend: 10001", "ok");
    }
  }

  @Test
  void shouldStartAfreshInTheMiddleOfAJobWithItsHeatersOff() throws Exception {
    try (Bench bench = started(bench("reset@3"))) {
      bench.host.ask(Host.numbered(1, "M104 S200"));
      bench.host.ask(Host.numbered(2, "G90"));
      bench.host.say(Host.numbered(3, "G91"));
      bench.host.until("start");
      assertThat(bench.host.ask("M105")).last().asString().matches("ok T:\\d+\\.\\d\\d /0\\.00 .*");
      assertThat(bench.executed).doesNotContain("G91");
    }
    try (Bench bench = started(bench("zero-reset@1"))) {
      bench.host.say(Host.numbered(1, "G91"));
      assertThat(bench.host.until("\0start")).last().isEqualTo("\0start");
    }
  }

  @Test
  void shouldStopItselfAndFallSilent() throws Exception {
    try (Bench bench = started(bench("fatal=maxtemp@2"))) {
      bench.host.ask(Host.numbered(1, "M104 S200"));
      bench.host.say(Host.numbered(2, "G90"));
      assertThat(bench.host.until("Error:Printer halted. kill() called!"))
          .contains("Error:MAXTEMP triggered, system stopped! Heater_ID: E0");
    }
    try (Bench bench = started(bench("silence@1"))) {
      bench.host.say(Host.numbered(1, "G90"));
      bench.printer.hand(bench.printer::powerCycle);
      assertThat(bench.host.until("start")).noneMatch(line -> line.startsWith("ok"));
    }
  }

  @Test
  void shouldReadNothingAnyMoreUntilItsPowerIsCycled() throws Exception {
    try (Bench bench = started(bench("deaf@1"))) {
      bench.host.say(Host.numbered(1, "G90") + "\nG91");
      bench.printer.hand(bench.printer::powerCycle);
      bench.host.until("start");
      bench.host.ask("M114");
      assertThat(bench.executed).endsWith("M114");
    }
  }

  @Test
  void shouldSayALineOfAMegabyteAndGoOn() throws Exception {
    try (Bench bench = started(bench("endless@1"))) {
      bench.host.say(Host.numbered(1, "M118"));
      assertThat(bench.host.until("ok N1").stream().mapToInt(String::length).max().orElse(0))
          .isGreaterThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void shouldBreakAHeaterOrItsSensor() throws Exception {
    try (Bench bench = bench("heater-stuck-on")) {
      bench.host.until("echo:Hardcoded");
      bench.host.say("M155 S10");
      assertThat(bench.host.until(" T:3")).last().asString().contains(" /0.00 ");
    }
    try (Bench bench = bench("thermistor-stuck")) {
      bench.host.ask("M104 S200");
      bench.host.ask("G4 S60");
      assertThat(bench.host.ask("M105")).last().asString().startsWith("ok T:22.00 /200.00");
    }
  }

  @Test
  void shouldRefuseAFaultThatItDoesNotKnow() {
    assertThatThrownBy(() -> Faults.parse("corrupt=0.1,gremlin=1", 0))
        .hasMessageStartingWith("there is no fault gremlin=1; there is corrupt=P, ");
    assertThatThrownBy(() -> Faults.parse("corrupt=2", 0))
        .hasMessage("fault corrupt=2 needs a probability from 0 to 1, as in corrupt=0.01");
  }

  @Test
  void shouldSayWhatAFaultNeeds() {
    assertThatThrownBy(() -> Faults.parse("reset", 0))
        .hasMessage("fault reset needs the number of a line, as in reset@500");
    assertThatThrownBy(() -> Faults.parse("fatal=fire@2", 0))
        .hasMessage(
            "fault fatal=fire@2 needs a name and a line, as in fatal=maxtemp@500; names are"
                + " thermal-runaway, heating-failed, maxtemp, mintemp, kill, stopped");
    assertThatThrownBy(() -> Faults.parse("corrupt=0.1@5", 0))
        .hasMessage("fault corrupt=0.1@5: corrupt strikes by chance, not at a line");
    assertThatThrownBy(() -> Faults.parse("slow=-1", 0))
        .hasMessage("fault slow=-1 needs 0 to 60000 ms, as in slow=20");
  }
}
