package dev.whorl.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> problems(SettingsReader reader) {
    UserError error = catchThrowableOfType(UserError.class, reader::finish);
    assertThat(error.exitCode()).isEqualTo(2);
    return error.getMessage().lines().toList();
  }

  @Test
  void shouldReadEveryKindOfValue() throws IOException {
    SettingsReader reader =
        SettingsReader.read(
            file(
                "a.toml",
                """
                [printer]
                id = "bench-07"
                nozzle_mm = 0.4
                bed_mm = [235, 220.5]
                keepout_mm = [[0, 0, 10, 10], [225, 0, 235, 10]]
                baud = 115200
                [schedule]
                refingerprint = "P7D"
                unattended = true
                enroll_after = ["M500", "G29"]
                [[lamps.lamp]]
                name = "n"
                [[lamps.lamp]]
                name = "e"
                [mqtt]
                ca = "tls/ca.pem"
                """));
    SettingsTable printer = reader.table("printer");
    assertThat(printer.matching("id", Pattern.compile("[a-z0-9-]+"), "an id"))
        .isEqualTo("bench-07");
    assertThat(printer.number("nozzle_mm", 0.4, 0.1, 2)).isEqualTo(0.4);
    assertThat(printer.numbers("bed_mm", 2, null)).containsExactly(235.0, 220.5);
    assertThat(printer.rows("keepout_mm", 4, List.of()))
        .containsExactly(List.of(0.0, 0.0, 10.0, 10.0), List.of(225.0, 0.0, 235.0, 10.0));
    assertThat(printer.integer("baud", 0, 1, 1_000_000)).isEqualTo(115200);
    SettingsTable schedule = reader.table("schedule");
    assertThat(schedule.duration("refingerprint", Duration.ZERO)).isEqualTo(Duration.ofDays(7));
    assertThat(schedule.bool("unattended", false)).isTrue();
    assertThat(schedule.strings("enroll_after", List.of())).containsExactly("M500", "G29");
    assertThat(reader.table("lamps").tables("lamp"))
        .extracting(lamp -> lamp.string("name"))
        .containsExactly("n", "e");
    assertThat(reader.table("mqtt").path("ca")).isEqualTo(folder.resolve("tls/ca.pem"));
    reader.finish();
  }

  @Test
  void shouldReportAllProblemsWithFileLineAndKey() throws IOException {
    Path file =
        file(
            "a.toml",
            """
            # a comment with [brackets] and = signs
            [printer]
            id = 7
            nozzel_mm = 0.4
            note = \"""
            [not a table]
            x = 1\"""
            bed_c = 1e9

            [[lamps.lamp]]
            name = "n"
            [[lamps.lamp]]
            azimuth_deg = "north"
            """);
    SettingsReader reader = SettingsReader.read(file);
    SettingsTable printer = reader.table("printer");
    printer.string("id");
    printer.string("note", "");
    printer.string("port");
    printer.number("nozzle_mm", 0.4, 0.1, 2);
    printer.integer("bed_c", 60, 0, 120);
    for (SettingsTable lamp : reader.table("lamps").tables("lamp")) {
      lamp.string("name");
      lamp.number("azimuth_deg", 0, 0, 360);
    }
    assertThat(problems(reader))
        .containsExactlyInAnyOrder(
            file + ":3: printer.id: must be a string in quotes, not 7",
            file + ":2: printer.port: must be set",
            file + ":4: printer.nozzel_mm: unknown key; did you mean \"nozzle_mm\"?",
            file + ":8: printer.bed_c: must be a whole number, not 1E+9",
            file + ":12: lamps.lamp[1].name: must be set",
            file + ":13: lamps.lamp[1].azimuth_deg: must be a number, not \"north\"");
  }

  @Test
  void shouldFindLinesInsideListsAndInlineTables() throws IOException {
    Path file =
        file(
            "a.toml",
            """
            [lamps]
            lamp = [
              { name = "n" },   # first
              { name = "e", gpio = -1 },
            ]
            """);
    SettingsReader reader = SettingsReader.read(file);
    for (SettingsTable lamp : reader.table("lamps").tables("lamp")) {
      lamp.string("name");
      lamp.integer("gpio", 0, 0, 40);
    }
    assertThat(problems(reader))
        .containsExactly(file + ":4: lamps.lamp[1].gpio: must be between 0 and 40, not -1");
  }

  @Test
  void shouldLetADropInOverrideByKeyAndNameItInProblems() throws IOException {
    Path main = file("a.toml", "[printer]\nid = \"a\"\nport = \"/dev/x\"\n");
    Files.createDirectories(folder.resolve("boot"));
    Path dropIn = file("boot/b.toml", "\n[printer]\nid = \"b\"\nbaud = \"fast\"\nkey = \"k\"");
    SettingsReader reader = SettingsReader.read(main, dropIn, folder.resolve("absent.toml"));
    SettingsTable printer = reader.table("printer");
    assertThat(printer.string("id")).isEqualTo("b");
    assertThat(printer.string("port")).isEqualTo("/dev/x");
    assertThat(printer.path("key")).isEqualTo(folder.resolve("boot/k"));
    printer.integer("baud", 1, 1, 2);
    assertThat(problems(reader))
        .containsExactly(dropIn + ":4: printer.baud: must be a whole number, not \"fast\"");
  }

  @Test
  void shouldNameAnUnknownTableAndTheKnownOnes() throws IOException {
    Path file = file("a.toml", "[printre]\nid = 1\n[zzz]\n");
    SettingsReader reader = SettingsReader.read(file);
    reader.table("printer");
    assertThat(problems(reader))
        .containsExactly(
            file + ":1: printre: unknown key; did you mean \"printer\"?",
            file + ":3: zzz: unknown key; known here: printer");
  }

  @Test
  void shouldSayWhereTheTomlIsBroken() throws IOException {
    Path file = file("a.toml", "[printer]\nid = \"a\"\nport = /dev/tty\n");
    assertThatThrownBy(() -> SettingsReader.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":3: ");
  }

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    assertThatThrownBy(() -> SettingsReader.read(folder.resolve("no.toml")))
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("no.toml") + ": there is no such file");
  }

  @Test
  void shouldRefuseNotANumberAndDurationsThatAreNone() throws IOException {
    Path file = file("a.toml", "a = nan\nb = \"7 days\"\nc = \"PT0S\"\nd = [1, nan]\ne = inf\n");
    SettingsReader reader = SettingsReader.read(file);
    reader.root().number("a", 1, 0, 2);
    reader.root().duration("b", Duration.ofDays(1));
    reader.root().duration("c", Duration.ofDays(1));
    reader.root().numbers("d", 2, null);
    reader.root().number("e", 1, 0, 2);
    assertThat(problems(reader)).hasSize(5).allMatch(line -> line.contains(": must be "));
  }
}
