package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Bounds;
import dev.whorl.sim.bed.Material;
import dev.whorl.sim.bed.Noise;
import dev.whorl.sim.bed.SmoothField;
import dev.whorl.sim.bed.Surface;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Light that a surface sends up to the camera, in units of what a white matt plate sends that faces
 * a lamp {@link #REFERENCE_MM} away.
 *
 * <p>Lambert's law for what enters the plastic, part of which wanders sideways before it comes out
 * again; a GGX lobe with Schlick's Fresnel term for what its skin mirrors; cast shadows; light from
 * all around. No light is reflected from one part of the surface to another.
 */
final class Shading {

  static final double REFERENCE_MM = 120;

  /** Share of the scattered light that comes out elsewhere, and how far: ordinary filled PLA. */
  private static final float WANDERING = 0.25f;

  private static final double WANDERING_MM = 0.12;

  private static final double BLOTCH_RMS = 0.015;
  private static final double BLOTCH_MM = 0.8;
  private static final double SPECKLE_RMS = 0.006;

  /** A dark, slightly rough build plate. */
  private static final Material BED = new Material("bed", 0.07, 0.04, 0.5, 0, 0);

  private static final double BED_SPECKLE_RMS = 0.2;

  private final Surface surface;
  private final float[] albedo;
  private final Material material;

  Shading(Surface surface, Material material, long seed) {
    this.surface = surface;
    this.material = material;
    this.albedo = albedo(surface, material, seed);
  }

  private static float[] albedo(Surface surface, Material material, long seed) {
    Bounds box =
        new Bounds(
            surface.minXMm(),
            surface.minYMm(),
            surface.xMm(surface.width() - 1),
            surface.yMm(surface.height() - 1));
    SmoothField blotches = new SmoothField(box, BLOTCH_MM, Noise.seed(seed, "blotches"));
    float[] albedo =
        Noise.smooth(
            surface.width(),
            surface.height(),
            0.02 * surface.pxPerMm(),
            Noise.seed(seed, "speckle"));
    rows(surface.height())
        .forEach(
            row -> {
              for (int column = 0; column < surface.width(); column++) {
                int i = row * surface.width() + column;
                double blotch = BLOTCH_RMS * blotches.at(surface.xMm(column), surface.yMm(row));
                albedo[i] =
                    (float)
                        (surface.heightMm()[i] > Surface.BARE_MM
                            ? material.albedo() * (1 + blotch + SPECKLE_RMS * albedo[i])
                            : BED.albedo() * Math.max(0.2, 1 + BED_SPECKLE_RMS * albedo[i]));
              }
            });
    return albedo;
  }

  private static IntStream rows(int height) {
    return IntStream.range(0, height).parallel();
  }

  /**
   * The light sent to the camera.
   *
   * @param lamp the lamp that is on, null for none
   * @param aimXMm machine x that the lamp is placed around and pointed at
   * @param aimYMm machine y
   * @param cameraMm the lens's machine x, y, z
   * @param ambient light from all around, relative
   * @return one value per sample of the surface
   */
  float[] light(
      @Nullable SimLamp lamp, double aimXMm, double aimYMm, double[] cameraMm, double ambient) {
    int width = surface.width();
    float[] matt = new float[surface.heightMm().length];
    float[] mirrored = new float[matt.length];
    java.util.Arrays.fill(matt, (float) ambient);
    if (lamp != null) {
      shine(lamp, aimXMm, aimYMm, cameraMm, matt, mirrored);
      letWander(matt, width, surface.height());
    }
    rows(surface.height())
        .forEach(
            row -> {
              for (int i = row * width; i < (row + 1) * width; i++) {
                matt[i] = matt[i] * albedo[i] + mirrored[i];
              }
            });
    return matt;
  }

  private void shine(
      SimLamp lamp,
      double aimXMm,
      double aimYMm,
      double[] cameraMm,
      float[] matt,
      float[] mirrored) {
    double lampX = aimXMm + lamp.xMm();
    double lampY = aimYMm + lamp.yMm();
    double lampZ = lamp.zMm();
    float[] lit = CastShadow.litShare(surface, lampX, lampY, lampZ);
    int width = surface.width();
    int height = surface.height();
    float[] h = surface.heightMm();
    double half = 0.5 * surface.pxPerMm();
    double strength = REFERENCE_MM * REFERENCE_MM / lamp.distanceMm();
    rows(height)
        .forEach(
            row -> {
              int up = Math.min(row + 1, height - 1) * width;
              int down = Math.max(row - 1, 0) * width;
              double y = surface.yMm(row);
              for (int column = 0; column < width; column++) {
                int i = row * width + column;
                double x = surface.xMm(column);
                double slopeX =
                    half
                        * (h[row * width + Math.min(column + 1, width - 1)]
                            - h[row * width + Math.max(column - 1, 0)]);
                double slopeY = half * (h[up + column] - h[down + column]);
                double n = 1 / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
                double lx = lampX - x;
                double ly = lampY - y;
                double lz = lampZ - h[i];
                double perR = 1 / Math.sqrt(lx * lx + ly * ly + lz * lz);
                lx *= perR;
                ly *= perR;
                lz *= perR;
                double facing = n * (lz - slopeX * lx - slopeY * ly);
                if (facing <= 0 || lit[i] == 0) {
                  continue;
                }
                // The lamp shines as a flat chip: by the cosine to its own axis.
                double axis = (lampX - aimXMm) * lx + (lampY - aimYMm) * ly + lampZ * lz;
                double light = lit[i] * facing * Math.max(0, axis * strength) * perR * perR;
                matt[i] += (float) light;
                double vx = cameraMm[0] - x;
                double vy = cameraMm[1] - y;
                double vz = cameraMm[2] - h[i];
                double perV = 1 / Math.sqrt(vx * vx + vy * vy + vz * vz);
                mirrored[i] =
                    (float)
                        (light
                            * Gloss.lobe(
                                h[i] > Surface.BARE_MM ? material : BED,
                                -slopeX * n,
                                -slopeY * n,
                                n,
                                lx,
                                ly,
                                lz,
                                vx * perV,
                                vy * perV,
                                vz * perV));
              }
            });
  }

  private void letWander(float[] matt, int width, int height) {
    Mat full = new Mat(height, width, CvType.CV_32F);
    Mat small = new Mat();
    Mat wide = new Mat();
    try {
      full.put(0, 0, matt);
      int shrink = 4;
      Imgproc.resize(
          full,
          small,
          new Size((width + shrink - 1) / shrink, (height + shrink - 1) / shrink),
          0,
          0,
          Imgproc.INTER_AREA);
      double sigma = WANDERING_MM * surface.pxPerMm() / shrink;
      Imgproc.GaussianBlur(small, small, new Size(0, 0), Math.max(0.1, sigma));
      Imgproc.resize(small, wide, new Size(width, height), 0, 0, Imgproc.INTER_LINEAR);
      float[] wandered = new float[matt.length];
      wide.get(0, 0, wandered);
      float[] h = surface.heightMm();
      rows(height)
          .forEach(
              row -> {
                for (int i = row * width; i < (row + 1) * width; i++) {
                  if (h[i] > Surface.BARE_MM) {
                    matt[i] += WANDERING * (wandered[i] - matt[i]);
                  }
                }
              });
    } finally {
      full.release();
      small.release();
      wide.release();
    }
  }
}
