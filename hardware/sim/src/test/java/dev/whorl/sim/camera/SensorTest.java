package dev.whorl.sim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class SensorTest {
  private static final int SIZE = 200;

  @BeforeAll
  static void load() {
    nu.pattern.OpenCV.loadLocally();
  }

  private static SimOptics optics(int bits, boolean srgb) {
    return new SimOptics(
        3, 60, SIZE, SIZE, 0, 0, 0, 0, 0, 150, 0, 0.5, 0, 1, 0, 10_000, 5, 0, bits, srgb);
  }

  private static double[] expose(SimOptics optics, double light, int exposureUs, long seed) {
    Mat even = new Mat(SIZE, SIZE, CvType.CV_32F, new Scalar(light));
    Mat frame = new Sensor(optics).expose(even, exposureUs, seed);
    double[] values = new double[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = frame.get(i / SIZE, i % SIZE)[0];
    }
    even.release();
    frame.release();
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  @Test
  void shouldMakeShotAndReadNoise() {
    double[] values = expose(optics(16, false), 0.25, 8_000, 1);
    double mean = mean(values);
    double variance = 0;
    for (double v : values) {
      variance += (v - mean) * (v - mean) / values.length;
    }
    assertThat(mean / 65_535).isCloseTo(0.25, within(0.001));
    double electrons = 2_500;
    assertThat(Math.sqrt(variance) / 65_535 * 10_000)
        .isCloseTo(Math.sqrt(electrons + 25), within(1.5));
  }

  @Test
  void shouldDoubleWithTheExposureUntilItIsFull() {
    SimOptics optics = optics(16, false);
    assertThat(mean(expose(optics, 0.25, 16_000, 1)) / 65_535).isCloseTo(0.5, within(0.002));
    assertThat(mean(expose(optics, 0.25, 64_000, 1))).isEqualTo(65_535);
  }

  @Test
  void shouldEncodeAsSrgb() {
    // Linear 0.2140 is half of full scale in sRGB.
    assertThat(mean(expose(optics(8, true), 0.2140, 8_000, 1))).isCloseTo(127.5, within(0.5));
  }

  @Test
  void shouldRepeatItsNoiseBySeedOnly() {
    SimOptics optics = optics(8, true);
    double[] frame = expose(optics, 0.3, 8_000, 7);
    assertThat(expose(optics, 0.3, 8_000, 7)).isEqualTo(frame);
    assertThat(expose(optics, 0.3, 8_000, 8)).isNotEqualTo(frame);
  }
}
