package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BedMeshTest {
  private static final List<List<Double>> HEIGHTS =
      List.of(List.of(0.012, -0.02, 0.1), List.of(0.0, 0.5, -0.01), List.of(-0.03, 0.04, 0.2));

  private static void assertRead(String... lines) {
    assertThat(BedMesh.of(List.of(lines)).orElseThrow().heightsMm()).isEqualTo(HEIGHTS);
  }

  @Test
  void shouldReadMarlinsBilinearGridAndNotItsSubdivision() {
    assertRead(
        "echo:Bilinear Leveling Grid:",
        "      0      1      2",
        " 0 +0.012 -0.020 +0.100",
        " 1 +0.000 +0.500 -0.010",
        " 2 -0.030 +0.040 +0.200",
        "",
        "Subdivided with CATMULL ROM Leveling Grid:",
        "        0        1        2        3",
        " 0 +0.01200 -0.00400 +0.02000 +0.10000");
  }

  @Test
  void shouldTurnUnifiedLevelingsLinesRoundThatBeginAtTheBack() {
    assertRead(
        "Bed Topography Report for CSV:",
        "",
        "-0.030\t0.040\t0.200",
        "0.000\t0.500\t-0.010",
        "0.012\t-0.020\t0.100",
        "echo:Bed Leveling ON");
    assertRead(
        "Bed Topography Report for CSV:",
        "-0.030,0.040,0.200",
        "0.000,0.500,-0.010",
        "0.012,-0.020,0.100");
  }

  @Test
  void shouldTurnPrusasRowsRoundThatBeginAtTheBack() {
    assertRead(
        "Num X,Y: 3,3",
        "Z search height: 5.00",
        "Measured points:",
        "  -0.03000  0.04000  0.20000",
        "  0.00000  0.50000  -0.01000",
        "  0.01200  -0.02000  0.10000");
  }

  @Test
  void shouldReadKlippersRowsFromTheFront() {
    assertRead(
        "// Mesh Leveling Probed Z positions:",
        "//  0.012000 -0.020000 0.100000",
        "//  0.000000 0.500000 -0.010000",
        "//  -0.030000 0.040000 0.200000");
  }

  @Test
  void shouldTakeNoMeshForOneWithHoles() {
    assertThat(
            BedMesh.of(
                List.of(
                    "Bilinear Leveling Grid:",
                    " 0 +0.012 -0.020 +0.100",
                    " 1 +0.000  ===== -0.010",
                    " 2 -0.030 +0.040 +0.200")))
        .isEmpty();
    assertThat(BedMesh.of(List.of("Mesh bed leveling not active."))).isEmpty();
    assertThat(BedMesh.of(List.of("Invalid mesh.", "echo:Bed Leveling OFF"))).isEmpty();
  }

  @Test
  void shouldWriteRowsOfMillimetresFromTheFront() {
    assertThat(new BedMesh(HEIGHTS).csv())
        .isEqualTo("0.0120,-0.0200,0.1000\n0.0000,0.5000,-0.0100\n-0.0300,0.0400,0.2000\n");
  }
}
