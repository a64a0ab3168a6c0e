package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.ReplyParser;
import dev.whorl.gcode.link.Temperatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostActivityTest {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final HostActivity activity = new HostActivity();
  private final ModalState modal = new ModalState();

  private void send(String command) {
    activity.sent(command, modal, 0);
    modal.sent(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M105", "M115", "M114", "M503", "M155 S2", "M110", "M117 G1 X1 E5", "G90", "M82", "M104 S0",
        "M220 S100", "M107", "M106 S0", "G92 E0", "M84", "M21", "M20", "M27", "M413 S0", "M31",
        "STATUS", "SET_PRESSURE_ADVANCE ADVANCE=0", "M400", "M569 P0", "M914", "M300 S440 P200"
      })
  void shouldTakeAQuestionOrASettingForIdleness(String command) {
    send(command);
    assertThat(activity.busyWith(1)).isEmpty();
    assertThat(activity.extruded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G28", "G29", "G0 X10", "g1 x10", "M109 S0", "T1", "BED_MESH_CALIBRATE"})
  void shouldTakeMotionForUseButNotForPrinting(String command) {
    send(command);
    assertThat(activity.busyWith(MINUTE_NANOS - 1)).isPresent();
    assertThat(activity.busyWith(MINUTE_NANOS + 1)).isEmpty();
    assertThat(activity.extruded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G1 X10 E5",
        "G2 X1 Y1 I1 J0 E1",
        "M701",
        "M600",
        "G11",
        "M98 P\"x.g\"",
        "START_PRINT"
      })
  void shouldTakeFilamentThatMayComeOutForPrinting(String command) {
    modal.restart();
    send(command);
    assertThat(activity.extruded()).isTrue();
    assertThat(activity.extruded()).as("told once").isFalse();
  }

  @Test
  void shouldNotTakeARetractionForPrinting() {
    modal.restart();
    send("G92 E5");
    send("G1 E3 F1800");
    send("M83");
    send("G1 E-2");
    assertThat(activity.extruded()).isFalse();
    send("G1 E2");
    assertThat(activity.extruded()).isTrue();
  }

  @Test
  void shouldCallAPrinterThatPrintsFromItsCardBusyUntilItIsDone() {
    send("M23 part.gco");
    send("M24");
    assertThat(activity.busyWith(100 * MINUTE_NANOS)).contains("the printer prints from its card");
    assertThat(activity.extruded()).isTrue();

    activity.heard(ReplyParser.parse("Done printing file"), 100 * MINUTE_NANOS);
    assertThat(activity.busyWith(100 * MINUTE_NANOS + 1)).isPresent();
    assertThat(activity.busyWith(101 * MINUTE_NANOS + 1)).isEmpty();
  }

  @Test
  void shouldNoticeAPrintFromTheCardThatSomebodyElseStarted() {
    activity.heard(ReplyParser.parse("SD printing byte 120/4500"), 0);
    assertThat(activity.busyWith(9 * MINUTE_NANOS)).isPresent();
    activity.heard(ReplyParser.parse("Not SD printing"), 0);
    assertThat(activity.busyWith(9 * MINUTE_NANOS)).isEmpty();
  }

  @Test
  void shouldCallAHotPrinterBusyEvenBeforeItSaysSo() {
    send("M104 S200");
    activity.measured(new Temperatures(21, 0, 20, 0, 0, 0));
    assertThat(activity.busyWith(1)).isPresent();

    activity.measured(new Temperatures(150, 200, 20, 0, 127, 0));
    assertThat(activity.busyWith(9 * MINUTE_NANOS)).contains("the host heats the printer");
    activity.measured(new Temperatures(150, 0, 20, 0, 0, 0));
    assertThat(activity.busyWith(9 * MINUTE_NANOS)).isEmpty();
  }

  @Test
  void shouldBeginAnewWithThePrinter() {
    send("M24");
    activity.restarted();
    assertThat(activity.busyWith(1)).isEmpty();
  }
}
