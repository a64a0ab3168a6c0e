package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Conversations with firmware that is not Marlin's kin. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DialectConversationTest {

  private PrinterLink link;

  @AfterEach
  void close() throws Exception {
    try {
      link.close();
    } catch (LinkException e) {
      // Some end halted.
    }
  }

  private void open(NoisyCable.FarEnd printer) {
    link =
        PrinterLink.open(
            new NoisyCable(printer, 1, 0),
            LinkSettings.at(115200),
            LinkListener.NONE,
            TimeSource.SYSTEM);
  }

  /** Klipper's pseudo-terminal: `ok` to every line, whatever it is. */
  private static final class Klipper implements NoisyCable.FarEnd {
    final List<String> executed = new ArrayList<>();
    String state = "";
    String refuses = "never";
    private final StringBuilder rx = new StringBuilder();

    @Override
    public void take(byte[] bytes, NoisyCable.Answer out) {
      rx.append(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
      for (int end = rx.indexOf("\n"); end >= 0; end = rx.indexOf("\n")) {
        String line = rx.substring(0, end).replaceFirst("^N\\d+ ", "").replaceFirst("\\*\\d+$", "");
        rx.delete(0, end + 1);
        answer(line, out);
      }
    }

    private void answer(String line, NoisyCable.Answer out) {
      if (line.equals("M115")) {
        out.say("ok FIRMWARE_NAME:Klipper FIRMWARE_VERSION:v0.12.0-85-gd785b396");
        return;
      }
      if (line.equals("M105")) {
        out.say(
            state.isEmpty()
                ? executed.contains("M104 S0")
                    ? "ok B:60.0 /0.0 T0:210.0 /0.0"
                    : "ok B:60.0 /60.0 T0:210.0 /210.0"
                : "ok T:0");
        return;
      }
      if (line.equals("M112")) {
        state = "Shutdown due to M112 command";
        out.say("// Klipper state: Shutdown");
      }
      if (!state.isEmpty() && !line.isEmpty() && !line.startsWith("M110")) {
        out.say("// " + state);
        out.say("!! " + state);
      } else if (line.startsWith(refuses)) {
        out.say("!! Must home axis first: 10.000 10.000 0.000 [0.000]");
      } else if (!line.isEmpty()) {
        executed.add(line);
      }
      out.say("ok");
    }
  }

  @Test
  void shouldSpeakToKlipperInItsOwnWords() throws Exception {
    Klipper klipper = new Klipper();
    open(klipper);
    Hello hello = link.hello();
    assertThat(hello.dialect()).isEqualTo(Dialect.KLIPPER);
    assertThat(hello.restarted()).isFalse();
    assertThat(hello.temperatures()).isEqualTo(new Temperatures(210, 210, 60, 60, 0, 0));

    link.stream(List.of("G28", "M900 K0", "M205 J0.05", "G1 X1 Y1"), (d, t) -> {});

    assertThat(klipper.executed)
        .containsSubsequence("G28", "SET_PRESSURE_ADVANCE ADVANCE=0", "G1 X1 Y1")
        .noneMatch(c -> c.startsWith("M205"));
  }

  @Test
  void shouldSayWhatToDoAboutAKlipperThatIsNotReady() {
    Klipper klipper = new Klipper();
    klipper.state = "Printer is shutdown";
    open(klipper);
    assertThatThrownBy(() -> link.hello())
        .isInstanceOf(PrinterHalted.class)
        .hasMessage(
            "cable: the printer stopped itself: Printer is shutdown; only a reset helps: send"
                + " FIRMWARE_RESTART from its own page");
    assertThatThrownBy(() -> link.hello()).isInstanceOf(PrinterHalted.class);
  }

  @Test
  void shouldEndARunWhenKlipperRefusesACommandAndGoOnTalking() throws Exception {
    Klipper klipper = new Klipper();
    klipper.refuses = "G1 X10 ";
    open(klipper);
    link.hello();
    List<String> moves = IntStream.range(0, 3000).mapToObj(i -> "G1 X%d Y1".formatted(i)).toList();
    assertThatThrownBy(() -> link.stream(moves, (d, t) -> {}))
        .isInstanceOf(CommandRefused.class)
        .hasMessageStartingWith("cable: the printer refused a command: Must home axis first");
    assertThat(klipper.executed).contains("M104 S0", "M140 S0").hasSizeLessThan(200);
    assertThat(link.send("G28", Duration.ofSeconds(5))).isEmpty();
  }

  @Test
  void shouldMakeARepRapFirmwareSayOk() throws Exception {
    InstantFirmware firmware = new InstantFirmware(Dialect.REPRAPFIRMWARE, false);
    boolean[] marlinMode = {false};
    open(
        (bytes, out) -> {
          marlinMode[0] |=
              new String(bytes, java.nio.charset.StandardCharsets.US_ASCII).contains("M555 P2");
          firmware.take(
              bytes,
              line -> {
                if (marlinMode[0]) {
                  out.say(line);
                }
              });
        });
    assertThat(link.hello().dialect()).isEqualTo(Dialect.REPRAPFIRMWARE);
    link.stream(List.of("G90", "G1 X1 Y1", "M593 F0"), (d, t) -> {});
    assertThat(firmware.executed).containsSubsequence("G90", "G1 X1 Y1", "M593 P\"none\"");
  }

  @Test
  void shouldSurviveTenMegabytesOfNoiseAndALineOfOne() throws Exception {
    InstantFirmware firmware = new InstantFirmware(Dialect.MARLIN, false);
    boolean[] noise = {false};
    java.util.SplittableRandom random = new java.util.SplittableRandom(9);
    open(
        (bytes, out) -> {
          if (noise[0]) {
            noise[0] = false;
            for (int i = 0; i < 10; i++) {
              byte[] junk = new byte[1 << 20];
              random.nextBytes(junk);
              out.say(new String(junk, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            out.say("z".repeat(1 << 20));
          }
          firmware.take(bytes, out);
        });
    link.hello();
    noise[0] = true;
    List<String> moves = IntStream.range(0, 50).mapToObj(i -> "G1 X%d Y1".formatted(i)).toList();
    link.stream(moves, (d, t) -> {});
    assertThat(firmware.executed.stream().filter(c -> c.startsWith("G1")).toList())
        .isEqualTo(moves);
    assertThat(link.send("M999999", Duration.ofSeconds(5))).isEmpty();
  }
}
