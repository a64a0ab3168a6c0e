package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Noise;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Lens blur, vignetting, exposure, noise and encoding: from light to the samples of a file. */
final class Sensor {

  private static final double REFERENCE_US = 8_000;

  private final SimOptics optics;
  private final short[] codes;

  Sensor(SimOptics optics) {
    this.optics = optics;
    this.codes = codes(optics);
  }

  /** Code of each level, 0 to 65535 of full scale. */
  private static short[] codes(SimOptics optics) {
    short[] codes = new short[1 << 16];
    int most = (1 << optics.bits()) - 1;
    for (int i = 0; i < codes.length; i++) {
      double level = i / 65_535.0;
      if (optics.srgb()) {
        // IEC 61966-2-1
        level = level <= 0.0031308 ? 12.92 * level : 1.055 * Math.pow(level, 1 / 2.4) - 0.055;
      }
      codes[i] = (short) Math.round(level * most);
    }
    return codes;
  }

  /**
   * One exposure.
   *
   * @param light float picture; changed by this call
   * @param noiseSeed of this frame
   * @return a picture of 8 or 16 bits that the caller releases
   */
  Mat expose(Mat light, int exposureUs, long noiseSeed) {
    Imgproc.GaussianBlur(light, light, new Size(0, 0), Math.max(0.05, optics.blurPx()));
    int width = optics.widthPx();
    int height = optics.heightPx();
    float[] level = new float[width * height];
    light.get(0, 0, level);
    boolean wide = optics.bits() == 16;
    short[] words = new short[wide ? level.length : 0];
    byte[] bytes = new byte[wide ? 0 : level.length];
    double scale = optics.gain() * exposureUs / REFERENCE_US;
    double corner2 = 0.25 * ((double) width * width + (double) height * height);
    double variance0 = optics.readNoiseE() * optics.readNoiseE();
    Noise noise = new Noise(noiseSeed);
    Noise sites = new Noise(Noise.seed(optics.seed(), "sites"));
    for (int row = 0; row < height; row++) {
      double dy = row - 0.5 * (height - 1);
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        double dx = column - 0.5 * (width - 1);
        double lens = 1 - optics.vignetting() * (dx * dx + dy * dy) / corner2;
        double site = 1 + optics.unevenness() * sites.next();
        double electrons = Math.max(0, level[i] * scale * lens * site) * optics.fullWellE();
        electrons += Math.sqrt(electrons + variance0) * noise.next();
        double full = electrons / optics.fullWellE();
        short code = codes[(int) (65_535 * Math.min(1, Math.max(0, full)) + 0.5)];
        if (wide) {
          words[i] = code;
        } else {
          bytes[i] = (byte) code;
        }
      }
    }
    Mat frame = new Mat(height, width, wide ? CvType.CV_16U : CvType.CV_8U);
    if (wide) {
      frame.put(0, 0, words);
    } else {
      frame.put(0, 0, bytes);
    }
    return frame;
  }
}
