package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Bounds;
import dev.whorl.sim.bed.Noise;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.bed.Surface;
import dev.whorl.sim.bed.SurfacePainter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * One object before one camera: the surface is made once and photographed as often as wanted. Owns
 * native memory: close it. Not for several threads at once.
 */
public final class Scene implements AutoCloseable {

  /** The surface is a little finer than the picture, so that the picture's grid does not show. */
  private static final double OVERSAMPLING = 1.2;

  /** Bed beyond the nominal field, for a camera that stands askew. */
  private static final double MARGIN_MM = 2.5;

  static {
    nu.pattern.OpenCV.loadLocally();
  }

  private final PrintedObject object;
  private final SimOptics optics;
  private final double atXMm;
  private final double atYMm;
  private final Surface surface;
  private final Shading shading;
  private final View view;
  private final Sensor sensor;

  /**
   * Makes the surface: seconds at full resolution.
   *
   * @param object what lies there
   * @param atXMm machine x of the middle of the coupon, around which lamps and camera stand
   * @param atYMm machine y
   */
  public Scene(PrintedObject object, SimOptics optics, double atXMm, double atYMm) {
    this.object = object;
    this.optics = optics.standingOver(object.seed());
    this.atXMm = atXMm;
    this.atYMm = atYMm;
    double half = 0.5 * SimOptics.FIELD_MM + MARGIN_MM;
    surface =
        SurfacePainter.paint(
            object,
            new Bounds(atXMm - half, atYMm - half, atXMm + half, atYMm + half),
            optics.pxPerMm() * OVERSAMPLING);
    shading = new Shading(surface, object.material(), object.seed());
    float top = 0;
    for (float h : surface.heightMm()) {
      top = Math.max(top, h);
    }
    view = new View(this.optics, surface, atXMm, atYMm, top);
    sensor = new Sensor(optics);
  }

  /** The heights that are photographed. */
  public Surface surface() {
    return surface;
  }

  /**
   * Takes one frame.
   *
   * @param lamp the lamp that is on, null for none
   * @param frame number of this frame among those taken under the same lamp; other noise for each
   * @param pngOut written whole or not at all
   */
  public void photograph(@Nullable SimLamp lamp, int exposureUs, int frame, Path pngOut)
      throws IOException {
    Mat samples = expose(lamp, exposureUs, frame);
    try {
      write(samples, pngOut);
    } finally {
      samples.release();
    }
  }

  /** Takes one frame and gives the bytes of its PNG. */
  public byte[] photograph(@Nullable SimLamp lamp, int exposureUs, int frame) {
    Mat samples = expose(lamp, exposureUs, frame);
    MatOfByte png = new MatOfByte();
    MatOfInt fast = new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, 1);
    try {
      Imgcodecs.imencode(".png", samples, png, fast);
      return png.toArray();
    } finally {
      fast.release();
      png.release();
      samples.release();
    }
  }

  private Mat expose(@Nullable SimLamp lamp, int exposureUs, int frame) {
    float[] light = shading.light(lamp, atXMm, atYMm, view.lensMm(), optics.ambient());
    String name = lamp == null ? "dark" : lamp.name();
    long noiseSeed = Noise.seed(optics.seed() ^ object.seed(), name + "/" + frame);
    Mat seen = view.look(light, surface);
    try {
      return sensor.expose(seen, exposureUs, noiseSeed);
    } finally {
      seen.release();
    }
  }

  private static void write(Mat samples, Path pngOut) throws IOException {
    Path absolute = pngOut.toAbsolutePath();
    Path part = absolute.resolveSibling("." + absolute.getFileName() + ".part.png");
    MatOfInt fast = new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, 1);
    try {
      if (!Imgcodecs.imwrite(part.toString(), samples, fast)) {
        throw new IOException("cannot write " + pngOut + "; is its folder there and writable?");
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      fast.release();
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void close() {
    view.close();
  }
}
