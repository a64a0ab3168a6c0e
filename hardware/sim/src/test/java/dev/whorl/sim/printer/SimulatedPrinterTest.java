package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.whorl.sim.bed.BedContents;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.bed.Track;
import dev.whorl.sim.machine.PrinterModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedPrinterTest {

  private static final double TIME_SCALE = 2000;

  private static final List<String> SQUARE =
      List.of(
          "G28",
          "M109 S210",
          "G90",
          "M83",
          "G1 X50 Y50 Z0.2 F6000",
          "G1 X70 E0.7 F2400",
          "G1 Y70 E0.7",
          "G1 X50 E0.7",
          "G1 Y50 E0.7",
          "M400");

  @TempDir private Path folder;
  private RunningPrinter running;
  private Host host;
  private Path bedFile;

  private void start(long seed) throws Exception {
    bedFile = folder.resolve("p.bed");
    running = new RunningPrinter(seed, PrinterModel.MENDEL, TIME_SCALE, bedFile, Setup.plain());
    host = new Host(running.address());
    host.ask("M110 N0");
  }

  @AfterEach
  void stop() {
    if (running != null) {
      host.close();
      running.close();
    }
  }

  private BedContents print(List<String> lines) throws IOException {
    for (String line : lines) {
      host.ask(line);
    }
    return BedFile.read(bedFile);
  }

  @Test
  void shouldSayWhoItIs() throws Exception {
    start(1);
    List<String> answer = host.ask("M115");
    assertThat(answer.get(0)).startsWith("FIRMWARE_NAME:Marlin 2.1");
    assertThat(answer).contains("Cap:AUTOREPORT_TEMP:1", "Cap:EMERGENCY_PARSER:1");
    assertThat(host.ask("M105")).singleElement().asString().startsWith("ok T:22.00 /0.00 B:22.00");
    assertThat(host.ask("M999999"))
        .containsExactly("echo:Unknown command: \"M999999\"", "ok P15 B3");
  }

  @Test
  void shouldAskAgainForWhatIsWrongAndSwallowWhatItHas() throws Exception {
    start(1);
    assertThat(host.ask(Host.numbered(1, "G90"))).containsExactly("ok N1 P15 B3");
    assertThat(host.ask("N2 G91*1"))
        .containsExactly("Error:checksum mismatch, Last Line: 1", "Resend: 2", "ok");
    assertThat(host.ask(Host.numbered(3, "G91")))
        .containsExactly(
            "Error:Line Number is not Last Line Number+1, Last Line: 1", "Resend: 2", "ok");
    assertThat(host.ask("N2 G91"))
        .containsExactly("Error:No Checksum with line number, Last Line: 1", "Resend: 2", "ok");
    host.say(Host.numbered(1, "G90"));
    assertThat(host.ask(Host.numbered(2, "G90"))).containsExactly("ok N2 P15 B3");
  }

  @Test
  void shouldKeepTheHostInformedWhileItHeats() throws Exception {
    start(1);
    List<String> answer = host.ask("M109 S210");
    assertThat(answer).contains("echo:busy: processing");
    assertThat(answer).anyMatch(line -> line.startsWith(" T:") && line.endsWith(" W:?"));
    host.say("M190 S110");
    host.until("echo:busy");
    host.say("M108");
    assertThat(host.until("ok")).last().asString().startsWith("ok P");
    assertThat(host.until("ok")).last().asString().startsWith("ok P");
  }

  @Test
  void shouldRefuseToExtrudeCold() throws Exception {
    start(1);
    assertThat(host.ask("G1 X10 E5 F1200")).first().isEqualTo("echo: cold extrusion prevented");
  }

  @Test
  void shouldHaltForGoodWhenKilledUntilThePowerIsCycled() throws Exception {
    start(1);
    host.say("M112");
    assertThat(host.until("Error")).last().isEqualTo("Error:Printer halted. kill() called!");
    running.printer().hand(running.printer()::powerCycle);
    host.until("start");
    assertThat(host.ask("M105")).last().asString().startsWith("ok T:");
  }

  @Test
  void shouldMakeTheSameBedFromTheSameLinesAndSeed() throws Exception {
    start(11);
    print(SQUARE);
    byte[] first = Files.readAllBytes(bedFile);
    stop();
    start(11);
    print(SQUARE);
    assertThat(Files.readAllBytes(bedFile)).isEqualTo(first);
  }

  @Test
  void shouldLayWhatWasFedWhereItWasTold() throws Exception {
    start(11);
    PrintedObject square = print(SQUARE).last().orElseThrow();
    assertThat(square.tracks()).hasSize(4);
    Track track = square.tracks().get(0);
    double volume = 0;
    for (int i = 1; i < track.size(); i++) {
      double way = track.xMm()[i] - track.xMm()[i - 1];
      volume += way * 0.5 * (track.flowAreaMm2()[i] + track.flowAreaMm2()[i - 1]);
      assertThat(track.yMm()[i]).isBetween(49.7f, 50.3f);
    }
    assertThat(volume / (0.7 * Math.PI * 0.875 * 0.875)).isBetween(0.85, 1.15);
  }

  @Test
  void shouldTakeOffAnOldObjectWhenPrintingInItsPlaceAndKeepOthers() throws Exception {
    start(12);
    print(SQUARE);
    BedContents again = print(SQUARE);
    assertThat(again.objects()).hasSize(1);
    List<String> elsewhere =
        SQUARE.stream().map(line -> line.replace("X50", "X120").replace("X70", "X140")).toList();
    assertThat(print(elsewhere).objects()).hasSize(2);
  }

  @Test
  void shouldPrintAgainWithOtherAccidentsByTheSameMachine() throws Exception {
    start(13);
    PrintedObject first = print(SQUARE).last().orElseThrow();
    PrintedObject second = print(SQUARE).last().orElseThrow();
    assertThat(second.nozzle().seed()).isEqualTo(first.nozzle().seed());
    assertThat(second.seed()).isNotEqualTo(first.seed());
    assertThat(second.tracks().get(0)).isNotEqualTo(first.tracks().get(0));
    assertThat(second.tracks().get(0).yMm()[200])
        .isCloseTo(first.tracks().get(0).yMm()[200], within(0.05f));
  }

  @Test
  void shouldWriteTheBedWithoutBeingAskedOnceItStandsStill() throws Exception {
    start(14);
    for (String line : SQUARE.subList(0, SQUARE.size() - 1)) {
      host.ask(line);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                BedFile.read(bedFile).last().map(object -> object.tracks().size()).orElse(0) == 4);
  }
}
