package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that isolated beads are laid across. Their relief pushes a bead aside by some um with
 * the period at which it crosses them, which at 80 mm/s lies among the frequencies of frames.
 *
 * @param nx normal of the lines
 * @param ny likewise
 * @param pitchMm from line to line
 */
record LayerBelow(double nx, double ny, double pitchMm) {
  private static final double SAME_LAYER_MM = 0.01;

  /** Shorter ones fill corners. */
  private static final double LEAST_MM = 5;

  private static final double PARALLEL = 0.01;

  /** Of the topmost solid layer; null where a program has none. */
  static @Nullable LayerBelow of(Toolpath toolpath) {
    List<Segment> lines = new ArrayList<>();
    for (Feature feature : toolpath.of(FeatureKind.BASE)) {
      for (Segment segment : feature.segments()) {
        if (segment.lengthMm() > LEAST_MM) {
          lines.add(segment);
        }
      }
    }
    double top = lines.stream().mapToDouble(Segment::zMm).max().orElse(0);
    lines.removeIf(line -> line.zMm() < top - SAME_LAYER_MM);
    Segment longest = lines.stream().max(Comparator.comparing(Segment::lengthMm)).orElse(null);
    if (longest == null) {
      return null;
    }
    double nx = -longest.directionY();
    double ny = longest.directionX();
    double[] across =
        lines.stream()
            .filter(l -> Math.abs(l.directionX() * nx + l.directionY() * ny) < PARALLEL)
            .mapToDouble(l -> l.x0Mm() * nx + l.y0Mm() * ny)
            .sorted()
            .toArray();
    double[] steps = new double[Math.max(0, across.length - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = across[i + 1] - across[i];
    }
    java.util.Arrays.sort(steps);
    double pitch = steps.length == 0 ? 0 : steps[steps.length / 2];
    return pitch > 0 ? new LayerBelow(nx, ny, pitch) : null;
  }

  /** How many lines lie between the coupon's corner and a place on it. */
  double lines(double xMm, double yMm) {
    return (xMm * nx + yMm * ny) / pitchMm;
  }
}
