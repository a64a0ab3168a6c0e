package dev.whorl.fingerprint.trace;

import dev.whorl.fingerprint.SyntheticMachine;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Traces as a perfect tracer would give them, with noise of a known size. */
public final class SyntheticTraces {
  private static final int PARTS = 16;

  private SyntheticTraces() {}

  public static List<Trace> of(Toolpath toolpath, SyntheticMachine machine, long seed) {
    RandomGenerator random = new Well19937c(seed);
    Map<Segment, Double> offsets = new IdentityHashMap<>();
    List<Trace> traces = new ArrayList<>();
    for (Path path : Paths.of(toolpath)) {
      traces.add(trace(toolpath, machine, path, offsets, random));
    }
    return traces;
  }

  private static Trace trace(
      Toolpath toolpath,
      SyntheticMachine machine,
      Path path,
      Map<Segment, Double> offsets,
      RandomGenerator random) {
    double bin = path.valley() ? 0.5 : 0.25;
    int n = (int) ((path.toMm() - path.fromMm()) / bin);
    double[][] v = new double[5][n];
    Segment line = path.line();
    double nx = -line.directionY();
    double ny = line.directionX();
    double aside = path.neighbour() == null ? 0 : toolpath.pitchMm() / 2;
    for (int i = 0; i < n; i++) {
      double s = path.fromMm() + (i + 0.5) * bin;
      double lateral = 0;
      double stretch = 0;
      // A bin shows the mean over its length.
      for (int k = 0; k < PARTS; k++) {
        double at = s + ((k + 0.5) / PARTS - 0.5) * bin;
        double x = line.xMm(at, 0);
        double y = line.yMm(at, 0);
        double own = at(toolpath, machine, path.bead(), offsets, random, x, y, -aside, nx, ny);
        if (path.neighbour() != null) {
          double other =
              at(toolpath, machine, path.neighbour(), offsets, random, x, y, aside, nx, ny);
          own = (own + other) / 2;
        }
        lateral += (own + swing(machine, path, at)) / PARTS;
        stretch +=
            (machine.alongUm(toolpath, x + 0.01 * ny, y - 0.01 * nx, ny, -nx)
                    - machine.alongUm(toolpath, x - 0.01 * ny, y + 0.01 * nx, ny, -nx))
                / 20
                / PARTS;
      }
      v[0][i] = s;
      v[1][i] = lateral + 1.5 * random.nextGaussian();
      v[2][i] = 1.5;
      v[3][i] = -0.8 * stretch + 0.02 * random.nextGaussian();
      v[4][i] = 0.02;
    }
    return new Trace(path, bin, v[0], v[1], v[2], v[3], v[4]);
  }

  /** The swing after a corner, on in the direction of the way in; and what lingers of others. */
  private static double swing(SyntheticMachine machine, Path path, double s) {
    FeatureKind kind = path.feature().kind();
    if (kind == FeatureKind.TILTED || kind == FeatureKind.BEAD) {
      return machine.lingeringUm(path.line(), s);
    }
    if (path.role() != Path.Role.OUT_LEG) {
      return 0;
    }
    Segment in = path.feature().segments().get(0);
    Segment out = path.line();
    boolean alongX = "x".equals(path.feature().attribute("ring"));
    double on = alongX ? -in.directionX() * out.directionY() : in.directionY() * out.directionX();
    return Math.signum(on) * machine.ringingUm(out, s, alongX);
  }

  private static double at(
      Toolpath toolpath,
      SyntheticMachine machine,
      Segment bead,
      Map<Segment, Double> offsets,
      RandomGenerator random,
      double x,
      double y,
      double aside,
      double nx,
      double ny) {
    double offset = offsets.computeIfAbsent(bead, b -> machine.beadSdUm * random.nextGaussian());
    return offset
        + machine.backlashUm(bead, nx, ny)
        + machine.alongUm(toolpath, x + aside * nx, y + aside * ny, nx, ny);
  }
}
