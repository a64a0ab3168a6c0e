package dev.whorl.hardware.camera;

import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/** Turns what a camera wrote into the PNG that the rest of the system reads. */
final class FrameFile {
  private static final byte[] PNG_MAGIC = {(byte) 0x89, 'P', 'N', 'G'};

  private FrameFile() {}

  /**
   * Checks that a file is an image of 8 or 16 bits, and moves it to its place as PNG: unchanged
   * where it is PNG already, else converted without loss of depth.
   */
  static void keepAsPng(Path raw, Path pngOut, String what) throws HardwareException, IOException {
    OpenCv.load();
    byte[] start = new byte[PNG_MAGIC.length];
    try (var in = Files.newInputStream(raw)) {
      in.readNBytes(start, 0, start.length);
    }
    Mat frame = Imgcodecs.imread(raw.toString(), Imgcodecs.IMREAD_UNCHANGED);
    try {
      if (frame.empty()) {
        throw new HardwareException(
            what
                + ": the file of "
                + Files.size(raw)
                + " bytes is not an image that can be"
                + " decoded; write PNG, JPEG or TIFF");
      }
      if (frame.depth() != CvType.CV_8U && frame.depth() != CvType.CV_16U) {
        throw new HardwareException(
            what
                + ": the image has "
                + CvType.typeToString(frame.type())
                + " samples; write 8 or"
                + " 16 bits");
      }
      Path ready = raw;
      if (!java.util.Arrays.equals(start, PNG_MAGIC)) {
        ready = raw.resolveSibling(raw.getFileName() + ".png");
        if (!Imgcodecs.imwrite(ready.toString(), frame)) {
          throw new HardwareException(what + ": cannot write " + ready + "; is the disk full?");
        }
      }
      try (FileChannel channel = FileChannel.open(ready, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          ready, pngOut, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      frame.release();
    }
  }
}
