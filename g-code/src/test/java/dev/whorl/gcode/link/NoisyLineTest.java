package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line in a hundred is damaged, each way: what is done is the program, nothing twice. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class NoisyLineTest {

  /** Long enough for some fifty damaged lines; {@code -Dnoisy.lines=50000} for the whole claim. */
  private static final int LINES = Integer.getInteger("noisy.lines", 800);

  private static List<String> program() {
    List<String> lines = new ArrayList<>(List.of("G90", "M83"));
    for (int i = 0; i < LINES; i++) {
      lines.add(
          i % 50 == 49
              ? "M204 S" + (500 + i)
              : String.format(
                  Locale.ROOT,
                  "G1 X%.3f Y%.3f E%.5f",
                  20 + (i % 113) * 1.3,
                  30 + (i % 71) * 1.7,
                  0.01 + (i % 9) * 0.003));
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "MARLIN,false,1",
    "MARLIN,false,2",
    "MARLIN,true,3",
    "MARLIN,true,4",
    "PRUSA,false,5",
    "PRUSA,false,6",
    "REPRAPFIRMWARE,false,7",
    "REPRAPFIRMWARE,false,8",
    "GENERIC,false,9"
  })
  void shouldHaveTheProgramDoneByteForByteAndNothingTwice(
      Dialect dialect, boolean advancedOk, long seed) throws Exception {
    InstantFirmware firmware = new InstantFirmware(dialect, advancedOk);
    NoisyCable cable = new NoisyCable(firmware, seed, 0.01);
    List<Long> settledAt = new ArrayList<>();
    List<String> program = program();
    try (PrinterLink link =
        PrinterLink.open(cable, LinkSettings.at(115200), LinkListener.NONE, TimeSource.SYSTEM)) {
      link.hello();
      cable.clean = false;
      settledAt.add(System.nanoTime());
      link.stream(program, (done, total) -> settledAt.add(System.nanoTime()));
      cable.clean = true;
    }
    List<String> done =
        firmware.executed.stream().filter(c -> !c.matches("M1(05|10|14|15|55).*|M555.*")).toList();
    assertThat(cable.damaged).isGreaterThan(LINES / 200);
    assertThat(done).isEqualTo(program);
    assertThat(longestStall(settledAt)).isLessThan(Duration.ofSeconds(5));
  }

  private static Duration longestStall(List<Long> nanos) {
    long longest = 0;
    for (int i = 1; i < nanos.size(); i++) {
      longest = Math.max(longest, nanos.get(i) - nanos.get(i - 1));
    }
    return Duration.ofNanos(longest);
  }
}
