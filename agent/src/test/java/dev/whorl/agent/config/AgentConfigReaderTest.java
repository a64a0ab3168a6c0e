package dev.whorl.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whorl.agent.run.Slot;
import dev.whorl.common.cli.UserError;
import dev.whorl.hardware.RelaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigReaderTest {
  private static final String LEAST =
      """
      [printer]
      id = "bench-07"
      port = "/dev/ttyUSB0"
      bed_mm = [235, 235]
      nozzle_c = 210
      bed_c = 60
      """;

  @TempDir Path dir;

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("agent.toml"), text);
  }

  private List<String> problems(String text) throws IOException {
    Path file = file(text);
    UserError error = catchThrowableOfType(UserError.class, () -> AgentConfigReader.read(file));
    assertThat(error).as("an error").isNotNull();
    assertThat(error.exitCode()).isEqualTo(2);
    return error.getMessage().lines().map(l -> l.replace(dir + "/", "")).toList();
  }

  @Test
  void shouldNeedNothingButThePrinterItsPortItsBedAndItsTemperatures() throws IOException {
    AgentConfig config = AgentConfigReader.read(file(LEAST));

    assertThat(config.printer().travelMm()).containsExactly(235.0, 235.0, 200.0);
    assertThat(config.printer().baud()).isZero();
    assertThat(config.printer().pulleyMm()).containsExactly(40.0, 40.0);
    assertThat(config.printer().homeXyMm()).containsExactly(10.0, 10.0);
    assertThat(config.mqtt()).isNull();
    assertThat(config.schedule().unattended()).isFalse();
    assertThat(config.agent().stateDir()).isEqualTo(Path.of("/var/lib/whorl/agent"));
    assertThat(config.agent().http().getPort()).isEqualTo(9780);
    assertThat(config.relay()).isEqualTo(new RelaySettings("none", List.of()));
  }

  @Test
  void shouldTakeEveryKeyThereIs() throws IOException {
    Path file =
        file(
            """
            [printer]
            id = "bench-07"
            port = "/dev/serial/by-id/usb-..."
            baud = "auto"
            passthrough = "/run/whorl/printer"
            kinematics = "cartesian"
            bed_mm = [235, 235]
            travel_mm = [235, 235, 250]
            keepout_mm = [[0, 0, 10, 10]]
            home_xy_mm = [10, 10]
            nozzle_mm = 0.4
            filament = "PLA"
            pulley_mm = [40.0, 40.0]
            nozzle_c = 210
            bed_c = 60
            start_gcode = ""
            end_gcode = ""
            [coupon]
            kind = "standard-1"
            slots_mm = [[80.0, 40.0], [120.0, 40.0]]
            [schedule]
            refingerprint = "P7D"
            enroll_after = ["M500"]
            blackout = "22:00-07:00"
            unattended = false
            [camera]
            driver = "rpicam"
            exposure_us = 8000
            timeout_ms = 10000
            transfer = "srgb"
            mount = "toolhead"
            offset_mm = [-38.0, 12.0]
            focus_z_mm = 55.0
            [lamps]
            driver = "gpio"
            settle_ms = 40
            max_on_s = 10
            lamp = [ { name = "n", gpio = 17, azimuth_deg = 90, elevation_deg = 25, distance_mm = 120, active_low = false } ]
            [accelerometer]
            driver = "adxl345"
            bus = 0
            cs = 0
            [relay]
            gpio = 27
            [button]
            gpio = 22
            [led]
            gpio = 23
            [ambient]
            driver = "bme280"
            [mqtt]
            url = "ssl://broker.local:8883"
            ca = "tls/ca.pem"
            cert = "tls/agent.pem"
            key = "tls/agent.key"
            operators = ["ops.pub"]
            allow_clear_bed = false
            [registry]
            key = "tls/registry.pub"
            token_file = "token"
            [agent]
            state_dir = "/var/lib/whorl/agent"
            http = "127.0.0.1:9780"
            """);

    AgentConfig config = AgentConfigReader.read(file);

    assertThat(config.coupon().slots()).containsExactly(new Slot(80, 40), new Slot(120, 40));
    assertThat(config.schedule().refingerprint()).isEqualTo(Duration.ofDays(7));
    assertThat(config.schedule().blackout())
        .isEqualTo(new ScheduleConfig.Blackout(LocalTime.of(22, 0), LocalTime.of(7, 0)));
    assertThat(config.mount()).isEqualTo(new MountConfig(true, List.of(-38.0, 12.0), 55, "srgb"));
    assertThat(config.lamps().lamps().get(0).gpio()).isEqualTo(17);
    assertThat(config.relay().driver()).isEqualTo("gpio");
    assertThat(config.mqtt().ca()).isEqualTo(dir.resolve("tls/ca.pem"));
    assertThat(config.mqtt().operators()).containsExactly(dir.resolve("ops.pub"));
    assertThat(config.registry().tokenFile()).isEqualTo(dir.resolve("token"));
  }

  @Test
  void shouldTellEveryProblemAtOnceWithItsLineAndTheNearestKey() throws IOException {
    assertThat(
            problems(
                """
                [printer]
                id = "Bench 7"
                port = "/dev/ttyUSB0"
                bed_mm = [235, -1]
                nozle_mm = 0.4
                nozzle_c = "hot"
                [coupon]
                kind = "deluxe"
                [camera]
                driver = "command"
                command = ["shoot"]
                mount = "toolhead"
                [lamps]
                lamp = [ { name = "dark", azimuth_deg = 0, elevation_deg = 95 } ]
                [schedule]
                blackout = "at night"
                [mqtt]
                url = "http://broker"
                cert = "a.pem"
                [agent]
                http = "0.0.0.0:9780"
                """))
        .containsExactly(
            "agent.toml:2: printer.id: must be a name of at most 32 of a-z, 0-9 and -, such as"
                + " \"bench-07\", not \"Bench 7\"",
            "agent.toml:4: printer.bed_mm: must be lengths above 0 and up to 2000 mm",
            "agent.toml:6: printer.nozzle_c: must be a number, not \"hot\"",
            "agent.toml:1: printer.bed_c: must be set",
            "agent.toml:8: coupon.kind: must be one of standard-1, not \"deluxe\"",
            "agent.toml:16: schedule.blackout: must be two times of day such as \"22:00-07:00\","
                + " not \"at night\"",
            "agent.toml:11: camera.command: must have an argument with {out}, the image file to"
                + " write",
            "agent.toml:9: camera.offset_mm: must be set: where the camera looks, from the nozzle,"
                + " such as [-38.0, 12.0]",
            "agent.toml:9: camera.focus_z_mm: must be set: the machine's Z at which the coupon is"
                + " sharp, such as 55.0",
            "agent.toml:14: lamps.lamp[0].name: \"dark\" is the frame without a lamp; choose"
                + " another name",
            "agent.toml:14: lamps.lamp[0].elevation_deg: must be between 1 and 89, not 95.0",
            "agent.toml:18: mqtt.url: must be tcp://host:port or ssl://host:port, not"
                + " \"http://broker\"",
            "agent.toml:19: mqtt.cert: cert and key come only together",
            "agent.toml:21: agent.http: must be a loopback address and a port such as"
                + " \"127.0.0.1:9780\"",
            "agent.toml:5: printer.nozle_mm: unknown key; did you mean \"nozzle_mm\"?");
  }

  @Test
  void shouldTakeARelayThatAProgramSwitches() throws IOException {
    String relay = "[relay]\ndriver = \"command\"\n";

    assertThat(
            AgentConfigReader.read(file(LEAST + relay + "command = [\"p\", \"{power}\"]\n"))
                .relay())
        .isEqualTo(new RelaySettings("command", List.of("p", "{power}")));
    assertThat(problems(LEAST + relay))
        .containsExactly(
            "agent.toml:7: relay.command: must be set: the program and its arguments, with {power}"
                + " among them");
    assertThat(problems(LEAST + relay + "command = [\"p\"]\n"))
        .containsExactly(
            "agent.toml:9: relay.command: must have an argument with {power}, which becomes on or"
                + " off");
    assertThat(problems(LEAST + "[relay]\ndriver = \"gpio\"\n"))
        .containsExactly("agent.toml:7: relay.gpio: must be set: the BCM number of its pin");
  }

  @ParameterizedTest
  @CsvSource({
    "printer, must be the absolute path of a link to make",
    "/run/whorl/, must be the absolute path of a link to make",
    "/dev/./ttyUSB0, must not be printer.port itself"
  })
  void shouldRefuseAPassThroughThatCannotBe(String path, String why) throws IOException {
    assertThat(problems(LEAST + "passthrough = \"" + path + "\"\n"))
        .singleElement()
        .asString()
        .startsWith("agent.toml:7: printer.passthrough: " + why);
  }

  @Test
  void shouldNameAMistypedTable() throws IOException {
    assertThat(problems(LEAST + "[mqt]\nurl = \"tcp://localhost\"\n"))
        .containsExactly("agent.toml:7: mqt: unknown key; did you mean \"mqtt\"?");
  }

  @Test
  void shouldLetADropInWinKeyByKeyAndBlameTheFileAtFault() throws IOException {
    Path main = file(LEAST);
    Path dropIn =
        Files.writeString(
            dir.resolve("whorl.toml"), "[printer]\nid = \"bench-08\"\nnozzle_c = 230\n");

    AgentConfig config = AgentConfigReader.read(main, dropIn);

    assertThat(config.printer().id()).isEqualTo("bench-08");
    assertThat(config.printer().nozzleC()).isEqualTo(230);
    assertThat(config.printer().bedC()).isEqualTo(60);

    Files.writeString(dropIn, "[printer]\nid = \"UPPER\"\n");
    assertThat(catchThrowableOfType(UserError.class, () -> AgentConfigReader.read(main, dropIn)))
        .hasMessageContaining("whorl.toml:2: printer.id");
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    assertThat(
            catchThrowableOfType(
                UserError.class, () -> AgentConfigReader.read(dir.resolve("no.toml"))))
        .hasMessageContaining("no.toml: there is no such file");
  }
}
