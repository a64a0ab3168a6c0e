package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendWindowTest {

  private final SendWindow window = new SendWindow();

  @BeforeEach
  void speakMarlin() {
    window.speak(Dialect.MARLIN);
  }

  private static Reply.Ok ok(String text) {
    return (Reply.Ok) ReplyParser.parse(text);
  }

  private static String text(SendWindow.Outgoing outgoing) {
    String line = new String(outgoing.bytes(), StandardCharsets.US_ASCII);
    return line.strip().substring(0, line.strip().indexOf('*'));
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      window.add("G1 X" + window.nextNumber());
    }
  }

  /** Sends what the repair wants, each acknowledged at once, until it wants nothing. */
  private String repairAll() {
    StringBuilder sent = new StringBuilder();
    for (SendWindow.Outgoing o = window.repair(); o != null; o = window.repair()) {
      sent.append(text(o)).append('|');
      window.acknowledge(ok(o.command().equals("M105") ? "ok T:20 /0" : "ok"));
    }
    return sent.toString();
  }

  @Test
  void shouldHoldFourLinesAtMost() {
    for (int i = 0; i < 4; i++) {
      assertThat(window.hasRoomFor("G28")).isTrue();
      window.add("G28");
    }
    assertThat(window.hasRoomFor("G28")).isFalse();
    window.acknowledge(ok("ok"));
    assertThat(window.hasRoomFor("G28")).isTrue();
  }

  @Test
  void shouldHold120BytesAtMost() {
    String command = "G1 X113.456 Y53.456 E0.04123 F1800"; // 34, with N1 and checksum 41
    window.add(command);
    window.add(command);
    assertThat(window.hasRoomFor(command)).isFalse();
    assertThat(window.hasRoomFor("G1 X113.456 Y53.456 E0.04123")).isTrue();
  }

  @Test
  void shouldSendTheLongestLinesOneByOne() {
    String longest = "M117 " + "x".repeat(75);
    window.add(longest);
    assertThat(window.hasRoomFor(longest)).isFalse();
    window.acknowledge(ok("ok"));
    assertThat(window.hasRoomFor(longest)).isTrue();
  }

  @Test
  void shouldHoldNoMoreThanThePrintersBufferWhereItSaysItsSize() {
    window.add("G28");
    window.acknowledge(ok("ok N1 P15 B1"));
    add(2);
    assertThat(window.hasRoomFor("G28")).isFalse();
  }

  @Test
  void shouldTakeANamedLineForAllBeforeItOnceTheNextOneConfirmsIt() {
    add(4);
    window.acknowledge(ok("ok N3 P15 B3"));
    assertThat(window.acknowledged()).isEqualTo(1);
    window.acknowledge(ok("ok N4 P15 B3"));
    assertThat(window.acknowledged()).isEqualTo(4);
    assertThat(window.settled()).isTrue();
  }

  @Test
  void shouldNotBelieveADamagedNumber() {
    add(4);
    window.acknowledge(ok("ok N4 P15 B3")); // was N1
    window.acknowledge(ok("ok N2 P15 B3"));
    assertThat(window.acknowledged()).isEqualTo(2);
    assertThat(window.questionDue()).isTrue();
  }

  @Test
  void shouldUseALargerBufferOnceItIsSaidThreeTimes() {
    for (int i = 1; i <= 3; i++) {
      window.add("G28");
      window.acknowledge(ok("ok N" + i + " P15 B7"));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(window.hasRoomFor("G28")).as("line %d", i).isTrue();
      window.add("G28");
    }
    assertThat(window.hasRoomFor("G28")).isFalse();
  }

  @Test
  void shouldSendLinesOneByOneOnceTheLineIsNoisy() throws Exception {
    add(1);
    window.resendRequested(1, false);
    window.beginRepair();
    repairAll();
    window.add("G28");
    assertThat(window.hasRoomFor("G28")).isFalse();
    window.acknowledge(ok("ok"));
    for (int i = 0; i < Noise.CLEAN_LINES; i++) {
      window.add("G28");
      window.acknowledge(ok("ok"));
    }
    window.add("G28");
    assertThat(window.hasRoomFor("G28")).isTrue();
  }

  @Test
  void shouldIgnoreAnOkThatComesTwice() {
    add(2);
    window.acknowledge(ok("ok N1 P15 B3"));
    assertThat(window.acknowledge(ok("ok N1 P15 B3"))).isFalse();
    assertThat(window.acknowledged()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeTheOkOfAnUrgentCommandForOneOfALine() {
    window.add("G28");
    window.acknowledge(ok("ok N1 P15 B3"));
    window.add("M109 S210");
    window.addOutOfBand("M108");
    window.acknowledge(ok("ok P15 B3"));
    assertThat(window.acknowledged()).isEqualTo(1);
    window.acknowledge(ok("ok N2 P15 B3"));
    assertThat(window.settled()).isTrue();
  }

  @Test
  void shouldCountThePlainOkOfAnUrgentCommandInItsTurn() {
    window.add("M109 S210");
    window.addOutOfBand("M108");
    window.acknowledge(ok("ok"));
    assertThat(window.settled()).isFalse();
    window.acknowledge(ok("ok"));
    assertThat(window.settled()).isTrue();
    window.acknowledge(ok("ok"));
    window.add("G28");
    assertThat(window.settled()).isFalse();
  }

  @Test
  void shouldSettleEverythingBeforeAnAnswerWithTemperatures() {
    add(2);
    window.add("M105");
    window.acknowledge(ok("ok T:20.0 /0.0"));
    assertThat(window.settled()).isTrue();
  }

  @Test
  void shouldNotTakeAPlainOkForTheAnswerToM105OnceItIsKnownToDiffer() {
    window.add("M105");
    window.acknowledge(ok("ok T:20.0 /0.0"));
    window.add("M105");
    assertThat(window.acknowledge(ok("ok"))).isFalse();
    assertThat(window.settled()).isFalse();
  }

  @Test
  void shouldRepeatFromTheLineAskedForOneByOneAndCloseWithAnM105() throws Exception {
    add(4);
    window.resendRequested(2, false);
    window.acknowledge(ok("ok")); // stands for no line
    assertThat(window.acknowledged()).isZero();
    window.beginRepair();
    assertThat(window.hasRoomFor("G28")).isFalse();
    SendWindow.Outgoing first = window.repair();
    assertThat(text(first)).isEqualTo("N2 G1 X2");
    assertThat(window.repair()).isNull();
    window.acknowledge(ok("ok")); // line 1
    assertThat(window.repair()).isNull();
    window.acknowledge(ok("ok")); // line 2
    assertThat(repairAll()).isEqualTo("N3 G1 X3|N4 G1 X4|N5 M105|");
    assertThat(window.settled()).isTrue();
    assertThat(window.hasRoomFor("G28")).isTrue();
  }

  @Test
  void shouldTakeCopiesOfOneRequestForOne() throws Exception {
    add(4);
    for (int i = 0; i < 9; i++) {
      window.resendRequested(2, false);
    }
    window.beginRepair();
    assertThat(repairAll()).isEqualTo("N2 G1 X2|");
    assertThat(window.resendPending()).isFalse();
  }

  @Test
  void shouldPokeWithTheNextNumberNeverWithALineUnderWay() {
    add(2);
    assertThat(text(window.poke())).isEqualTo("N3 M105");
    assertThat(text(window.poke())).isEqualTo("N4 M105");
  }

  @Test
  void shouldPokeARepairWithItsNextLine() throws Exception {
    add(4);
    window.resendRequested(2, false);
    window.beginRepair();
    assertThat(text(window.repair())).isEqualTo("N2 G1 X2");
    assertThat(text(window.poke())).isEqualTo("N3 G1 X3");
  }

  @Test
  void shouldForgetPokesThatNobodyWaitsFor() {
    add(1);
    window.poke();
    window.poke();
    window.acknowledge(ok("ok T:20 /0"));
    assertThat(window.acknowledged()).isEqualTo(2);
    assertThat(window.onlyPokes()).isTrue();
    window.forgetPokes();
    assertThat(window.settled()).isTrue();
  }

  @Test
  void shouldNotSendTheBeginningOfTheJobAgainToAPrinterThatLostCount() throws Exception {
    for (int i = 0; i < 30; i++) {
      add(1);
      window.acknowledge(ok("ok"));
    }
    for (int i = 0; i < Requests.MAX_STRANGE - 1; i++) {
      window.resendRequested(1, false);
      window.beginRepair();
      assertThat(text(window.repair())).endsWith("M105");
    }
    window.resendRequested(1, false);
    assertThatThrownBy(window::beginRepair)
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("asks for line 1,")
        .hasMessageContaining("30 done");
  }

  @Test
  void shouldBelieveARequestForADoneLineOnlyWhenItIsRepeated() throws Exception {
    add(2);
    window.acknowledge(ok("ok"));
    window.acknowledge(ok("ok")); // one too many: line 2 was damaged
    window.resendRequested(2, false);
    window.beginRepair();
    assertThat(text(window.repair())).isEqualTo("N3 M105");
    window.resendRequested(2, false);
    window.beginRepair();
    assertThat(repairAll()).isEqualTo("N2 G1 X2|N3 M105|N4 M105|");
    assertThat(window.settled()).isTrue();
  }

  @Test
  void shouldBeginAnewAfterM110() {
    add(4);
    window.restart();
    assertThat(window.settled()).isTrue();
    assertThat(text(window.add("G28"))).isEqualTo("N1 G28");
  }
}
