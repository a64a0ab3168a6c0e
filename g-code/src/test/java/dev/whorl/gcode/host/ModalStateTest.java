package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModalStateTest {

  private static final Position PLACE = new Position(50, 60, 0.2, 0);

  private final ModalState modal = new ModalState();

  private void send(String... commands) {
    List.of(commands).forEach(modal::sent);
  }

  @Test
  void shouldGiveBackWhatAHostSet() {
    modal.restart();
    send("G28", "T1", "M220 S80", "M221 S95", "M106 S127", "G1 X5 F3000", "G91", "M82", "G92 E1.5");

    assertThat(modal.unknown()).isEmpty();
    assertThat(modal.restore(PLACE, 30))
        .containsExactly(
            "G21",
            "G90",
            "T1",
            "G0 Z30.000 F600",
            "G0 X50.000 Y60.000 F3000",
            "G0 Z0.200 F600",
            "M106 S127",
            "M220 S80",
            "M221 S95",
            "G21",
            "G92 E1.50000",
            "G91",
            "M82",
            "G0 F3000.000");
  }

  @Test
  void shouldNotMoveAPrinterThatTheHostNeverHomed() {
    modal.restart();
    send("G1 X5");
    assertThat(modal.restore(PLACE, 30)).noneMatch(command -> command.startsWith("G0 X"));
    send("G28");
    assertThat(modal.isHomed()).isTrue();
    send("M84");
    assertThat(modal.restore(PLACE, 30)).noneMatch(command -> command.startsWith("G0 X"));
  }

  @Test
  void shouldGiveBackInchesAndFirmwareDefaults() {
    modal.restart();
    send("G20");
    assertThat(modal.restore(null, 0)).endsWith("G20", "G92 E0.00000", "G90", "M82");
    send("G21", "M106 S255", "M107");
    assertThat(modal.restore(null, 0)).endsWith("G21", "G92 E0.00000", "G90", "M82");
    assertThat(modal.restore(null, 0)).doesNotContain("M106 S255");
  }

  @Test
  void shouldFollowTheExtruder() {
    modal.restart();
    send("G1 E5", "M83", "G1 X1 E2.5", "G1 E-1");
    assertThat(modal.restore(null, 0)).contains("G92 E6.50000", "M83");
    send("G90", "G1 E1");
    assertThat(modal.restore(null, 0)).as("G90 is for the extruder, too").contains("G92 E1.00000");
  }

  @Test
  void shouldKnowWhoseG90IsForTheExtruderToo() {
    modal.restart();
    modal.dialect(Dialect.PRUSA);
    send("M83", "G90", "G1 E2", "G1 E2");
    assertThat(modal.restore(null, 0)).contains("G92 E4.00000", "G90", "M83");

    modal.dialect(Dialect.KLIPPER);
    send("M82", "G92 E0", "G91", "G1 E2", "G1 E2");
    assertThat(modal.restore(null, 0)).contains("G92 E4.00000", "G91", "M82");
  }

  @Test
  void shouldTakeItsOwnReportsForAJobAndGiveTheHostsBack() {
    modal.restart();
    assertThat(modal.ownReports()).isEmpty();
    send("M155 S0", "M113 S0");
    assertThat(modal.ownReports()).containsExactlyInAnyOrder("M155 S2", "M113 S2");
    assertThat(modal.restore(null, 0)).contains("M155 S0", "M113 S0");
  }

  @Test
  void shouldOweNothingToAHostThatNeverMovedThePrinter() {
    send("M105", "M115", "M104 S0");
    assertThat(modal.unknown()).isEmpty();
  }

  @Test
  void shouldSayWhenItCannotKnow() {
    send("G1 X5");
    assertThat(modal.unknown()).isPresent();
    send("G90");
    assertThat(modal.unknown()).isEmpty();
    send("G92 X0");
    assertThat(modal.unknown()).contains("the host shifted the coordinates (G92)");
    send("G28");
    assertThat(modal.unknown()).isEmpty();
  }

  @Test
  void shouldNotFollowTheHostOnceCopied() {
    modal.restart();
    ModalState copy = modal.copy();
    send("G91");
    assertThat(copy.restore(null, 0)).contains("G90").doesNotContain("G91");
  }
}
