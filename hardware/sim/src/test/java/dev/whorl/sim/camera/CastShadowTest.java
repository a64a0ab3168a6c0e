package dev.whorl.sim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.sim.bed.Bounds;
import dev.whorl.sim.bed.Surface;
import org.junit.jupiter.api.Test;

class CastShadowTest {
  private static final double PX_PER_MM = 100;
  private static final double STEP_MM = 0.2;

  /** A step that faces away from the lamp, its edge through the origin across the azimuth. */
  private static Surface step(double azimuthDeg) {
    Surface surface = Surface.bare(new Bounds(-2, -2, 2, 2), PX_PER_MM);
    double c = Math.cos(Math.toRadians(azimuthDeg));
    double s = Math.sin(Math.toRadians(azimuthDeg));
    for (int row = 0; row < surface.height(); row++) {
      for (int column = 0; column < surface.width(); column++) {
        boolean high = surface.xMm(column) * c + surface.yMm(row) * s > 0;
        surface.heightMm()[row * surface.width() + column] = (float) (high ? 0.1 + STEP_MM : 0.1);
      }
    }
    return surface;
  }

  @Test
  void shouldCastAShadowAsLongAsTheStepIsHighOverTheLampsSlope() {
    for (double azimuth : new double[] {0, 30, 60, 90, 135, 200, 300}) {
      for (double elevation : new double[] {20, 25, 40}) {
        double c = Math.cos(Math.toRadians(azimuth));
        double s = Math.sin(Math.toRadians(azimuth));
        double far = 100_000;
        double flat = far * Math.cos(Math.toRadians(elevation));
        Surface surface = step(azimuth);
        float[] lit =
            CastShadow.litShare(
                surface, flat * c, flat * s, far * Math.sin(Math.toRadians(elevation)));
        double shadowMm = 0;
        for (double d = 0.005; d < 1.5; d += 0.001) {
          int column = (int) Math.round((-d * c - surface.minXMm()) * PX_PER_MM);
          int row = (int) Math.round((-d * s - surface.minYMm()) * PX_PER_MM);
          shadowMm += 0.001 * (1 - lit[row * surface.width() + column]);
        }
        assertThat(shadowMm)
            .as("azimuth %s, elevation %s", azimuth, elevation)
            // three samples, the blur of the edge among them
            .isCloseTo(STEP_MM / Math.tan(Math.toRadians(elevation)), within(0.03));
      }
    }
  }

  @Test
  void shouldLeaveAFlatSurfaceLit() {
    Surface surface = Surface.bare(new Bounds(-2, -2, 2, 2), 20);
    assertThat(CastShadow.litShare(surface, 100, 30, 50)).containsOnly(1f);
  }
}
