package dev.whorl.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintJsonTest {
  @Test
  void shouldReadBackWhatItWrote() throws Exception {
    Fingerprint written = full();
    Fingerprint read = FingerprintJson.read(FingerprintJson.write(written));

    assertThat(read.printer()).isEqualTo("bench-07");
    assertThat(read.time()).isEqualTo(Instant.parse("2026-11-24T20:00:00Z"));
    assertThat(read.slotXMm()).isEqualTo(80);
    assertThat(read.claim()).isEqualTo(written.claim());
    assertThat(read.quality()).isEqualTo(written.quality());
    AxisComponent x = read.axes().get(Axis.X);
    assertThat(x.valuesUm()).containsExactly(written.axes().get(Axis.X).valuesUm(), within(1e-3));
    assertThat(x.covariance(9, 3))
        .isCloseTo(written.axes().get(Axis.X).covariance(3, 9), within(1e-6));
    assertThat(x.backlashUm()).isEqualTo(3.25);
    assertThat(read.nozzle().strokes()).hasSize(8);
    double[] slopes = written.nozzle().strokes().get(5).slopes();
    assertThat(read.nozzle().strokes().get(5).slopes()).containsExactly(slopes, within(0.001));
    assertThat(read.ringing().y()).isNull();
    assertThat(read.ringing().x().frequencyHz()).isEqualTo(47.25);
    assertThat(read.geometry()).isNull();
  }

  @Test
  void shouldWriteTheSameBytesAgainAfterReading() throws Exception {
    byte[] first = FingerprintJson.write(full());
    assertThat(FingerprintJson.write(FingerprintJson.read(first))).isEqualTo(first);
  }

  @Test
  void shouldStayWithinEightKilobytesWhenEverythingWasMeasured() {
    assertThat(FingerprintJson.write(full()).length).isLessThan(FingerprintJson.MAX_BYTES * 9 / 10);
  }

  @Test
  void shouldNameTheFieldThatIsWrong() {
    assertRefused("\"nozzle_mm\":0.4", "\"nozzle_mm\":-1", "nozzle_mm must be above 0");
    assertRefused("\"hz\":47.25", "\"hz\":\"47\"", "components.ringing.x.hz must be a number");
    assertRefused("\"hz\":47.25", "\"herz\":47.25", "components.ringing.x.hz is missing");
    assertRefused("\"v\":1", "\"v\":2", "a fingerprint of version 2 is not known here");
    assertRefused("\"v\":1", "\"v\":1,\"extra\":0", "extra is not a known field");
    assertRefused("2026-11-24T20:00:00Z", "yesterday", "time must be a time like");
    assertRefused("cartesian", "delta", "kinematics must be one of [cartesian, corexy]");
    assertRefused("\"short_id\":123456", "\"short_id\":8388608", "claim.short_id must be a whole");
    assertRefused("\"beads\":79", "\"beads\":79,\"beads\":79", "broken JSON at line 1");
    assertRefused(
        "\"periods_mm\":[40.0,", "\"periods_mm\":[", "axis_x.values_um must be a list of 8");
  }

  @Test
  void shouldRefuseWhatIsNoFingerprintAtAll() {
    for (String text : new String[] {"", "[]", "{", "null", "\u0000\u0001", "{}{}"}) {
      assertThatThrownBy(() -> FingerprintJson.read(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(FingerprintFormatException.class)
          .message()
          .doesNotContain("\n");
    }
    assertThatThrownBy(() -> FingerprintJson.read(new byte[9000]))
        .hasMessage("not a fingerprint: 9000 bytes, at most 8192 are allowed");
  }

  private static void assertRefused(String find, String replace, String message) {
    String text = new String(FingerprintJson.write(full()), StandardCharsets.UTF_8);
    assertThat(text).contains(find);
    String broken = text.replace(find, replace);
    assertThatThrownBy(() -> FingerprintJson.read(broken.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FingerprintFormatException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  private static Fingerprint full() {
    SplittableRandom random = new SplittableRandom(1);
    return new Fingerprint(
        "whorl-1",
        "bench-07",
        "standard-1:" + "ab".repeat(32),
        Instant.parse("2026-11-24T20:00:00Z"),
        80,
        40,
        Kinematics.CARTESIAN,
        40,
        40,
        0.4,
        new Claim(123456, 1, true),
        new Quality(80, 6, false, 4, 11.5, 20.25, 0.98, 1.75, 0.0125),
        new NozzleComponent(10, ploughs(random, 8), ploughs(random, 4)),
        Map.of(Axis.X, axis(random, Axis.X), Axis.Y, axis(random, Axis.Y)),
        new RingingComponent(new Ring(47.25, 0.5, 0.1, 0.01, 40, 2), null),
        new FlowComponent(0.5125, 0.01, 0.03, 0.002),
        null,
        new VibrationComponent(resonance(random), resonance(random)),
        new MeshComponent(rounded(random.doubles(25, -90, 90).toArray())));
  }

  private static Resonance resonance(SplittableRandom random) {
    double[] bands = rounded(random.doubles(Resonance.BANDS, -30, 30).toArray());
    return new Resonance(48.25, 0.5, 0.0625, 0.0125, bands);
  }

  private static double[] rounded(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i] * 10) / 10;
    }
    return values;
  }

  private static List<Plough> ploughs(SplittableRandom random, int headings) {
    List<Plough> ploughs = new ArrayList<>();
    for (int i = 0; i < headings; i++) {
      double[] slopes = random.doubles(101, -0.1, 0.1).toArray();
      ploughs.add(new Plough(i * 45, slopes, random.nextDouble(), random.nextDouble()));
    }
    return ploughs;
  }

  private static AxisComponent axis(SplittableRandom random, Axis axis) {
    double[] covariance = new double[55];
    for (int i = 0, k = 0; i < 10; i++) {
      for (int j = i; j < 10; j++) {
        covariance[k++] = i == j ? 1.5 + random.nextInt(100) : random.nextInt(1000) / 1024.0;
      }
    }
    return new AxisComponent(
        axis,
        new double[] {40, 20, 2, 0.8, 0.2},
        random.doubles(10, -20, 20).toArray(),
        covariance,
        3.25,
        0.5,
        4.5,
        79);
  }
}
