package dev.whorl.agent.capture;

import dev.whorl.fingerprint.Fingerprinting;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.surface.picture.SurfacePictures;
import dev.whorl.fingerprint.surface.picture.SurfacePictures.Overlay;
import dev.whorl.fingerprint.trace.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be seen of a coupon that was fingerprinted: PNG bytes by name, in order. */
public final class CapturePictures {
  /** Vermilion, which people who see red and green alike can tell from grey (Okabe and Ito). */
  private static final int BEAD_RGB = 0xd55e00;

  private CapturePictures() {}

  /**
   * Draws photograph, normals, height and traced beads.
   *
   * @throws UnfitCapture when a frame that was read before is no image any more
   * @throws IOException when it cannot be read any more
   */
  public static Map<String, byte[]> of(CaptureFolder capture, Fingerprinting made)
      throws UnfitCapture, IOException {
    SurfaceMaps maps = made.surface().maps();
    String frame = capture.metadata().lamps().get(0).file();
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put(
        "photograph",
        SurfacePictures.photograph(
            frame,
            capture.frame(frame),
            capture.metadata().transfer(),
            made.surface().registration(),
            maps));
    pictures.put("normals", SurfacePictures.normals(maps));
    pictures.put("height", SurfacePictures.height(maps));
    pictures.put("beads", SurfacePictures.traced(maps, List.of(beads(made))));
    return pictures;
  }

  private static Overlay beads(Fingerprinting made) {
    List<double[]> lines = new ArrayList<>();
    for (Trace trace : made.tracing().traces()) {
      double[] points = new double[2 * trace.size()];
      for (int bin = 0; bin < trace.size(); bin++) {
        points[2 * bin] = trace.xMm(bin);
        points[2 * bin + 1] = trace.yMm(bin);
      }
      lines.add(points);
    }
    return new Overlay(lines, BEAD_RGB);
  }
}
