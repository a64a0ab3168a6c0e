package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CouponTest {
  static Stream<CouponProfile> profiles() {
    List<CouponProfile> profiles = new ArrayList<>();
    for (double nozzleMm : new double[] {0.3, 0.35, 0.4, 0.45, 0.5, 0.6}) {
      profiles.add(Profiles.of(Kinematics.CARTESIAN, 235, nozzleMm));
      profiles.add(Profiles.of(Kinematics.COREXY, 350, nozzleMm));
    }
    return profiles.stream();
  }

  private static Program program(CouponProfile profile) {
    return Coupon.standard1(profile).program(80, 40);
  }

  private static List<ToolMove> beads(Program program, CouponProfile profile) {
    return ProgramReader.moves(program.lines(), profile.homeXyMm()).stream()
        .filter(ToolMove::isBead)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldKeepTheFeaturesOfTheTopLayerApart(CouponProfile profile) {
    FeatureRaster raster = new FeatureRaster(program(profile), profile);
    assertThat(new HashSet<>(raster.clashes)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldLeaveIsolatedBeadsRoomOnAllSides(CouponProfile profile) {
    CouponLayout layout = new CouponLayout(profile.nozzleMm());
    List<ToolMove> top =
        beads(program(profile), profile).stream()
            .filter(bead -> bead.to().z() > 2.5 * layout.heightMm)
            .toList();
    Set<String> alone = Set.of("bead", "tilted", "corner");
    for (ToolMove bead : top) {
      for (ToolMove other : top) {
        if (alone.contains(bead.kind()) && !bead.feature().equals(other.feature())) {
          assertThat(nearestMm(bead, other))
              .as(bead.feature() + " to " + other.feature())
              .isGreaterThan(3.2 * layout.pitchMm - 0.005);
        }
      }
    }
  }

  /** Between two beads' middles; neither crosses the other, so an end is nearest. */
  private static double nearestMm(ToolMove a, ToolMove b) {
    return Math.min(Math.min(fromEndsMm(a, b), fromEndsMm(b, a)), Double.POSITIVE_INFINITY);
  }

  private static double fromEndsMm(ToolMove a, ToolMove b) {
    return Math.min(
        FeatureRaster.distanceMm(
            a.from().x(), a.from().y(), b.from().x(), b.from().y(), b.to().x(), b.to().y()),
        FeatureRaster.distanceMm(
            a.to().x(), a.to().y(), b.from().x(), b.from().y(), b.to().x(), b.to().y()));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldStayWithinThirtyFourMillimetres(CouponProfile profile) {
    double half = new CouponLayout(profile.nozzleMm()).pitchMm / 2;
    for (ToolMove bead : beads(program(profile), profile)) {
      if (bead.purpose() == Purpose.PRINT) {
        assertThat(bead.to().x()).as(bead.feature()).isBetween(80 + half - 1e-3, 114 - half + 1e-3);
        assertThat(bead.to().y()).as(bead.feature()).isBetween(40 + half - 1e-3, 74 - half + 1e-3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldLayBeadsOfExactlyPitchTimesHeight(CouponProfile profile) {
    CouponLayout layout = new CouponLayout(profile.nozzleMm());
    double area = layout.pitchMm * layout.heightMm;
    for (ToolMove bead : beads(program(profile), profile)) {
      double share = bead.kind().equals("stroke") ? 0.1 : 1;
      if (bead.purpose() == Purpose.PRINT) {
        assertThat(bead.filamentMm() * ToolpathWriter.FILAMENT_MM2 / bead.lengthXyMm())
            .as(bead.feature())
            .isCloseTo(share * area, within(0.012 * area));
      }
    }
  }

  @Test
  void shouldMakeTheSameBytesWhateverTheLanguage() {
    Locale before = Locale.getDefault();
    String here = program(Profiles.cartesian()).text();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(program(Profiles.cartesian()).text()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldNameTheCouponAlikeInEverySlot() {
    Coupon coupon = Coupon.standard1(Profiles.cartesian());
    assertThat(coupon.program(80, 40).couponId())
        .matches("standard-1:[0-9a-f]{64}")
        .isEqualTo(coupon.program(120, 80).couponId())
        .isNotEqualTo(program(Profiles.corexy()).couponId());
  }

  @Test
  void shouldPrintInLessThanEightMinutes() {
    assertThat(program(Profiles.cartesian()).estimateS()).isBetween(150.0, 480.0);
    assertThat(program(Profiles.corexy()).estimateS()).isBetween(150.0, 480.0);
  }

  @Test
  void shouldSendNoCommentsAndEndCold() {
    List<String> wire =
        program(Profiles.cartesian()).wireLines().stream().map(ProgramLine::text).toList();
    assertThat(wire).noneMatch(line -> line.contains(";"));
    assertThat(wire.get(0)).isEqualTo("G21");
    assertThat(wire.subList(wire.size() - 3, wire.size()))
        .containsExactly("M104 S0", "M140 S0", "M107");
  }

  @Test
  void shouldDescribeItselfInTheHeader() {
    assertThat(program(Profiles.cartesian()).text().lines().limit(9))
        .contains(
            "; whorl printer bench-07",
            "; whorl slot 80.000 40.000",
            "; whorl size 34.000 34.000",
            "; whorl line 0.4300 0.2000",
            "; whorl nozzle 0.400",
            "; whorl kinematics cartesian 40.000 40.000")
        .anyMatch(line -> line.startsWith("; whorl markers 5X5_1000 version=1 short="));
  }

  @Test
  void shouldPressEightHeadingsIntoThePatchLast() {
    CouponProfile profile = Profiles.cartesian();
    List<ToolMove> strokes =
        beads(program(profile), profile).stream().filter(b -> b.kind().equals("stroke")).toList();
    assertThat(strokes).hasSize(8).allMatch(stroke -> Math.abs(stroke.to().z() - 0.56) < 1e-9);
    for (int i = 0; i < 8; i++) {
      ToolMove stroke = strokes.get(i);
      double heading =
          Math.toDegrees(
              Math.atan2(stroke.to().y() - stroke.from().y(), stroke.to().x() - stroke.from().x()));
      assertThat((heading + 360.5) % 360).isCloseTo(45 * i + 0.5, within(0.1));
      assertThat(stroke.lengthXyMm()).isCloseTo(4.5, within(0.01));
    }
    List<ToolMove> all = beads(program(profile), profile);
    assertThat(all.get(all.size() - 1)).isEqualTo(strokes.get(7));
  }

  @Test
  void shouldGiveEachCornerTwoLegsOfWhichTheSecondIsLong() {
    CouponProfile profile = Profiles.cartesian();
    List<ToolMove> legs =
        beads(program(profile), profile).stream().filter(b -> b.kind().equals("corner")).toList();
    assertThat(legs).hasSize(12).allMatch(leg -> leg.speedMmS() == 80);
    for (int i = 0; i < 12; i += 2) {
      boolean x = legs.get(i).feature().contains("ring=x");
      assertThat(legs.get(i).feature()).isEqualTo(legs.get(i + 1).feature());
      assertThat(x ? legs.get(i).from().y() : legs.get(i).from().x())
          .isEqualTo(x ? legs.get(i).to().y() : legs.get(i).to().x());
      assertThat(legs.get(i).lengthXyMm()).isGreaterThan(1.5);
      assertThat(legs.get(i + 1).lengthXyMm()).isGreaterThan(8);
    }
  }

  @Test
  void shouldMeasureTheMotorsOfACorexyAlongTheDiagonals() {
    CouponProfile profile = Profiles.corexy();
    for (ToolMove bead : beads(program(profile), profile)) {
      double dx = bead.to().x() - bead.from().x();
      double dy = bead.to().y() - bead.from().y();
      if (bead.feature().contains("axis=a")) {
        assertThat(dx + dy).isCloseTo(0, within(0.003));
      } else if (bead.feature().contains("axis=b")) {
        assertThat(dx - dy).isCloseTo(0, within(0.003));
      }
    }
    assertThat(program(profile).text()).contains("axis=a", "axis=b");
  }

  @Test
  void shouldLayTheStripsOverTheWholeCoupon() {
    CouponProfile profile = Profiles.cartesian();
    List<ToolMove> rasters =
        beads(program(profile), profile).stream().filter(b -> b.kind().equals("raster")).toList();
    List<Double> x =
        rasters.stream()
            .filter(b -> b.feature().contains("axis=x"))
            .map(b -> b.from().x() - 80)
            .toList();
    // 33.6 mm hold 78 beads of 0.43 mm
    assertThat(x).hasSize(78);
    assertThat(x.get(0)).isCloseTo(0.415, within(1e-3));
    assertThat(x.get(77)).isCloseTo(33.525, within(1e-3));
    assertThat(rasters)
        .filteredOn(b -> b.feature().contains("axis=y"))
        .allMatch(b -> b.from().y() == b.to().y());
  }
}
