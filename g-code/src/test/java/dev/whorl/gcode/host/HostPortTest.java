package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.ReplyParser;
import dev.whorl.gcode.link.Temperatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {

  private static final Temperatures COLD = new Temperatures(21, 0, 20, 0, 0, 0);

  private long nowNanos = 1_000_000_000L;
  private final HostPort port = new HostPort(() -> nowNanos);
  private int number = 100;

  private List<String> send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return port.received(bytes, bytes.length);
  }

  private void sendNumbered(int line, String command) {
    String body = "N" + line + " " + command;
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum ^= body.charAt(i);
    }
    send(body + "*" + sum + "\n");
  }

  /** What the host reads now. */
  private List<String> told() {
    StringBuilder text = new StringBuilder();
    for (byte[] next = port.output(); next.length > 0; next = port.output()) {
      text.append(new String(next, StandardCharsets.ISO_8859_1));
      port.wrote(next.length);
    }
    return text.isEmpty() ? List.of() : List.of(text.toString().split("\n"));
  }

  /** Sends everything that is offered, as the link would with an endless window. */
  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    for (String command = port.peek(); command != null; command = port.peek()) {
      taken.add(command);
      port.taken(++number);
    }
    return taken;
  }

  private void settle(int upTo, String text) {
    port.settled(upTo, (Reply.Ok) ReplyParser.parse(text));
  }

  private void hear(String line) {
    port.heard(ReplyParser.parse(line));
  }

  private void pass(double seconds) {
    nowNanos += (long) (seconds * 1e9);
  }

  // ---- What goes through.

  @Test
  void shouldAcknowledgeACommandWhenThePrinterDid() {
    send("G28\n");
    assertThat(takeAll()).containsExactly("G28");
    assertThat(told()).isEmpty();

    settle(101, "ok N101 P15 B3");

    assertThat(told()).containsExactly("ok");
  }

  @Test
  void shouldTellTheRepliesOfACommandBeforeItsOk() {
    send("M119\nM105\n");
    takeAll();
    hear("Reporting endstop status");
    hear("x_min: open");
    settle(101, "ok");
    settle(102, "ok T:21.50 /0.00 B:20.00 /0.00 @:0 B@:0");

    assertThat(told())
        .containsExactly(
            "Reporting endstop status",
            "x_min: open",
            "ok",
            "ok T:21.50 /0.00 B:20.00 /0.00 @:0 B@:0");
  }

  @Test
  void shouldTakeNumbersAndChecksumsOff() {
    sendNumbered(-1, "M110");
    sendNumbered(0, "G28 X");
    sendNumbered(1, "M117 a*b");

    assertThat(takeAll()).containsExactly("G28 X", "M117 a");
    settle(102, "ok");
    assertThat(told()).containsExactly("ok", "ok", "ok");
  }

  @Test
  void shouldLetSeveralCommandsBeUnderWayAndAcknowledgeThemInOrder() {
    send("G1 X1\nM110 N7\nG1 X2\nG1 X3\n");
    assertThat(takeAll()).containsExactly("G1 X1", "G1 X2", "G1 X3");
    assertThat(told()).isEmpty();

    // One `ok` that stands for two, after one of the printer's got lost.
    settle(102, "ok");

    assertThat(told()).as("G1 X1, M110, G1 X2").containsExactly("ok", "ok", "ok");
    settle(103, "ok");
    assertThat(told()).containsExactly("ok");
  }

  @Test
  void shouldNotAcknowledgeTheLinksOwnQuestions() {
    send("G1 X1\n");
    takeAll();
    settle(101, "ok");
    settle(102, "ok T:21.50 /0.00");

    assertThat(told()).containsExactly("ok");
  }

  @Test
  void shouldPassOnWhatFollowsTheOkWithoutTheLinksNumbers() {
    send("M105\n");
    takeAll();
    settle(101, "ok N101 P15 B3 T:21.5 /0.0 B:20.0 /0.0");
    assertThat(told()).containsExactly("ok T:21.5 /0.0 B:20.0 /0.0");
  }

  @Test
  void shouldNotTellOfResendsBetweenTheLinkAndThePrinter() {
    send("G1 X1\n");
    takeAll();
    hear("Error:checksum mismatch, Last Line: 100");
    hear("Resend: 101");
    hear("wait");
    hear("echo:busy: processing");
    assertThat(told()).containsExactly("echo:busy: processing");
  }

  @Test
  void shouldTellOfTemperatureReportsThatTheHostAskedFor() {
    hear(" T:21.00 /0.00 B:20.00 /0.00 @:0 B@:0");
    assertThat(told()).as("the link's own M155").isEmpty();

    send("M105\n");
    takeAll();
    hear(" T:21.00 /0.00 B:20.00 /0.00 @:0 B@:0");
    hear("T:21.00 /0.00 B:20.00 /0.00 @:0");
    settle(101, "ok");
    assertThat(told())
        .as("a firmware that answers before its ok")
        .containsExactly("T:21.00 /0.00 B:20.00 /0.00 @:0", "ok");

    send("M155 S2\n");
    takeAll();
    settle(102, "ok");
    hear(" T:21.00 /0.00 B:20.00 /0.00 @:0 B@:0");
    assertThat(told()).containsExactly("ok", " T:21.00 /0.00 B:20.00 /0.00 @:0 B@:0");

    send("M155 S0\nM109 S200\n");
    takeAll();
    hear(" T:22.00 /0.00");
    hear(" T:22.00 /200.00 W:?");
    assertThat(told()).as("a heating command that waits").containsExactly(" T:22.00 /200.00 W:?");
  }

  @Test
  void shouldSayThatEmergenciesAreActedUponAtOnceWhateverThePrinterSays() {
    send("M115\n");
    takeAll();
    hear("FIRMWARE_NAME:Marlin 2.1.2 MACHINE_TYPE:Ender-3");
    hear("Cap:AUTOREPORT_TEMP:1");
    hear("Cap:EMERGENCY_PARSER:0");
    hear("Cap:MEATPACK:1");
    settle(101, "ok P15 B3");
    assertThat(told())
        .containsExactly(
            "FIRMWARE_NAME:Marlin 2.1.2 MACHINE_TYPE:Ender-3",
            "Cap:AUTOREPORT_TEMP:1",
            "Cap:EMERGENCY_PARSER:1",
            "Cap:MEATPACK:0",
            "ok");

    send("M115\n");
    takeAll();
    settle(102, "ok FIRMWARE_NAME:Klipper FIRMWARE_VERSION:v0.12.0");
    assertThat(told())
        .containsExactly(
            "Cap:EMERGENCY_PARSER:1", "ok FIRMWARE_NAME:Klipper FIRMWARE_VERSION:v0.12.0");
  }

  @Test
  void shouldShowNoByteThatIsNotUtf8() {
    hear("echo:SD\u00ff card ok");
    hear("M117 \u00c3\u00bc");
    assertThat(told()).containsExactly("echo:SD? card ok", "M117 \u00c3\u00bc");
  }

  // ---- Numbers that end here.

  @Test
  void shouldAskForALineThatArrivedDamagedAndIgnoreWhatWasSentBehindIt() {
    sendNumbered(1, "G28");
    send("N2 G1 X1*1\nN3 G1 X2*103\nN4 G1 X3*1\n");

    assertThat(told()).containsExactly("Error:checksum mismatch, Last Line: 1", "Resend: 2", "ok");
    sendNumbered(2, "G1 X1");
    assertThat(takeAll()).containsExactly("G28", "G1 X1");
  }

  @Test
  void shouldRefuseANumberOutOfTurnAndANumberWithoutChecksum() {
    sendNumbered(5, "G28");
    assertThat(told())
        .containsExactly(
            "Error:Line Number is not Last Line Number+1, Last Line: 0", "Resend: 1", "ok");
    send("N1 G28\n");
    assertThat(told())
        .containsExactly("Error:No Checksum with line number, Last Line: 0", "Resend: 1", "ok");
    assertThat(takeAll()).isEmpty();
  }

  @Test
  void shouldSwallowALineThatComesTwice() {
    sendNumbered(1, "G1 X1");
    sendNumbered(2, "G1 X2");
    sendNumbered(2, "G1 X2");
    sendNumbered(1, "G1 X1");
    sendNumbered(3, "G1 X3");
    assertThat(takeAll()).containsExactly("G1 X1", "G1 X2", "G1 X3");
    assertThat(told()).isEmpty();
  }

  @Test
  void shouldTakeANumberedMessageInAnyLanguage() {
    // Å in UTF-8 ends in 0x85, which is a line's end in Latin-1.
    sendNumbered(1, "M117 \u00c3\u0085se");
    assertThat(takeAll()).containsExactly("M117 \u00c3\u0085se");
    send("M117 \u00c3\u0085\u0001\n");
    assertThat(takeAll()).isEmpty();
  }

  @Test
  void shouldTakeARawTerminalsLinesOfAnyMake() {
    send("  g28 ; home\r\n\r\n;LAYER:1\nG1 X1 Y2");
    send(" E0.5\rM117 h\u00fc\n");
    assertThat(takeAll()).containsExactly("g28", "G1 X1 Y2 E0.5", "M117 h\u00fc");
  }

  @Test
  void shouldAnswerRubbishOnceAndGoOn() {
    send("\u00ff\u00ff\u00fb\nG1\u0001\u0002\n\u0080\u0081\nG28\n");
    assertThat(takeAll()).containsExactly("G28");
    assertThat(told()).containsExactly("echo:Unknown command: \"???\"", "ok", "ok", "ok");
  }

  @Test
  void shouldMakeALongCommandFitOrRefuseItAloud() {
    port.dialect(Dialect.MARLIN);
    String spaced =
        "G1  X100.00000000000000  Y100.00000000000000   Z0.300000000000  E12.000000000  F1200";
    String message = "M117 " + "x".repeat(100);
    String macro = "EXCLUDE_OBJECT_DEFINE NAME=a POLYGON=" + "[1,1],".repeat(200);
    send(spaced + "\n" + message + "\n" + macro + "\n");

    assertThat(takeAll())
        .containsExactly(
            "G1X100.00000000000000Y100.00000000000000Z0.300000000000E12.000000000F1200",
            message.substring(0, 82));
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("Error:A command of 1237 characters is too long for this printer");

    port.dialect(Dialect.KLIPPER);
    send(macro + "\n");
    assertThat(takeAll()).containsExactly(macro);
  }

  @Test
  void shouldSurviveALineWithoutEnd() {
    byte[] endless = "G1 X1 ".repeat(200_000).getBytes(StandardCharsets.ISO_8859_1);
    port.received(endless, endless.length);
    send("\nG28\n");
    assertThat(takeAll()).containsExactly("G28");
    assertThat(told()).singleElement().asString().startsWith("Error:A command of 4097 characters");
  }

  // ---- Emergencies.

  @Test
  void shouldGiveEmergenciesAtOnceAndAcknowledgeThemInTurn() {
    send("M109 S200\n");
    takeAll();

    assertThat(send("M108\n")).containsExactly("M108");
    assertThat(told()).isEmpty();
    settle(101, "ok");
    assertThat(told()).as("M109, M108").containsExactly("ok", "ok");
  }

  @Test
  void shouldGiveEmergenciesThatAreNumberedOrDamagedOrHeld() {
    port.hold(true);
    assertThat(send("N7 M410*1\nM108 ; go on\nM1080\nM117 M112\n  m112\n"))
        .containsExactly("M410", "M108", "M112");
  }

  @Test
  void shouldForgetWhatWasHeldAtAnEmergencyStop() {
    port.hold(true);
    send("G28\nG1 X1\n");
    send("M112\n");
    port.hold(false);
    assertThat(takeAll()).isEmpty();
  }

  @Test
  void shouldNotTakeAnotherCommandForTheOneThatWentOutAsM112Came() {
    send("G28\n");
    assertThat(port.peek()).isEqualTo("G28");
    send("M112\nG1 X1\n");
    port.taken(101);
    settle(101, "ok");
    assertThat(told()).isEmpty();
    assertThat(takeAll()).containsExactly("G1 X1");
  }

  // ---- Held.

  @Test
  void shouldKeepAHostWaitingAndLoseNothing() {
    port.hold(true);
    send("G28\nM105\nG1 X1\n");
    port.tick(COLD);
    pass(1);
    port.tick(COLD);
    pass(1);
    port.tick(COLD);

    assertThat(takeAll()).isEmpty();
    assertThat(port.hasCommands()).isFalse();
    assertThat(told()).containsExactly("echo:busy: paused for user", "echo:busy: paused for user");

    port.hold(false);
    assertThat(takeAll()).containsExactly("G28", "M105", "G1 X1");
  }

  @Test
  void shouldAnswerAHeldHostThatOnlyAsksForTemperatures() {
    port.hold(true);
    send("M105\n");
    assertThat(told()).as("nothing is known yet").isEmpty();
    port.restarted();
    told();
    port.tick(new Temperatures(205.5, 210, 59.75, 60, 64, 12));
    told();
    sendNumbered(1, "M105");
    sendNumbered(-1, "M110");
    send("M105\n");
    assertThat(told())
        .containsExactly(
            "ok T:205.50 /210.00 B:59.75 /60.00 @:64 B@:12",
            "ok",
            "ok T:205.50 /210.00 B:59.75 /60.00 @:64 B@:12");
  }

  @Test
  void shouldNotBotherAHeldHostWithTheAgentsOwnJob() {
    port.hold(true);
    port.unasked(ReplyParser.parse("echo:busy: processing"));
    port.unasked(ReplyParser.parse(" T:200.00 /210.00 W:3"));
    port.unasked(ReplyParser.parse("//action:pause"));
    port.unasked(ReplyParser.parse("Error:Printer halted. kill() called!"));
    assertThat(told()).containsExactly("//action:pause", "Error:Printer halted. kill() called!");
  }

  @Test
  void shouldStopReadingWhenAMebibyteIsHeld() {
    port.hold(true);
    byte[] block =
        "G1 X100.125 Y40.250 E0.04120\n".repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
    int sent = 0;
    while (port.hasRoom() && sent < 100_000) {
      port.received(block, block.length);
      sent += 1000;
    }
    assertThat(sent).isBetween(20_000, 30_000);
    port.hold(false);
    assertThat(takeAll()).hasSize(sent);
    assertThat(port.hasRoom()).isTrue();
  }

  @Test
  void shouldHoldOnlyAHostThatLeavesThePrinterAlone() {
    assertThat(port.holdIfIdle()).isEmpty();
    port.hold(false);

    send("G1 X1\n");
    assertThat(port.holdIfIdle()).contains("the host has commands under way");
    takeAll();
    assertThat(port.holdIfIdle()).isPresent();
    settle(101, "ok");
    assertThat(port.holdIfIdle())
        .contains("the host moved or heated the printer within the last minute");
    assertThat(port.isHeld()).isFalse();
    pass(61);
    assertThat(port.holdIfIdle()).isEmpty();
    assertThat(port.isHeld()).isTrue();
  }

  // ---- When the printer fails.

  @Test
  void shouldTellOfARestartOnceAndForgetWhatWasSent() {
    sendNumbered(1, "G1 X1");
    takeAll();
    send("G1 X2\n");
    hear("start");
    port.restarted();
    hear("echo: External Reset");

    assertThat(told()).containsExactly("start", "echo: External Reset");
    assertThat(takeAll()).isEmpty();
    sendNumbered(1, "G28");
    assertThat(takeAll()).containsExactly("G28");
    settle(102, "ok");
    assertThat(told()).as("for G28 alone").containsExactly("ok");
  }

  @Test
  void shouldSayNothingWhileAPrinterStarts() {
    send("G1 X1\n");
    port.restarting();
    send("M105\n");
    assertThat(takeAll()).isEmpty();
    port.restarted();
    assertThat(told()).containsExactly("start");
  }

  @Test
  void shouldSayOnceThatThePrinterHaltedAndAnswerNothing() {
    send("G1 X1\n");
    takeAll();
    hear("Error:Printer halted. kill() called!");
    port.halted();
    send("M105\nG28\n");
    assertThat(told()).containsExactly("Error:Printer halted. kill() called!");
    assertThat(takeAll()).isEmpty();
    assertThat(port.resetAsked()).isFalse();

    send("FIRMWARE_RESTART\n");
    assertThat(port.resetAsked()).isTrue();
    assertThat(port.resetAsked()).isFalse();
    port.restarted();
    send("M105\n");
    assertThat(takeAll()).containsExactly("M105");
  }

  @Test
  void shouldSayItselfThatThePrinterHaltedWhereThePrinterDoesNot() {
    port.halted();
    assertThat(told()).containsExactly("Error:Printer halted. kill() called!");
  }

  @Test
  void shouldSayThatThereIsNoPrinterNowAndThen() {
    port.gone();
    send("M105\n");
    send("M105\n");
    assertThat(told()).containsExactly("Error:The printer is not connected");
    pass(6);
    send("M105\nM105\n");
    assertThat(told()).containsExactly("Error:The printer is not connected");
  }

  // ---- Output.

  @Test
  void shouldKeepNothingForAHostThatIsNotThere() {
    port.attended(false);
    send("G28\nG1 X");
    takeAll();
    hear("echo:something");
    settle(101, "ok");
    port.attended(true);
    assertThat(told()).isEmpty();
  }

  @Test
  void shouldNotAcknowledgeOneHostsCommandsToTheNext() {
    send("G1 X1\nM110 N0\nG1 X2\n");
    takeAll();
    port.attended(false);
    port.attended(true);
    send("M105\n");
    assertThat(takeAll()).containsExactly("M105");
    settle(101, "ok");
    settle(102, "ok");
    assertThat(told()).isEmpty();
    settle(103, "ok T:21.0 /0.0");
    assertThat(told()).containsExactly("ok T:21.0 /0.0");
  }

  @Test
  void shouldForgetHalfALineWhenTheHostGoes() {
    send("G28\nG1 X1");
    port.attended(false);
    port.attended(true);
    send("00\nM105\n");
    assertThat(takeAll()).containsExactly("G28", "00", "M105");
  }

  @Test
  void shouldLoseTheOldestLinesOfAHostThatDoesNotReadButItsOks() {
    send("G1 X1\n".repeat(100));
    takeAll();
    for (int i = 1; i <= 100; i++) {
      for (int line = 0; line < 50; line++) {
        hear("echo:line %d of command %d, with something behind it".formatted(line, i));
      }
      settle(100 + i, "ok");
    }
    List<String> told = told();
    assertThat(told.stream().filter("ok"::equals)).hasSize(100);
    assertThat(told.stream().mapToInt(String::length).sum()).isLessThan(64 * 1024);
    assertThat(told).endsWith("echo:line 49 of command 100, with something behind it", "ok");
  }

  // ---- The relay.

  @Test
  void shouldLetTheRelayGoShortlyAfterTheLastCommand() {
    send("G28\n");
    takeAll();
    settle(101, "ok");
    assertThat(port.over(nowNanos)).isFalse();
    pass(0.3);
    assertThat(port.over(nowNanos)).isTrue();
  }

  @Test
  void shouldKeepTheLinksQuestionsOutOfAFileOnTheCard() {
    send("M28 part.gco\n");
    takeAll();
    settle(101, "ok");
    pass(5);
    assertThat(port.mayAsk()).isFalse();
    assertThat(port.over(nowNanos)).isFalse();
    send("M29\n");
    takeAll();
    settle(102, "ok");
    pass(5);
    assertThat(port.mayAsk()).isTrue();
    assertThat(port.over(nowNanos)).isTrue();
  }
}
