package dev.whorl.fingerprint.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * One decoded frame: grey, proportional to light, 16 bit (65535 is full scale). Colour becomes the
 * plain mean of its linear channels, so that a filament of any colour keeps its light. A pixel of
 * which any channel is at full scale is 65535. Owns its native image.
 */
public final class LinearFrame implements AutoCloseable {
  /** Above this the pipeline would not keep its memory; no bench camera reaches it. */
  public static final long MAX_PIXELS = 64_000_000;

  /** Below this side a coupon cannot show a bead. */
  public static final int MIN_SIDE_PX = 200;

  private final Mat light;
  private final double saturated;
  private final double mean;

  private LinearFrame(Mat light, double saturated, double mean) {
    this.light = light;
    this.saturated = saturated;
    this.mean = mean;
  }

  /** CV_16UC1, owned by this frame. */
  public Mat light() {
    return light;
  }

  public int widthPx() {
    return light.cols();
  }

  public int heightPx() {
    return light.rows();
  }

  /** Fraction of pixels at full scale, 0..1. */
  public double saturated() {
    return saturated;
  }

  /** Mean light, 0..1. */
  public double mean() {
    return mean;
  }

  /**
   * Decodes an 8 or 16 bit PNG, JPEG or TIFF.
   *
   * @param file its name, for the message
   * @throws UnfitCapture when the bytes are no such image
   */
  public static LinearFrame decode(String file, byte[] encoded, Transfer transfer)
      throws UnfitCapture {
    checkSize(file, encoded);
    try (Mats mats = new Mats()) {
      Mat image = mats.mat();
      try {
        Mat bytes = mats.keep(new MatOfByte(encoded));
        Mat decoded =
            mats.keep(
                Imgcodecs.imdecode(bytes, Imgcodecs.IMREAD_ANYDEPTH | Imgcodecs.IMREAD_ANYCOLOR));
        decoded.assignTo(image);
        mats.release(bytes);
      } catch (CvException e) {
        throw notAnImage(file, "cannot be decoded");
      }
      if (image.empty()) {
        throw notAnImage(file, "cannot be decoded");
      }
      if (image.depth() != CvType.CV_8U && image.depth() != CvType.CV_16U) {
        throw notAnImage(file, "pixels of type " + CvType.typeToString(image.type()));
      }
      return linearise(image, transfer);
    }
  }

  private static UnfitCapture notAnImage(String file, String measured) {
    return new UnfitCapture(
        "frame " + file, measured, "an 8 or 16 bit PNG, JPEG or TIFF", "take the frame again");
  }

  /** Reads the header only, so that a forged size cannot exhaust memory. */
  private static void checkSize(String file, byte[] encoded) throws UnfitCapture {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (encoded.length == 0 || !readers.hasNext()) {
        throw notAnImage(file, encoded.length + " bytes that are no image");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > MAX_PIXELS || Math.min(width, height) < MIN_SIDE_PX) {
          throw new UnfitCapture(
              "frame " + file,
              width + "x" + height + " pixels",
              String.format(
                  Locale.ROOT,
                  "sides of at least %d, at most %d megapixels",
                  MIN_SIDE_PX,
                  MAX_PIXELS / 1_000_000),
              "set the camera to a resolution between");
        }
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw notAnImage(file, "cannot be decoded");
    }
  }

  private static LinearFrame linearise(Mat image, Transfer transfer) {
    int width = image.cols();
    int height = image.rows();
    int channels = image.channels();
    boolean wide = image.depth() == CvType.CV_16U;
    int max = wide ? 65535 : 255;
    char[] table = transfer.table(max);
    Mat light = new Mat(height, width, CvType.CV_16UC1);
    byte[] narrowRow = new byte[wide ? 0 : width * channels];
    short[] wideRow = new short[wide ? width * channels : 0];
    short[] out = new short[width];
    // An alpha channel, should a decoder leave one, is no light.
    int colours = Math.min(channels, 3);
    long saturated = 0;
    long sum = 0;
    for (int row = 0; row < height; row++) {
      if (wide) {
        image.get(row, 0, wideRow);
      } else {
        image.get(row, 0, narrowRow);
      }
      for (int column = 0; column < width; column++) {
        int total = 0;
        boolean full = false;
        for (int c = 0; c < colours; c++) {
          int i = column * channels + c;
          int raw = wide ? wideRow[i] & 0xffff : narrowRow[i] & 0xff;
          full |= raw == max;
          total += table[raw];
        }
        int value = full ? 65535 : total / colours;
        if (full) {
          saturated++;
        }
        sum += value;
        out[column] = (short) value;
      }
      light.put(row, 0, out);
    }
    double pixels = (double) width * height;
    return new LinearFrame(light, saturated / pixels, sum / pixels / 65535);
  }

  @Override
  public void close() {
    light.release();
  }
}
