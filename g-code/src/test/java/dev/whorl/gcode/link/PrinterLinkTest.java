package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrinterLinkTest {

  private static final Duration SHORT = Duration.ofSeconds(10);

  private final ShiftableTime time = new ShiftableTime();
  private final Cable cable = new Cable();
  private final ScriptedMarlin marlin = new ScriptedMarlin(cable);
  private final List<Reply> heard = java.util.Collections.synchronizedList(new ArrayList<>());
  private PrinterLink link;

  @BeforeEach
  void open() {
    link = PrinterLink.open(cable, LinkSettings.at(115200), heard::add, time);
  }

  @AfterEach
  void close() throws Exception {
    try {
      link.close();
    } catch (LinkException e) {
      // Some printers end halted or gone.
    }
    marlin.close();
  }

  private Hello hello() throws LinkException {
    marlin.power();
    marlin.say("start");
    return link.hello();
  }

  private static List<String> moves(int count) {
    return IntStream.range(0, count).mapToObj(i -> "G1 X%d Y10 F1200".formatted(i)).toList();
  }

  @Test
  void shouldMakeThePrintersAcquaintance() throws Exception {
    Hello hello = hello();

    assertThat(hello.restarted()).isTrue();
    assertThat(hello.baud()).isEqualTo(115200);
    assertThat(hello.capabilities().firmwareName()).isEqualTo("Marlin 2.1.2 (Nov 24 2026)");
    assertThat(hello.capabilities().machineType()).isEqualTo("Ender-3");
    assertThat(hello.capabilities().parsesEmergencies()).isTrue();
    assertThat(hello.temperatures().nozzleC()).isEqualTo(19.38);
    assertThat(marlin.executed).containsExactly("M110 N0", "M115", "M155 S2", "M105");
  }

  @Test
  void shouldStreamAProgramInOrderWithoutOverrunningTheReceiveBuffer() throws Exception {
    hello();
    List<Integer> progress = new ArrayList<>();

    link.stream(moves(300), (done, total) -> progress.add(done));

    assertThat(marlin.executed("G1")).isEqualTo(moves(300));
    assertThat(marlin.overruns).isZero();
    assertThat(progress).last().isEqualTo(300);
    assertThat(progress).isSorted();
  }
}
