package dev.whorl.fingerprint.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.VibrationComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VibrationFileTest {
  private static final double RATE_HZ = 3200;

  @Test
  void shouldFindTheResonanceInRawSamplesOfAShakenFrame() throws Exception {
    VibrationComponent heard = read("raw_data_x_20261124.csv", samples(1, 47, 0.06, 8));

    assertThat(heard.y()).isNull();
    assertThat(heard.x().frequencyHz()).isCloseTo(47, within(3 * heard.x().frequencySeHz()));
    assertThat(heard.x().frequencySeHz()).isLessThan(1);
    assertThat(heard.x().zeta()).isCloseTo(0.06, within(0.03));
    assertThat(java.util.Arrays.stream(heard.x().bandsDb()).sum()).isCloseTo(0, within(1e-6));
  }

  @Test
  void shouldReadSpectraWithWhateverColumnsFollow() throws Exception {
    StringBuilder text = new StringBuilder("freq,psd_x,psd_y,psd_z,psd_xyz,zv(59.8),mzv(37.2)\n");
    for (double hz = 0; hz < 200; hz += 1.6) {
      double power = 1e4 / (1 + Math.pow((hz - 60) / 4, 2));
      text.append(
          String.format(Locale.ROOT, "%.1f,3.0e+00,%.3e,1.0,%.3e,0.9,0.8%n", hz, power, power));
    }
    VibrationComponent heard = read("calibration.csv", text.toString());

    assertThat(heard.x()).isNull();
    assertThat(heard.y().frequencyHz()).isCloseTo(60, within(0.8));
    assertThat(heard.y().zeta()).isCloseTo(4.0 / 60, within(0.01));
  }

  @Test
  void shouldTakeBothAxesFromTwoFiles() throws Exception {
    VibrationComponent heard =
        VibrationFile.read(
            List.of(
                new VibrationFile.Named("r_x_1.csv", samples(1, 40, 0.05, 4)),
                new VibrationFile.Named("r_y_1.csv", samples(2, 62, 0.05, 4))));

    assertThat(heard.x().frequencyHz()).isCloseTo(40, within(2.5));
    assertThat(heard.y().frequencyHz()).isCloseTo(62, within(2.5));
  }

  @Test
  void shouldSayInOneLineWhatIsWrong() {
    assertRefused("", "v.csv: 0 samples over 0.00 s; at least a second at 338 samples");
    assertRefused("0,1,2\n", "v.csv: line 1: has 3 columns");
    assertRefused(
        "#time,accel_x,accel_y,accel_z\n0,1,2,x\n", "v.csv: line 2: column 4 is no number: x");
    assertRefused("freq,shapers\n1,2\n", "v.csv: line 1: the columns are not freq,psd_x");
    assertRefused("freq,psd_x,psd_y,psd_z\n20,1,1,1\n20,1,1,1\n", "v.csv: its frequencies do not");
    assertRefused("freq,psd_x,psd_y,psd_z\n20,1,1,1\n40,1,1,1\n", "v.csv: only 2 frequencies");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read("v.csv", text))
        .isInstanceOf(InvalidRecording.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  private static VibrationComponent read(String name, String text) throws InvalidRecording {
    return VibrationFile.read(List.of(new VibrationFile.Named(name, text)));
  }

  /** White noise through a damped oscillator along both X and Y, louder along one of them. */
  private static String samples(long seed, double hz, double zeta, double seconds) {
    SplittableRandom random = new SplittableRandom(seed);
    double omega = 2 * Math.PI * hz;
    double dt = 1 / RATE_HZ;
    double x = 0;
    double v = 0;
    List<String> lines = new ArrayList<>(List.of("#time,accel_x,accel_y,accel_z"));
    for (int i = 0; i < seconds * RATE_HZ; i++) {
      double force = random.nextGaussian();
      double a = force - 2 * zeta * omega * v - omega * omega * x;
      v += a * dt;
      x += v * dt;
      double swing = omega * omega * x;
      lines.add(
          String.format(
              Locale.ROOT,
              "%.6f,%.3f,%.3f,%.3f",
              i * dt,
              swing,
              swing,
              0.1 * random.nextGaussian()));
    }
    return String.join("\n", lines);
  }

  /** For whoever has real spectra: {@code -Dspectra=DIR}. */
  @Test
  void shouldReadRealSpectraAndFindOneFrameMoreAlikeThanTwo() throws Exception {
    String folder = System.getProperty("spectra");
    org.junit.jupiter.api.Assumptions.assumeTrue(folder != null, "no -Dspectra=DIR");
    List<Resonance> found = new ArrayList<>();
    try (var files = java.nio.file.Files.list(java.nio.file.Path.of(folder))) {
      for (var file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        VibrationComponent heard =
            read(file.getFileName().toString(), java.nio.file.Files.readString(file));
        Resonance one = heard.x() != null ? heard.x() : heard.y();
        assertThat(one.frequencyHz()).as(file.toString()).isBetween(15.0, 135.0);
        assertThat(one.zeta()).as(file.toString()).isBetween(0.005, 0.5);
        System.out.println(file.getFileName() + " " + (heard.x() != null ? "x " : "y ") + one);
        found.add(one);
      }
    }
    assertThat(found).isNotEmpty();
  }
}
