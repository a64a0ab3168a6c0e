package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.Path;
import dev.whorl.fingerprint.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Where each unknown of the axes' fit stands: what two axes, a lens and every bead may have. */
final class AxisUnknowns {
  /** Belt tooth of GT2, mm of belt. */
  static final double TOOTH_MM = 2;

  /** A 1.8 degree motor has 50 electrical cycles and 200 full steps per turn. */
  private static final double CYCLES = 50;

  private static final double STEPS = 200;

  /** Of the affine terms, displacement along X at the rim of X, */
  static final int X_BY_X = 1;

  /** at that of Y, */
  static final int X_BY_Y = 2;

  /** and along Y likewise. */
  static final int Y_BY_X = 4;

  static final int Y_BY_Y = 5;

  /** Affine, perspective and lens come first. */
  static final int AFFINE = 6;

  static final int PERSPECTIVE = 2;
  static final int NUISANCE = AFFINE + PERSPECTIVE + 6 + 2;

  /** How many spacings a valley answers to. */
  static final int SPACINGS = 3;

  private final Axis[] axes;
  private final double[][] periods;
  private final Map<String, Integer> shapes = new HashMap<>();
  private final Map<Segment, Integer> beads = new IdentityHashMap<>();

  AxisUnknowns(Toolpath toolpath, List<Trace> traces) {
    axes = toolpath.kinematics().axes().toArray(Axis[]::new);
    periods = new double[][] {periods(toolpath.pulleyXMm()), periods(toolpath.pulleyYMm())};
    for (Trace trace : traces) {
      shapes.putIfAbsent(trace.path().shape(), shapes.size());
      beads.putIfAbsent(trace.path().bead(), beads.size());
      Segment neighbour = trace.path().neighbour();
      if (neighbour != null) {
        beads.putIfAbsent(neighbour, beads.size());
      }
    }
  }

  /** The periods an axis may show, longest first, mm of belt. */
  static double[] periods(double pulleyMm) {
    return Arrays.stream(
            new double[] {
              pulleyMm,
              pulleyMm / 2,
              pulleyMm / 3,
              TOOTH_MM,
              TOOTH_MM / 2,
              pulleyMm / CYCLES,
              pulleyMm / STEPS
            })
        .distinct()
        .sorted()
        .boxed()
        .sorted((a, b) -> Double.compare(b, a))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  Axis axis(int a) {
    return axes[a];
  }

  /** The periods of an axis, longest first, mm of belt. */
  double[] periods(int a) {
    return periods[a];
  }

  int shapes() {
    return shapes.size();
  }

  int beads() {
    return beads.size();
  }

  int shape(Path path) {
    return NUISANCE + shapes.getOrDefault(path.shape(), 0);
  }

  int firstBacklash() {
    return NUISANCE + shapes.size();
  }

  /** The correction of {@link AxisGains#width}. */
  int gain() {
    return firstBacklash() + 2;
  }

  /** The correction of {@link AxisGains#push}. */
  int push() {
    return firstBacklash() + 3;
  }

  /** The corrections of {@link AxisGains#response}. */
  int firstResponse() {
    return firstBacklash() + 4;
  }

  int firstPeriod(int axis) {
    return firstResponse() + SPACINGS + (axis == 0 ? 0 : 2 * periods[0].length);
  }

  int firstBead() {
    return firstPeriod(1) + 2 * periods[1].length;
  }

  /** Of each bead, by how much its edges stand further out than its neighbours', um. */
  int firstBreadth() {
    return firstBead() + beads.size();
  }

  int size() {
    return firstBreadth() + beads.size();
  }

  /** A bead's own offset, or -1 for a bead that is not traced. */
  int offset(Segment bead) {
    Integer index = beads.get(bead);
    return index == null ? -1 : firstBead() + index;
  }

  /** A bead's own breadth, or -1 for a bead that is not traced. */
  int breadth(Segment bead) {
    Integer index = beads.get(bead);
    return index == null ? -1 : firstBreadth() + index;
  }
}
