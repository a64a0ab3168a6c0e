package dev.whorl.fingerprint.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.toolpath.ToolpathFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class SurfaceReaderTest {
  private static Toolpath toolpath;
  private static Toolpath wideToolpath;
  private CouponPhotographer bench;

  @BeforeAll
  static void readPrograms() throws IOException, ToolpathFormatException {
    toolpath = program("/bench-07.gcode");
    wideToolpath = program("/wide-06.gcode");
  }

  private static Toolpath program(String name) throws IOException, ToolpathFormatException {
    try (InputStream in = SurfaceReaderTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return Toolpath.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void setUpBench() {
    bench = new CouponPhotographer(toolpath);
  }

  private Surface read() throws UnfitCapture {
    return SurfaceReader.read(bench.metadata(), bench.photograph(), toolpath);
  }

  private UnfitCapture refusal() {
    UnfitCapture refused = catchThrowableOfType(UnfitCapture.class, this::read);
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.getMessage()).doesNotContain("\n");
    return refused;
  }

  /** Largest distance of the registration from the true pose over the coupon, mm. */
  private double worstMm(Surface surface) {
    Homography pose = bench.pose();
    double worst = 0;
    for (double x = 0; x <= 34; x += 8.5) {
      for (double y = 0; y <= 34; y += 8.5) {
        double[] found = surface.registration().toCoupon(pose.x(x, y), pose.y(x, y));
        worst = Math.max(worst, Math.hypot(found[0] - x, found[1] - y));
      }
    }
    return worst;
  }

  @Test
  void shouldFindTheCouponStraightAhead() throws UnfitCapture {
    Surface surface = read();

    assertThat(worstMm(surface)).isLessThan(0.03);
    assertThat(surface.quality().markers()).isEqualTo(4);
    assertThat(surface.claim().shortId()).isEqualTo(toolpath.markers().shortId());
    assertThat(surface.claim().version()).isEqualTo(1);
    assertThat(surface.claim().agrees()).isTrue();
    assertThat(surface.quality().ambientAssumed()).isFalse();
    assertThat(surface.registration().pxPerMm()).isCloseTo(bench.pxPerMm, within(0.05));
  }

  @Test
  void shouldFindACouponTurnedShiftedScaledAndTilted() throws UnfitCapture {
    bench.rotationDeg = 10;
    bench.pxPerMm = 1.05 * bench.claimedPxPerMm;
    bench.shiftXMm = 1.4;
    bench.shiftYMm = -1.4;
    bench.tiltDeg = 3;
    bench.frameMm = 46;

    Surface surface = read();

    assertThat(worstMm(surface)).isLessThan(0.05);
    assertThat(surface.registration().rotationDeg()).isCloseTo(10, within(0.05));
    assertThat(surface.registration().affine().scaleX()).isCloseTo(0.05, within(0.002));
    assertThat(surface.registration().affine().scaleY()).isCloseTo(0.05, within(0.002));
  }

  @Test
  void shouldFindACouponUpsideDownInAPhotographTooSmallByATenth() throws UnfitCapture {
    bench.rotationDeg = 178;
    bench.pxPerMm = 0.9 * bench.claimedPxPerMm;

    Surface surface = read();

    assertThat(worstMm(surface)).isLessThan(0.05);
    assertThat(surface.quality().markers()).isEqualTo(4);
  }

  @Test
  void shouldFindACouponAtAScaleFarFromTheGuess() throws UnfitCapture {
    bench.pxPerMm = 26;
    bench.claimedPxPerMm = 41;

    Surface surface = read();

    assertThat(worstMm(surface)).isLessThan(0.05);
    assertThat(surface.registration().pxPerMm()).isCloseTo(26, within(0.05));
  }

  @Test
  void shouldReadUnderThreeLampsOfUnknownDistanceWithoutADarkFrame() throws UnfitCapture {
    bench.lampCount = 3;
    bench.distanceKnown = false;
    bench.darkFrame = false;
    bench.ambient = 0;

    Surface surface = read();

    assertThat(worstMm(surface)).isLessThan(0.06);
    assertThat(surface.quality().ambientAssumed()).isTrue();
    assertThat(surface.quality().markers()).isEqualTo(4);
  }

  @Test
  void shouldReadUnderFourGlossyLampsHighUp() throws UnfitCapture {
    bench.lampCount = 4;
    bench.elevationDeg = 45;
    bench.gloss = 0.4;
    bench.exposure = 0.7;

    assertThat(worstMm(read())).isLessThan(0.06);
  }

  @Test
  void shouldMeasureTheSlopesOfBeads() throws UnfitCapture {
    bench.gloss = 0;
    bench.shadows = false;
    bench.pxPerMm = 56;
    bench.claimedPxPerMm = 56;
    bench.blurMm = 0;
    bench.frameMm = 36;

    SurfaceMaps maps = read().maps();

    // Across the raster of the x strip, away from the furrows that no camera resolves.
    double tt = 0;
    double tm = 0;
    double mm = 0;
    for (double x = 8; x < 26; x += 0.013) {
      double e = 0.03;
      double truth = (bench.height(x + e, 9) - bench.height(x - e, 9)) / (2 * e);
      double measured = maps.sample(maps.slopeX(), x, 9);
      if (Math.abs(truth) < 0.3) {
        tt += truth * truth;
        tm += truth * measured;
        mm += measured * measured;
      }
    }
    assertThat(tm / Math.sqrt(tt * mm)).as("correlation").isGreaterThan(0.9);
    assertThat(tm / tt).as("gain").isCloseTo(1, within(0.12));
  }

  @Test
  void shouldRecordAClaimThatDisagreesAndReadOn() throws UnfitCapture {
    Toolpath other =
        new Toolpath(
            toolpath.coupon(),
            "another",
            toolpath.slotXMm(),
            toolpath.slotYMm(),
            toolpath.widthMm(),
            toolpath.heightMm(),
            toolpath.pitchMm(),
            toolpath.layerMm(),
            toolpath.nozzleMm(),
            toolpath.kinematics(),
            toolpath.pulleyXMm(),
            toolpath.pulleyYMm(),
            new Toolpath.Markers("5X5_1000", 1, 99),
            toolpath.features());

    Surface surface = SurfaceReader.read(bench.metadata(), bench.photograph(), other);

    assertThat(surface.claim().shortId()).isEqualTo(toolpath.markers().shortId());
    assertThat(surface.claim().agrees()).isFalse();
  }

  @Test
  void shouldRefuseACouponOfAnotherProgram() {
    UnfitCapture refused =
        catchThrowableOfType(
            UnfitCapture.class,
            () -> SurfaceReader.read(bench.metadata(), bench.photograph(), wideToolpath));

    assertThat(refused).isNotNull();
    assertThat(refused.item()).isEqualTo("relief");
    assertThat(refused.remedy()).contains("program");
  }

  @Test
  void shouldRefuseABlurredCapture() {
    bench.blurMm = 0.2;

    assertThat(refusal().item()).isEqualTo("sharpness");
  }

  @Test
  void shouldRefuseASaturatedCapture() {
    bench.exposure = 6;

    assertThat(refusal().item()).startsWith("saturation under lamp");
  }

  @Test
  void shouldNameALampThatDidNotLight() {
    bench.power[2] = 0;

    UnfitCapture refused = refusal();

    assertThat(refused.item()).isEqualTo("lamp lamp2");
    assertThat(refused.remedy()).contains("lights");
  }

  @Test
  void shouldNameALampThatIsSwappedWithAnother() {
    bench.wiring[1] = 4;
    bench.wiring[4] = 1;

    UnfitCapture refused = refusal();

    assertThat(refused.item()).isIn("lamp lamp1", "lamp lamp4");
    assertThat(refused.measured()).contains("degrees off its azimuth");
  }

  @Test
  void shouldNameTwoLampsThatAreTheSameLight() {
    bench.wiring[3] = 2;

    assertThat(refusal().item()).isEqualTo("lamps lamp2 and lamp3");
  }

  @Test
  void shouldRefuseAmbientLightAsStrongAsTheLamps() {
    bench.ambient = 0.5;
    bench.exposure = 0.4;

    assertThat(refusal().item()).isEqualTo("ambient light");
  }

  @Test
  void shouldRefuseACaptureInTheDark() {
    bench.exposure = 0.003;
    bench.ambient = 0;

    assertThat(refusal().item()).isEqualTo("exposure");
  }

  @Test
  void shouldRefuseACouponThatReachesOutOfView() {
    bench.shiftXMm = 8;

    UnfitCapture refused = refusal();

    assertThat(refused.item()).isEqualTo("coupon in view");
    assertThat(refused.remedy()).contains("camera");
  }

  @Test
  void shouldRefuseLampsNearlyOverhead() {
    bench.elevationDeg = 86;

    assertThat(refusal().item()).isEqualTo("lamp directions");
  }
}
