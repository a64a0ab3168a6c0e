package dev.whorl.sim.printer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.link.PrinterHalted;
import dev.whorl.sim.firmware.FirmwareKind;
import dev.whorl.sim.machine.PrinterModel;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two real pseudo-terminals: a host at one, a printer at the other, the link between them. */
@Timeout(60)
class HostBehindTheLinkTest {

  private static final double TIME_SCALE = 2000;

  @TempDir private Path folder;
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private RunningPrinter running;
  private SharedPort shared;

  private void start(FirmwareKind firmware) throws Exception {
    running =
        new RunningPrinter(
            7,
            PrinterModel.MENDEL,
            TIME_SCALE,
            folder.resolve("p.bed"),
            Setup.plain().withFirmware(firmware).withExecuted(executed::add));
    shared = new SharedPort(running.address());
    executed.clear();
  }

  @AfterEach
  void stop() throws Exception {
    try {
      shared.close();
    } catch (PrinterHalted e) {
      // One test halts it.
    }
    running.close();
  }

  private static List<String> moves(int count) {
    return IntStream.range(0, count).mapToObj(i -> "G92 X%d.125 Y10".formatted(i)).toList();
  }

  private List<String> executedMoves() {
    return executed.stream().filter(command -> command.startsWith("G92")).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"KLIPPER", "REPRAPFIRMWARE"})
  void shouldAnswerAHostThatWaitsForEachOkAndKeepItsNumbersApart(FirmwareKind firmware)
      throws Exception {
    start(firmware);
    List<String> answers = new ArrayList<>();
    try (Host host = new Host(shared.terminal.address())) {
      host.ask(Host.numbered(-1, "M110"));
      int number = 0;
      for (String move : moves(100)) {
        answers.addAll(host.ask(Host.numbered(number++, move)));
      }
      if (firmware == FirmwareKind.KLIPPER) {
        // A refusal is the host's affair, and no end of anything.
        assertThat(host.ask("G1 X10"))
            .anyMatch(line -> line.startsWith("!! Must home"))
            .endsWith("ok");
      }
      assertThat(host.ask("M105")).singleElement().asString().matches("ok .*T0?:22.*");
      assertThat(host.ask("M115"))
          .anyMatch(line -> line.contains("FIRMWARE_NAME:"))
          .contains("Cap:EMERGENCY_PARSER:1")
          .last()
          .asString()
          .startsWith("ok");
    }
    assertThat(answers).hasSize(100).containsOnly("ok");
    assertThat(executedMoves()).isEqualTo(moves(100));
  }

  @Test
  void shouldHoldAFileFromARawTerminalPrintAllOfItOnceReleasedAndStopForM112() throws Exception {
    start(FirmwareKind.MARLIN);
    shared.hold(true);
    try (OutputStream raw = Files.newOutputStream(Path.of(shared.terminal.address()))) {
      raw.write((String.join("\n", moves(2000)) + "\n").getBytes(US_ASCII));
    }
    // The agent's own job goes on meanwhile.
    shared.link.send("G28", Duration.ofSeconds(20));
    assertThat(executedMoves()).isEmpty();

    shared.hold(false);
    await().atMost(Duration.ofSeconds(30)).until(() -> executedMoves().size() >= 2000);
    assertThat(executedMoves()).isEqualTo(moves(2000));

    shared.hold(true);
    try (Host host = new Host(shared.terminal.address())) {
      assertThat(host.until("echo:busy: paused for user")).isNotEmpty();
      // The last ok for the raw terminal may still be on its way.
      host.say("M105");
      assertThat(host.until("ok T:")).isNotEmpty();
      executed.clear();
      host.say("G28");
      host.say("M112");
      host.until("Error:Printer halted. kill() called!");
    }
    assertThat(executed).doesNotContain("G28");
  }
}
