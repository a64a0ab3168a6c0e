package dev.whorl.fingerprint.toolpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.Kinematics;
import dev.whorl.fingerprint.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolpathTest {
  @Test
  void shouldReadWhatTheProgramSaysOfItself() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");

    assertThat(toolpath.printer()).isEqualTo("bench-07");
    assertThat(toolpath.coupon()).startsWith("standard-1:").hasSize(11 + 64);
    assertThat(toolpath.slotXMm()).isEqualTo(80);
    assertThat(toolpath.slotYMm()).isEqualTo(40);
    assertThat(toolpath.pitchMm()).isEqualTo(0.43);
    assertThat(toolpath.kinematics()).isEqualTo(Kinematics.CARTESIAN);
    assertThat(toolpath.markers()).isEqualTo(new Toolpath.Markers("5X5_1000", 1, 4831086));
    assertThat(Programs.toolpath("corexy").kinematics().axes()).containsExactly(Axis.A, Axis.B);
  }

  @Test
  void shouldPutFeaturesIntoCouponCoordinates() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    Feature corner = toolpath.of(FeatureKind.CORNER).get(0);
    Segment out = corner.segments().get(1);

    assertThat(corner.attribute("ring")).isEqualTo("x");
    assertThat(corner.segments()).hasSize(2);
    assertThat(out.x0Mm()).isCloseTo(33.485, within(1e-9));
    assertThat(out.y1Mm()).isCloseTo(26.719, within(1e-9));
    assertThat(out.speedMmS()).isEqualTo(80);
    assertThat(out.headingDeg()).isEqualTo(90);
    assertThat(out.cameFrom().of(Axis.X)).as("it came from the in-leg, along +X").isEqualTo(1);
    assertThat(toolpath.of(FeatureKind.STROKE)).hasSize(8);
  }

  @Test
  void shouldCountFilamentOverRetractions() {
    Toolpath toolpath =
        parsed(
            """
            ; feature bead b1
            G1 X1 Y1 Z0.2 F600
            G1 X5 E1
            G1 E-0.8
            G1 X5 Y9
            G1 E0.8
            G92 E7
            G1 X1 E2 F1200
            """);
    List<Segment> segments = toolpath.features().get(0).segments();

    assertThat(segments).hasSize(2);
    assertThat(segments.get(1).e0Mm()).isCloseTo(1, within(1e-12));
    assertThat(segments.get(1).e1Mm()).isCloseTo(3, within(1e-12));
    assertThat(segments.get(1).speedMmS()).isEqualTo(20);
    assertThat(segments.get(1).cameFrom().of(Axis.Y)).isEqualTo(1);
  }

  @Test
  void shouldKnowTheTimeSinceACorner() {
    MotionLimits limits = new MotionLimits(3000, 0.014, 10);

    assertThat(limits.cornerSpeedMmS(80)).isEqualTo(10);
    // (80^2 - 10^2) / 6000 = 1.05 mm of speeding up take 70 / 3000 s.
    assertThat(limits.timeS(1.05, 10, 80)).isCloseTo(70.0 / 3000, within(1e-12));
    assertThat(limits.timeS(1.05 + 8, 10, 80)).isCloseTo(70.0 / 3000 + 0.1, within(1e-12));
  }

  @Test
  void shouldRefuseInOneLineThatSaysWhere() throws Exception {
    refused("; nothing", "program has no '; feature' line");
    refused("; feature ball b1", "program line 9 has a feature of the unknown kind 'ball'");
    refused("; feature bead", "program line 9 names a feature without kind and name");
    refused("; feature bead b1 speed", "program line 9 has 'speed' where key=value is due");
    refused("; feature bead b1\nG1 X1 E1 F600", "program line 10 extrudes from a place");
    refused("G1 Xnan", "program line 9 has 'XNAN' where a number is due");
    refused("G2 X1 Y1", "program line 9 has an arc (G2)");
    refused("G20", "program line 9 is in inches");
    assertThatThrownBy(() -> Toolpath.parse("G28\n; feature bead b1\n"))
        .hasMessage(
            "program does not say '; whorl slot ...': it is not an annotated coupon program");
  }

  private static void refused(String body, String message) {
    assertThatThrownBy(() -> Toolpath.parse(HEADER + body))
        .isInstanceOf(ToolpathFormatException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  private static Toolpath parsed(String body) {
    try {
      return Toolpath.parse(HEADER + "G90\nM83\nM204 P3000\n" + body);
    } catch (ToolpathFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static final String HEADER =
      """
      ; whorl coupon standard-1:00
      ; whorl printer p
      ; whorl slot 0 0
      ; whorl size 34 34
      ; whorl line 0.43 0.2
      ; whorl nozzle 0.4
      ; whorl kinematics cartesian 40 40
      ; whorl markers 5X5_1000 version=1 short=5
      """;
}
