package dev.whorl.fingerprint;

import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Slopes of a coupon as a known machine lays it: beads with flat crowns, the higher one wins. */
public final class SyntheticSurface {
  private static final double PX_PER_MM = 60;
  private static final int MARGIN_PX = 30;

  private final Toolpath toolpath;
  private final SyntheticMachine machine;
  private final RandomGenerator random;
  private final int width;
  private final int height;
  private final float[] zMm;

  /** What registration left: map = place + offset + matrix (place - middle). */
  private double[] misplacedMm = new double[6];

  private SyntheticSurface(Toolpath toolpath, SyntheticMachine machine, long printSeed) {
    this.toolpath = toolpath;
    this.machine = machine;
    this.random = new Well19937c(printSeed);
    this.width = (int) Math.ceil(toolpath.widthMm() * PX_PER_MM) + 2 * MARGIN_PX;
    this.height = (int) Math.ceil(toolpath.heightMm() * PX_PER_MM) + 2 * MARGIN_PX;
    this.zMm = new float[width * height];
  }

  /**
   * @param misplacedMm dx, dx/dx, dx/dy, dy, dy/dx, dy/dy that registration left, about the middle
   */
  public static SurfaceMaps of(
      Toolpath toolpath, SyntheticMachine machine, long printSeed, double... misplacedMm) {
    SyntheticSurface surface = new SyntheticSurface(toolpath, machine, printSeed);
    if (misplacedMm.length == 6) {
      surface.misplacedMm = misplacedMm;
    }
    return surface.render();
  }

  private SurfaceMaps render() {
    List<FeatureKind> laid =
        List.of(
            FeatureKind.BASE,
            FeatureKind.MARKER,
            FeatureKind.RASTER,
            FeatureKind.BEAD,
            FeatureKind.TILTED,
            FeatureKind.CORNER,
            FeatureKind.PATCH);
    for (Feature feature : toolpath.features()) {
      if (laid.contains(feature.kind())) {
        for (int i = 0; i < feature.segments().size(); i++) {
          bead(feature, i);
        }
      }
    }
    for (Feature feature : toolpath.of(FeatureKind.STROKE)) {
      stroke(feature.segments().get(feature.segments().size() - 1));
    }
    return maps();
  }

  private void bead(Feature feature, int index) {
    Segment s = feature.segments().get(index);
    if (s.zMm() < 1.5 * toolpath.layerMm()) {
      return;
    }
    double nx = -s.directionY();
    double ny = s.directionX();
    double tx = s.directionX();
    double ty = s.directionY();
    double offset = machine.beadSdUm * random.nextGaussian() + machine.backlashUm(s, nx, ny);
    double length = s.lengthMm();
    int steps = (int) Math.ceil(length / 0.02) + 1;
    double[] lateral = new double[steps];
    double[] half = new double[steps];
    boolean outLeg = feature.kind() == FeatureKind.CORNER && index == 1;
    double swing = 0;
    boolean alongX = "x".equals(feature.attribute("ring"));
    if (outLeg) {
      Segment in = feature.segments().get(0);
      swing = alongX ? Math.signum(in.directionX()) * nx : Math.signum(in.directionY()) * ny;
    }
    for (int i = 0; i < steps; i++) {
      double at = i * 0.02;
      double x = s.xMm(at, 0);
      double y = s.yMm(at, 0);
      lateral[i] =
          1e-3
              * (offset
                  + machine.alongUm(toolpath, x, y, nx, ny)
                  + (outLeg ? swing * machine.ringingUm(s, at, alongX) : 0));
      double stretch =
          1e-3
              * (machine.alongUm(toolpath, x + 0.05 * tx, y + 0.05 * ty, tx, ty)
                  - machine.alongUm(toolpath, x - 0.05 * tx, y - 0.05 * ty, tx, ty))
              / 0.1;
      double e = s.e0Mm() + (s.e1Mm() - s.e0Mm()) * at / length;
      double ripple =
          machine.gearAmplitude * Math.sin(2 * Math.PI * e / machine.gearPeriodMm + 0.4);
      half[i] = 0.55 * toolpath.pitchMm() * (1 + ripple) / (1 + stretch);
    }
    double top = s.zMm();
    double h = toolpath.layerMm();
    sweep(
        s,
        0.4,
        (pixel, along, across) -> {
          int i = Math.max(0, Math.min(steps - 1, (int) Math.round(along / 0.02)));
          double t = (across - lateral[i]) / half[i];
          double over = Math.max(0, Math.max(-along, along - length)) / half[i];
          double r2 = t * t + over * over;
          if (r2 < 1) {
            zMm[pixel] = (float) Math.max(zMm[pixel], top - h * r2 * r2);
          }
        });
  }

  private void stroke(Segment s) {
    double nx = -s.directionY();
    double ny = s.directionX();
    SplittableRandom crown = new SplittableRandom(99);
    double crownPhase = crown.nextDouble();
    sweep(
        s,
        0.6,
        (pixel, along, across) -> {
          double x = s.xMm(along, 0);
          double y = s.yMm(along, 0);
          double t = across - 1e-3 * machine.alongUm(toolpath, x, y, nx, ny);
          if (along > 0 && along < s.lengthMm() && Math.abs(t) < 0.5) {
            double common = 0.002 * Math.cos(2 * Math.PI * (t / 0.15 + crownPhase));
            zMm[pixel] = (float) (s.zMm() + common + machine.reliefMm(s.headingDeg(), t));
          }
        });
  }

  private interface Pixel {
    void at(int pixel, double along, double across);
  }

  private void sweep(Segment s, double reach, Pixel action) {
    int fromColumn = column(Math.min(s.x0Mm(), s.x1Mm()) - reach - 0.3);
    int toColumn = column(Math.max(s.x0Mm(), s.x1Mm()) + reach + 0.3);
    int fromRow = column(Math.min(s.y0Mm(), s.y1Mm()) - reach - 0.3);
    int toRow = column(Math.max(s.y0Mm(), s.y1Mm()) + reach + 0.3);
    double tx = s.directionX();
    double ty = s.directionY();
    double length = s.lengthMm();
    for (int row = Math.max(0, fromRow); row <= Math.min(height - 1, toRow); row++) {
      for (int column = Math.max(0, fromColumn);
          column <= Math.min(width - 1, toColumn);
          column++) {
        double mx = (column - MARGIN_PX) / PX_PER_MM;
        double my = (row - MARGIN_PX) / PX_PER_MM;
        double u = mx - 17;
        double v = my - 17;
        double x = mx - misplacedMm[0] - misplacedMm[1] * u - misplacedMm[2] * v;
        double y = my - misplacedMm[3] - misplacedMm[4] * u - misplacedMm[5] * v;
        double along = (x - s.x0Mm()) * tx + (y - s.y0Mm()) * ty;
        double across = -(x - s.x0Mm()) * ty + (y - s.y0Mm()) * tx;
        if (Math.abs(across) <= reach && along > -reach && along < length + reach) {
          action.at(row * width + column, along, across);
        }
      }
    }
  }

  private static int column(double mm) {
    return (int) Math.round(mm * PX_PER_MM) + MARGIN_PX;
  }

  private SurfaceMaps maps() {
    float[] smooth = smooth(zMm);
    float[] slopeX = new float[zMm.length];
    float[] slopeY = new float[zMm.length];
    float[] confidence = new float[zMm.length];
    float[] albedo = new float[zMm.length];
    Arrays.fill(albedo, 1);
    for (int row = 1; row < height - 1; row++) {
      for (int column = 1; column < width - 1; column++) {
        int i = row * width + column;
        double noise = 0.05;
        slopeX[i] =
            (float)
                ((smooth[i + 1] - smooth[i - 1]) * PX_PER_MM / 2 + noise * random.nextGaussian());
        slopeY[i] =
            (float)
                ((smooth[i + width] - smooth[i - width]) * PX_PER_MM / 2
                    + noise * random.nextGaussian());
        confidence[i] = 1;
      }
    }
    return new SurfaceMaps(width, height, PX_PER_MM, MARGIN_PX, slopeX, slopeY, albedo, confidence);
  }

  private float[] smooth(float[] in) {
    float[] across = new float[in.length];
    float[] out = new float[in.length];
    for (int i = 1; i < in.length - 1; i++) {
      across[i] = 0.25f * in[i - 1] + 0.5f * in[i] + 0.25f * in[i + 1];
    }
    for (int i = width; i < in.length - width; i++) {
      out[i] = 0.25f * across[i - width] + 0.5f * across[i] + 0.25f * across[i + width];
    }
    return out;
  }
}
