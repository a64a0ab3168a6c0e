package dev.whorl.hardware.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkLost;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.TimeSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrinterLinkOverPseudoTerminalTest {

  private final PrinterAtPseudoTerminal printer = new PrinterAtPseudoTerminal();

  @AfterEach
  void close() throws Exception {
    printer.close();
  }

  private PrinterLink open() throws Exception {
    String port = printer.pty.path().toString();
    return PrinterLink.open(
        SerialLines.open(port, 115200), LinkSettings.AUTO, LinkListener.NONE, TimeSource.SYSTEM);
  }

  private static List<String> moves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "G1 X%d.125 Y40.25 E0.0412".formatted(i))
        .toList();
  }

  @Test
  void shouldDeliverAProgramWithDamagedLinesAndALostOk() throws Exception {
    try (PrinterLink link = open()) {
      assertThat(link.hello().capabilities().firmwareName()).isEqualTo("Marlin 2.1.2");
      printer.damaged.add("G1 X100.125 Y40.25 E0.0412");
      printer.damaged.add("G1 X333.125 Y40.25 E0.0412");
      printer.unanswered.add("G1 X499.125 Y40.25 E0.0412");

      link.stream(moves(500), (done, total) -> {});

      assertThat(printer.executed.stream().filter(c -> c.startsWith("G1")).toList())
          .isEqualTo(moves(500));
    }
  }

  @Test
  void shouldSayThatThePrinterWasUnpluggedInMidStream() throws Exception {
    PrinterLink link = open();
    try {
      link.hello();
      assertThatThrownBy(
              () ->
                  link.stream(
                      moves(100_000),
                      (done, total) -> {
                        if (done > 50) {
                          printer.pty.close();
                        }
                      }))
          .isInstanceOf(LinkLost.class)
          .hasMessageContaining(printer.pty.path().toString());
    } finally {
      link.close();
    }
  }
}
