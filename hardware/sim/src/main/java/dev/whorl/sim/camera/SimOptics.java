package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Noise;
import java.util.SplittableRandom;

/**
 * One camera: how it stands over the bed, its lens and its sensor.
 *
 * @param seed of the camera; also of its sensor's pattern
 * @param pxPerMm picture samples per mm at the top of what is photographed, on the lens's axis
 * @param widthPx picture width
 * @param heightPx picture height
 * @param rotationDeg turn about the vertical, counter-clockwise seen from above
 * @param tiltXDeg lean about machine X
 * @param tiltYDeg lean about machine Y
 * @param shiftXMm where the axis meets the object, from its middle
 * @param shiftYMm likewise
 * @param distanceMm from the lens to the object
 * @param distortion radial distortion, relative, at 20 mm from the axis (positive: barrel)
 * @param blurPx standard deviation of the point spread
 * @param vignetting light lost in the corner of the picture, relative
 * @param gain picture level (1 is full scale) of a white surface facing a lamp 120 mm away during 8
 *     ms
 * @param ambient light besides the lamp, relative to a lamp 120 mm away
 * @param fullWellE electrons at full scale
 * @param readNoiseE electrons rms
 * @param unevenness of the sensor's sites, relative rms
 * @param bits 8 or 16 per sample
 * @param srgb whether samples are sRGB-encoded; else linear
 */
public record SimOptics(
    long seed,
    double pxPerMm,
    int widthPx,
    int heightPx,
    double rotationDeg,
    double tiltXDeg,
    double tiltYDeg,
    double shiftXMm,
    double shiftYMm,
    double distanceMm,
    double distortion,
    double blurPx,
    double vignetting,
    double gain,
    double ambient,
    double fullWellE,
    double readNoiseE,
    double unevenness,
    int bits,
    boolean srgb) {

  /** What a picture shows, mm: the coupon and some bed around it. */
  static final double FIELD_MM = 40;

  /** Checks what would otherwise show as a nonsensical picture. */
  public SimOptics {
    if (!(pxPerMm >= 5 && pxPerMm <= 120)) {
      throw new IllegalArgumentException(
          pxPerMm + " px/mm is beyond this camera; choose 5 to 120, 60 to 80 serve best");
    }
    if (bits != 8 && bits != 16) {
      throw new IllegalArgumentException(bits + " bits per sample; choose 8 or 16");
    }
  }

  /**
   * A camera as hands mount it: a degree or two askew, half a millimetre off, its scale a percent
   * wrong, a plain macro lens.
   */
  public static SimOptics of(long seed, double pxPerMm) {
    SplittableRandom random = new SplittableRandom(Noise.seed(seed, "camera"));
    int size = (int) Math.round(FIELD_MM * pxPerMm);
    return new SimOptics(
        seed,
        pxPerMm * (1 + 0.01 * random.nextDouble(-1, 1)),
        size,
        size,
        3 * random.nextDouble(-1, 1),
        0.8 * random.nextDouble(-1, 1),
        0.8 * random.nextDouble(-1, 1),
        0.6 * random.nextDouble(-1, 1),
        0.6 * random.nextDouble(-1, 1),
        random.nextDouble(140, 200),
        0.002 * random.nextDouble(-1, 1),
        random.nextDouble(0.6, 1.0),
        random.nextDouble(0.08, 0.2),
        2.0,
        random.nextDouble(0.01, 0.03),
        10_000,
        4,
        0.004,
        8,
        true);
  }

  /** The same camera with other samples. */
  public SimOptics withSamples(int newBits, boolean newSrgb) {
    return new SimOptics(
        seed,
        pxPerMm,
        widthPx,
        heightPx,
        rotationDeg,
        tiltXDeg,
        tiltYDeg,
        shiftXMm,
        shiftYMm,
        distanceMm,
        distortion,
        blurPx,
        vignetting,
        gain,
        ambient,
        fullWellE,
        readNoiseE,
        unevenness,
        newBits,
        newSrgb);
  }

  /** The same camera mounted otherwise: turned, moved, nearer or farther by so much. */
  public SimOptics mounted(double turnedDeg, double movedXMm, double movedYMm, double scale) {
    return new SimOptics(
        seed,
        pxPerMm * scale,
        widthPx,
        heightPx,
        rotationDeg + turnedDeg,
        tiltXDeg,
        tiltYDeg,
        shiftXMm + movedXMm,
        shiftYMm + movedYMm,
        distanceMm,
        distortion,
        blurPx,
        vignetting,
        gain,
        ambient,
        fullWellE,
        readNoiseE,
        unevenness,
        bits,
        srgb);
  }

  /**
   * The same camera with another lens and in other light.
   *
   * @param newDistortion radial, relative, at 20 mm
   * @param newBlurPx standard deviation of the point spread
   * @param newAmbient light besides the lamp
   */
  public SimOptics withLens(double newDistortion, double newBlurPx, double newAmbient) {
    return new SimOptics(
        seed,
        pxPerMm,
        widthPx,
        heightPx,
        rotationDeg,
        tiltXDeg,
        tiltYDeg,
        shiftXMm,
        shiftYMm,
        distanceMm,
        newDistortion,
        newBlurPx,
        vignetting,
        gain,
        newAmbient,
        fullWellE,
        readNoiseE,
        unevenness,
        bits,
        srgb);
  }

  /**
   * The same camera as it stands for one object: a camera that is moved over the bed, or a bed that
   * is put back, does not come to the same place twice.
   */
  SimOptics standingOver(long objectSeed) {
    SplittableRandom random = new SplittableRandom(Noise.seed(seed ^ objectSeed, "stand"));
    return new SimOptics(
        seed,
        pxPerMm * (1 + 0.0005 * random.nextDouble(-1, 1)),
        widthPx,
        heightPx,
        rotationDeg + 0.05 * random.nextDouble(-1, 1),
        tiltXDeg,
        tiltYDeg,
        shiftXMm + 0.05 * random.nextDouble(-1, 1),
        shiftYMm + 0.05 * random.nextDouble(-1, 1),
        distanceMm,
        distortion,
        blurPx,
        vignetting,
        gain,
        ambient,
        fullWellE,
        readNoiseE,
        unevenness,
        bits,
        srgb);
  }
}
