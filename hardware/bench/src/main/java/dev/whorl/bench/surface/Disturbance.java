package dev.whorl.bench.surface;

import dev.whorl.bench.fleet.RenderedBench;
import dev.whorl.fingerprint.capture.Mats;
import dev.whorl.sim.camera.SimOptics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Something that is not as it was when the printer was enrolled.
 *
 * @param name in a report
 * @param camera what it does to the camera
 * @param frames what it does to the frames
 */
record Disturbance(
    String name, UnaryOperator<SimOptics> camera, UnaryOperator<Map<String, byte[]>> frames) {
  private static final double PX_PER_MM = 60;
  private static final long OTHER_CAMERA = 4_711;

  /** Each by itself, nothing first. */
  static List<Disturbance> all() {
    return List.of(
        of("nothing", camera -> camera),
        of("turned by 10 degrees", camera -> camera.mounted(10, 0, 0, 1)),
        of("5 % nearer", camera -> camera.mounted(0, 0, 0, 1.05)),
        of("5 % farther", camera -> camera.mounted(0, 0, 0, 0.95)),
        of("moved by 2 mm each way", camera -> camera.mounted(0, 2, 2, 1)),
        of("blurred by 1.5 px", camera -> camera.withLens(camera.distortion(), 1.5, 0.02)),
        of("blurred by 2 px", camera -> camera.withLens(camera.distortion(), 2, 0.02)),
        of("lens bent by 0.001", camera -> camera.withLens(0.001, camera.blurPx(), 0.02)),
        of("lens bent by -0.001", camera -> camera.withLens(-0.001, camera.blurPx(), 0.02)),
        of("shrunk by 0.5 %", camera -> camera.mounted(0, 0, 0, 0.995)),
        of(
            "ambient light 20 %",
            camera -> camera.withLens(camera.distortion(), camera.blurPx(), 0.2)),
        of("another camera", camera -> SimOptics.of(OTHER_CAMERA, PX_PER_MM)),
        new Disturbance("JPEG of quality 90", camera -> camera, Disturbance::jpeg),
        new Disturbance("one lamp dead", camera -> camera, Disturbance::dead));
  }

  private static Disturbance of(String name, UnaryOperator<SimOptics> camera) {
    return new Disturbance(name, camera, UnaryOperator.identity());
  }

  private static Map<String, byte[]> jpeg(Map<String, byte[]> frames) {
    Map<String, byte[]> jpeg = new LinkedHashMap<>();
    frames.forEach((name, png) -> jpeg.put(name, jpeg(png)));
    return jpeg;
  }

  private static byte[] jpeg(byte[] png) {
    try (Mats mats = new Mats()) {
      MatOfByte in = mats.keep(new MatOfByte(png));
      Mat image = mats.keep(Imgcodecs.imdecode(in, Imgcodecs.IMREAD_UNCHANGED));
      MatOfByte out = mats.keep(new MatOfByte());
      MatOfInt quality = mats.keep(new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, 90));
      Imgcodecs.imencode(".jpg", image, out, quality);
      return out.toArray();
    }
  }

  /** The first lamp lights nothing: its frame is the dark one. */
  private static Map<String, byte[]> dead(Map<String, byte[]> frames) {
    Map<String, byte[]> dead = new LinkedHashMap<>(frames);
    String first =
        frames.keySet().stream()
            .filter(name -> !name.equals(RenderedBench.DARK))
            .findFirst()
            .orElseThrow();
    dead.replace(first, frames.get(RenderedBench.DARK));
    return dead;
  }
}
