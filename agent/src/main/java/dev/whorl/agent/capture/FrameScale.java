package dev.whorl.agent.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** How large a coupon is in a frame, before anything was found in it. */
final class FrameScale {
  /** A coupon of 34 mm with room for the camera's misplacement by some mm on every side. */
  private static final double SHORT_SIDE_MM = 42;

  private FrameScale() {}

  /** Pixels per mm if the frame's short side shows the coupon and a little around it. */
  static double guessPxPerMm(Path png) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(png.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(png + " is no image");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Math.min(reader.getWidth(0), reader.getHeight(0)) / SHORT_SIDE_MM;
      } finally {
        reader.dispose();
      }
    }
  }
}
