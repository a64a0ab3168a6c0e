package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramCheckTest {
  private static List<String> problems(CouponProfile profile, double x, double y) {
    CouponRefused refused =
        catchThrowableOfType(CouponRefused.class, () -> Coupon.standard1(profile).program(x, y));
    return refused == null ? List.of() : refused.problems();
  }

  @Test
  void shouldTellEverythingThatIsWrongAtOnce() {
    CouponProfile profile =
        new CouponProfile(
            "standard-9",
            "Bench 7",
            Kinematics.COREXY,
            List.of(235.0, Double.NaN),
            List.of(235.0, 235.0, 250.0),
            List.of(List.of(5.0, 5.0, 1.0, 9.0)),
            List.of(500.0, 10.0),
            4.0,
            20,
            400,
            List.of(40.0, 0.0),
            "",
            "");
    List<String> problems = problems(profile, 80, 40);
    assertThat(problems).allMatch(problem -> !problem.contains("\n"));
    assertThat(String.join("\n", problems))
        .contains("standard-9", "Bench 7", "bed_mm[1]", "keepout_mm", "home_xy_mm[0]")
        .contains("nozzle_mm is 4,", "nozzle_c is 20,", "bed_c is 400,", "pulley_mm[1]", "differ");
  }

  @ParameterizedTest
  @CsvSource({
    "210,40,move the slot",
    "-1,40,move the slot",
    "80,202,move the slot",
    "NaN,40,is no place",
    "Infinity,40,is no place"
  })
  void shouldRefuseASlotThatReachesOverTheBed(double x, double y, String says) {
    assertThat(problems(Profiles.cartesian(), x, y)).hasSize(1).first().asString().contains(says);
  }

  @Test
  void shouldRefuseASlotInAKeepout() {
    CouponProfile profile = Profiles.withKeepouts(List.of(List.of(100.0, 60.0, 101.0, 61.0)));
    assertThat(problems(profile, 80, 40))
        .singleElement()
        .asString()
        .contains("keepout_mm [100, 60, 101, 61]");
  }

  @Test
  void shouldGoAroundAKeepoutOnTheWayFromHome() {
    CouponProfile profile = Profiles.withKeepouts(List.of(List.of(30.0, 0.0, 40.0, 120.0)));
    Program program = Coupon.standard1(profile).program(80, 40);
    assertThat(program.text()).contains("G1 X29.000 Y121.000", "G1 X41.000 Y121.000");
  }

  @Test
  void shouldRefuseABedTooSmallForTheCoupon() {
    assertThat(problems(Profiles.of(Kinematics.CARTESIAN, 36, 0.4), 0, 0))
        .singleElement()
        .asString()
        .contains("needs 34 x 38.1");
  }

  @ParameterizedTest
  @CsvSource({
    "M112,halts the printer",
    "M302 P1,cold extrusion",
    "M500,overwrites",
    "M109 S350,beyond 0 to 300",
    "M190 R200,beyond 0 to 120",
    "G92 X0,shifts the coordinates",
    "G2 X10 Y10 I5,cannot be checked",
    "g1 x-5 f3000,beyond travel_mm",
    "G1 X300 F3000,beyond travel_mm",
    "G1 X50 E5 F1000,before the nozzle is hot",
    "G1 X50 F90000,mm/s",
    "G1 E40 F100,before the nozzle is hot",
    "N5 G28*23,checksum",
    "hello world,is no command",
    "T1,changes the tool",
    "G1 X,letter without a number"
  })
  void shouldRefuseDangerousLinesAtTheStart(String line, String says) {
    assertThat(problems(Profiles.withGcode(line, ""), 80, 40))
        .anySatisfy(problem -> assertThat(problem).contains(says).contains(line));
  }

  @ParameterizedTest
  @CsvSource({
    "G28,homes or probes",
    "G28 X0,homes or probes",
    "G29,homes or probes",
    "M104 S200,leaves a heater on",
    "M84,axes slip",
    "G1 X80 Y40 Z-1 F1000,beyond travel_mm"
  })
  void shouldRefuseDangerousLinesAtTheEnd(String line, String says) {
    assertThat(problems(Profiles.withGcode("", line), 80, 40))
        .anySatisfy(problem -> assertThat(problem).contains(says));
  }

  @Test
  void shouldTakeOrdinaryLinesAndSendThemBare() {
    CouponProfile profile =
        Profiles.withGcode(
            "M420 S1 ; use the mesh\n\n; nothing\nG91\nG1 Z2 F300\nG90\nM117 Hello 100% X",
            "M300 S440 P200");
    List<String> wire =
        Coupon.standard1(profile).program(80, 40).wireLines().stream()
            .map(ProgramLine::text)
            .toList();
    assertThat(wire).contains("M420 S1", "M117 Hello 100% X").endsWith("M300 S440 P200");
    assertThat(wire.indexOf("M420 S1")).isGreaterThan(wire.indexOf("G28"));
  }

  @Test
  void shouldHoldTheGeneratedLinesToTheHotendsLimit() {
    CouponProfile profile = Profiles.cartesian();
    List<ProgramLine> lines =
        List.of(
            new ProgramLine("G90", Purpose.SETUP),
            new ProgramLine("M83", Purpose.SETUP),
            new ProgramLine("G28", Purpose.HOME),
            new ProgramLine("M109 S210", Purpose.HEAT),
            new ProgramLine("G1 X50 Y10 Z0.2 E3 F6000", Purpose.PRINT),
            new ProgramLine("M104 S0", Purpose.COOL));
    CouponRefused refused =
        catchThrowableOfType(CouponRefused.class, () -> ProgramCheck.lines(profile, lines));
    // 3 mm of filament are 7.2 mm3, laid in 0.4 s
    assertThat(refused.problems()).singleElement().asString().contains("needs 18.0 mm3/s");
  }
}
