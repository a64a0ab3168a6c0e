package dev.whorl.sim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.sim.bed.Bounds;
import dev.whorl.sim.bed.Material;
import dev.whorl.sim.bed.Surface;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShadingTest {
  private static final Material MATT = new Material("matt", 0.5, 0, 0.9, 0, 10);
  private static final double[] CAMERA_MM = {0, 0, 1000};

  @BeforeAll
  static void load() {
    nu.pattern.OpenCV.loadLocally();
  }

  private static Surface plate(double slopeX, double slopeY) {
    Surface surface = Surface.bare(new Bounds(-17, -17, 17, 17), 10);
    for (int row = 0; row < surface.height(); row++) {
      for (int column = 0; column < surface.width(); column++) {
        surface.heightMm()[row * surface.width() + column] =
            (float) (5 + slopeX * surface.xMm(column) + slopeY * surface.yMm(row));
      }
    }
    return surface;
  }

  private static double mean(float[] light, Surface s, double xMm, double yMm) {
    double sum = 0;
    int n = 0;
    for (int row = 0; row < s.height(); row++) {
      for (int column = 0; column < s.width(); column++) {
        if (Math.abs(s.xMm(column) - xMm) < 2 && Math.abs(s.yMm(row) - yMm) < 2) {
          sum += light[row * s.width() + column];
          n++;
        }
      }
    }
    return sum / n;
  }

  @Test
  void shouldShadeAPlateByTheCosineAndTheInverseSquare() {
    double[][] slopes = {{0, 0}, {0.1, 0}, {-0.05, 0.1}};
    SimLamp lamp = new SimLamp("l", 60, 25, 120);
    for (double[] slope : slopes) {
      Surface plate = plate(slope[0], slope[1]);
      float[] light = new Shading(plate, MATT, 1).light(lamp, 0, 0, CAMERA_MM, 0);
      for (double[] at : new double[][] {{0, 0}, {12, -12}, {-12, 5}, {13, 13}}) {
        double z = 5 + slope[0] * at[0] + slope[1] * at[1];
        double lx = lamp.xMm() - at[0];
        double ly = lamp.yMm() - at[1];
        double lz = lamp.zMm() - z;
        double r = Math.sqrt(lx * lx + ly * ly + lz * lz);
        double n = Math.sqrt(1 + slope[0] * slope[0] + slope[1] * slope[1]);
        double facing = (lz - slope[0] * lx - slope[1] * ly) / (n * r);
        double axis = (lamp.xMm() * lx + lamp.yMm() * ly + lamp.zMm() * lz) / (120 * r);
        double expected = 0.5 * facing * axis * (120 / r) * (120 / r);
        assertThat(mean(light, plate, at[0], at[1]))
            .as("slope %s at %s", Arrays.toString(slope), Arrays.toString(at))
            .isCloseTo(expected, within(0.03 * expected));
      }
    }
  }

  @Test
  void shouldShowOnlyAmbientLightInTheDark() {
    Surface plate = plate(0, 0);
    float[] light = new Shading(plate, MATT, 1).light(null, 0, 0, CAMERA_MM, 0.02);
    assertThat(mean(light, plate, 0, 0)).isCloseTo(0.01, within(0.0003));
  }

  @Test
  void shouldMirrorMostWhereTheNormalHalvesLampAndEye() {
    Material glossy = new Material("glossy", 0, 0.04, 0.3, 0, 10);
    double bisector = Math.toRadians(0.5 * (90 + 25));
    double best = -1;
    double bestTilt = 0;
    for (double tilt = 30; tilt <= 85; tilt += 0.5) {
      double a = Math.toRadians(tilt);
      double light =
          Gloss.lobe(
              glossy,
              Math.cos(a),
              0,
              Math.sin(a),
              Math.cos(Math.toRadians(25)),
              0,
              Math.sin(Math.toRadians(25)),
              0,
              0,
              1);
      if (light > best) {
        best = light;
        bestTilt = tilt;
      }
    }
    assertThat(bestTilt).isCloseTo(Math.toDegrees(bisector), within(1.0));
  }

  @Test
  void shouldMirrorTheSameBothWays() {
    Material glossy = new Material("glossy", 0, 0.04, 0.3, 0, 10);
    double there = Gloss.lobe(glossy, 0, 0, 1, 0.6, 0, 0.8, 0, 0.28, 0.96);
    double back = Gloss.lobe(glossy, 0, 0, 1, 0, 0.28, 0.96, 0.6, 0, 0.8);
    assertThat(there).isCloseTo(back, within(1e-12));
  }
}
