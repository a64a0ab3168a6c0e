package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

  private static <T extends Reply> T parse(String text, Class<T> type) {
    Reply reply = ReplyParser.parse(text);
    assertThat(reply).isInstanceOf(type);
    assertThat(reply.text()).isEqualTo(text);
    return type.cast(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "PowerUp",
        " External Reset",
        " Brown out Reset",
        " Watchdog Reset",
        " Software Reset"
      })
  void shouldHearARestart(String text) {
    parse(text, Reply.Started.class);
  }

  @Test
  void shouldHearAPlainOk() {
    Reply.Ok ok = parse("ok", Reply.Ok.class);
    assertThat(ok.line()).isEqualTo(-1);
    assertThat(ok.bufferFree()).isEqualTo(-1);
    assertThat(ok.temperatures()).isNull();
    assertThat(ok.payload()).isEmpty();
  }

  @Test
  void shouldReadTheNumbersOfAnAdvancedOk() {
    Reply.Ok ok = parse("ok N4 P15 B3", Reply.Ok.class);
    assertThat(ok.line()).isEqualTo(4);
    assertThat(ok.plannerFree()).isEqualTo(15);
    assertThat(ok.bufferFree()).isEqualTo(3);
  }

  @Test
  void shouldReadAnAdvancedOkOfALineWithoutNumber() {
    Reply.Ok ok = parse("ok P15 B3", Reply.Ok.class);
    assertThat(ok.line()).isEqualTo(-1);
    assertThat(ok.advanced()).isTrue();
  }

  @Test
  void shouldReadTheTemperaturesOfAnOkAndNoBufferOutOfThem() {
    Reply.Ok ok = parse("ok T:19.38 /0.00 B:20.50 /60.00 @:0 B@:127", Reply.Ok.class);
    assertThat(ok.temperatures()).isEqualTo(new Temperatures(19.38, 0, 20.5, 60, 0, 127));
    assertThat(ok.bufferFree()).isEqualTo(-1);
    assertThat(ok.advanced()).isFalse();
  }

  @Test
  void shouldReadTheFirstNozzleOfSeveral() {
    Reply.Ok ok =
        parse(
            "ok T:205.1 /210.0 B:60.0 /60.0 T0:205.1 /210.0 T1:21.0 /0.0 @:88 B@:12",
            Reply.Ok.class);
    assertThat(ok.temperatures()).isEqualTo(new Temperatures(205.1, 210, 60, 60, 88, 12));
    assertThat(parse("ok B:20.1 /0.0 T0:21.5 /0.0", Reply.Ok.class).temperatures())
        .isEqualTo(new Temperatures(21.5, 0, 20.1, 0, 0, 0));
  }

  @Test
  void shouldNotTakeAWordForAnOk() {
    parse("okay then", Reply.Text.class);
    parse("ok_", Reply.Text.class);
  }

  @ParameterizedTest
  @CsvSource({"Resend: 12,12", "Resend:12,12", "Resend: N12,12", "rs N2,2", "rs 7,7"})
  void shouldHearAResendRequest(String text, int line) {
    assertThat(parse(text, Reply.Resend.class).line()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error:checksum mismatch, Last Line: 1|1",
        "Error:Line Number is not Last Line Number+1, Last Line: 2|2",
        "Error:No Checksum with line number, Last Line: 3|3"
      })
  void shouldHearThatALineWasRefused(String text, int last) {
    assertThat(parse(text, Reply.LineRefused.class).lastLine()).isEqualTo(last);
  }

  @Test
  void shouldReadAReportThatComesByItself() {
    Reply.TemperatureReport report =
        parse(" T:19.38 /0.00 B:19.38 /0.00 @:0 B@:0", Reply.TemperatureReport.class);
    assertThat(report.waiting()).isFalse();
    assertThat(report.temperatures()).isEqualTo(new Temperatures(19.38, 0, 19.38, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " T:150.20 /210.00 B:60.00 /60.00 @:127 B@:40 W:9",
        " T:150.20 /210.00 B:60.00 /60.00 @:127 B@:40 W:?"
      })
  void shouldKnowTheReportOfACommandThatWaits(String text) {
    Reply.TemperatureReport report = parse(text, Reply.TemperatureReport.class);
    assertThat(report.waiting()).isTrue();
    assertThat(report.temperatures().nozzlePower()).isEqualTo(127);
  }

  @Test
  void shouldReadAPrinterWithoutABed() {
    Temperatures t = parse("T:21.0 /0.0 @:0", Reply.TemperatureReport.class).temperatures();
    assertThat(t.hasBed()).isFalse();
    assertThat(t.bedTargetC()).isZero();
    assertThat(t.targetsOff()).isTrue();
  }

  @Test
  void shouldReadNegativeTemperaturesAsABrokenSensorGivesThem() {
    assertThat(parse("ok T:-14.8 /0.0", Reply.Ok.class).temperatures())
        .extracting(Temperatures::nozzleC)
        .isEqualTo(-14.8);
  }

  @ParameterizedTest
  @CsvSource({
    "echo:busy: processing,PROCESSING",
    "echo:busy: paused for user,PAUSED_FOR_USER",
    "echo:busy: paused for input,PAUSED_FOR_INPUT",
    "busy: processing,PROCESSING"
  })
  void shouldHearThatThePrinterIsBusy(String text, Reply.Busy.Reason reason) {
    assertThat(parse(text, Reply.Busy.class).reason()).isEqualTo(reason);
  }

  @Test
  void shouldHearThatThePrinterIsIdle() {
    parse("wait", Reply.Idle.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error:MAXTEMP triggered, system stopped! Heater_ID: E0",
        "Error:MINTEMP triggered, system stopped! Heater_ID: bed",
        "Error:Heating failed, system stopped! Heater_ID: E0",
        "Error:Thermal Runaway, system stopped! Heater_ID: bed",
        "Error:Printer halted. kill() called!",
        "Error:Printer stopped due to errors. Fix the error and use M999 to restart.",
        "!! Printer is not ready",
        "fatal:heater/sensor error - Printer stopped and heaters disabled"
      })
  void shouldKnowWhatIsFatal(String text) {
    assertThat(parse(text, Reply.Fatal.class).reason()).isNotBlank().doesNotStartWith("Error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo:Unknown command: \"M999999\"",
        "echo: cold extrusion prevented",
        "echo:Homing Failed",
        "Error:Something else entirely"
      })
  void shouldKnowWhatIsNotFatal(String text) {
    parse(text, Reply.Warning.class);
  }

  @ParameterizedTest
  @CsvSource({
    "//action:pause,pause",
    "//action:resume,resume",
    "//action:cancel,cancel",
    "//action:poweroff,poweroff",
    "//action:prompt_begin Filament runout,prompt_begin Filament runout",
    "// action:pause,pause"
  })
  void shouldHearWhatThePrinterAsksOfItsHost(String text, String action) {
    assertThat(parse(text, Reply.Action.class).action()).isEqualTo(action);
  }

  @Test
  void shouldTakeOtherInformationAsText() {
    parse("// Klipper state: Ready", Reply.Text.class);
    parse("echo:SD init fail", Reply.Text.class);
    parse("", Reply.Text.class);
  }

  @Test
  void shouldReadAPosition() {
    assertThat(
            parse(
                    "X:80.00 Y:-1.50 Z:5.20 E:12.00 Count X:6400 Y:0 Z:2080",
                    Reply.PositionReport.class)
                .position())
        .isEqualTo(new Position(80, -1.5, 5.2, 12));
    assertThat(parse("X:1 Y:2 Z:3", Reply.PositionReport.class).position())
        .isEqualTo(new Position(1, 2, 3, 0));
  }

  @Test
  void shouldReadWhoTheFirmwareIs() {
    Reply.Firmware firmware =
        parse(
            "FIRMWARE_NAME:Marlin 2.1.2 (Nov 24 2026 20:00:00)"
                + " SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0"
                + " MACHINE_TYPE:Ender-3 V2 EXTRUDER_COUNT:1"
                + " UUID:cede2a2f-41a2-4748-9b12-c55c62f367ff",
            Reply.Firmware.class);
    assertThat(firmware.name()).isEqualTo("Marlin 2.1.2 (Nov 24 2026 20:00:00)");
    assertThat(firmware.machineType()).isEqualTo("Ender-3 V2");
    assertThat(firmware.uuid()).isEqualTo("cede2a2f-41a2-4748-9b12-c55c62f367ff");
  }

  @Test
  void shouldCollectTheCapabilities() {
    Capabilities capabilities =
        Capabilities.of(
            List.of(
                ReplyParser.parse("FIRMWARE_NAME:Marlin MACHINE_TYPE:x"),
                ReplyParser.parse("Cap:AUTOREPORT_TEMP:1"),
                ReplyParser.parse("Cap:EMERGENCY_PARSER:0"),
                ReplyParser.parse("ok")));
    assertThat(capabilities.firmwareName()).isEqualTo("Marlin");
    assertThat(capabilities.autoReportsTemperatures()).isTrue();
    assertThat(capabilities.parsesEmergencies()).isFalse();
    assertThat(capabilities.has("AUTOLEVEL")).isFalse();
  }

  @Test
  void shouldNeverThrowOnNoise() {
    SplittableRandom random = new SplittableRandom(3);
    String alphabet = "okResend:Error:Last Line TB@/0123456789.NPBW?\u00ff\u0001 -+";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThatCode(() -> ReplyParser.parse(text.toString())).doesNotThrowAnyException();
    }
    assertThatCode(() -> ReplyParser.parse("Resend: 99999999999999")).doesNotThrowAnyException();
    assertThatCode(() -> ReplyParser.parse("ok N99999999999 P1")).doesNotThrowAnyException();
  }
}
