package dev.whorl.fingerprint.trace;

import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.FeatureKind;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses what to trace. */
final class Paths {
  /** A bead's ends are blobs: that much is left out, beside the way it takes to reach its speed. */
  private static final double END_MM = 0.6;

  /** The least length worth tracing. */
  private static final double LEAST_MM = 1.5;

  private Paths() {}

  /** Isolated beads, corners, and the valleys of rasters, in the order they are printed. */
  static List<Path> of(Toolpath toolpath) {
    List<Path> paths = new ArrayList<>();
    for (Feature feature : toolpath.features()) {
      switch (feature.kind()) {
        case BEAD, TILTED -> feature.segments().forEach(s -> addBead(paths, feature, s));
        case CORNER -> addCorner(paths, feature);
        case RASTER -> addValleys(paths, feature, toolpath.pitchMm());
        default -> {
          // Solid surface, markers and strokes have no bead to trace.
        }
      }
    }
    return paths;
  }

  private static void addBead(List<Path> paths, Feature feature, Segment s) {
    double end = END_MM + rampMm(s);
    add(paths, Path.Role.BEAD, shape(feature, s), feature, s, s, end, s.lengthMm() - end);
  }

  private static void addCorner(List<Path> paths, Feature feature) {
    List<Segment> legs = feature.segments();
    if (legs.size() != 2) {
      return;
    }
    addBead(paths, feature, legs.get(0));
    Segment out = legs.get(1);
    // The swing is largest right after the corner: only the in-leg's own width is left out.
    add(
        paths,
        Path.Role.OUT_LEG,
        shape(feature, out),
        feature,
        out,
        out,
        0.3,
        out.lengthMm() - END_MM - rampMm(out));
  }

  private static void addValleys(List<Path> paths, Feature feature, double pitchMm) {
    List<Segment> beads = feature.segments().stream().filter(s -> s.lengthMm() > LEAST_MM).toList();
    for (int i = 0; i + 1 < beads.size(); i++) {
      Segment bead = beads.get(i);
      // The next one beside it need not be the next one printed: a strip may be interrupted.
      for (int j = i + 1; j < beads.size(); j++) {
        Segment next = beads.get(j);
        double ux = bead.directionX();
        double uy = bead.directionY();
        double aside = ux * (next.y0Mm() - bead.y0Mm()) - uy * (next.x0Mm() - bead.x0Mm());
        boolean parallel = Math.abs(ux * next.directionY() - uy * next.directionX()) < 0.01;
        if (!parallel || Math.abs(Math.abs(aside) - pitchMm) > 0.1 * pitchMm) {
          continue;
        }
        double start = ux * (next.x0Mm() - bead.x0Mm()) + uy * (next.y0Mm() - bead.y0Mm());
        double stop = ux * (next.x1Mm() - bead.x0Mm()) + uy * (next.y1Mm() - bead.y0Mm());
        double from = Math.max(0, Math.min(start, stop)) + END_MM;
        double to = Math.min(bead.lengthMm(), Math.max(start, stop)) - END_MM;
        Segment middle = between(bead, aside);
        if (aside < 0) {
          double length = middle.lengthMm();
          double swap = length - to;
          to = length - from;
          from = swap;
        }
        if (to - from >= LEAST_MM) {
          paths.add(
              new Path(
                  Path.Role.VALLEY,
                  shape(feature, middle),
                  feature,
                  middle,
                  bead,
                  next,
                  beside(beads, bead, -aside),
                  beside(beads, next, sameWay(bead, next) ? aside : -aside),
                  from,
                  to));
        }
      }
    }
  }

  private static boolean sameWay(Segment a, Segment b) {
    return a.directionX() * b.directionX() + a.directionY() * b.directionY() > 0;
  }

  /** The bead that lies so far to the left of another, going the same or the opposite way. */
  private static @Nullable Segment beside(List<Segment> beads, Segment of, double asideMm) {
    double ux = of.directionX();
    double uy = of.directionY();
    for (Segment other : beads) {
      boolean parallel = Math.abs(ux * other.directionY() - uy * other.directionX()) < 0.01;
      double aside = ux * (other.y0Mm() - of.y0Mm()) - uy * (other.x0Mm() - of.x0Mm());
      if (parallel && Math.abs(aside - asideMm) < 0.1 * Math.abs(asideMm)) {
        return other;
      }
    }
    return null;
  }

  /** The line halfway to the neighbour, directed so that the neighbour lies to its left. */
  private static Segment between(Segment s, double asideMm) {
    double x0 = s.xMm(0, asideMm / 2);
    double y0 = s.yMm(0, asideMm / 2);
    double x1 = s.xMm(s.lengthMm(), asideMm / 2);
    double y1 = s.yMm(s.lengthMm(), asideMm / 2);
    boolean left = asideMm > 0;
    return new Segment(
        left ? x0 : x1,
        left ? y0 : y1,
        left ? x1 : x0,
        left ? y1 : y0,
        s.zMm(),
        s.speedMmS(),
        s.e0Mm(),
        s.e1Mm(),
        s.limits(),
        s.cameFrom());
  }

  private static double rampMm(Segment s) {
    return s.speedMmS() * s.speedMmS() / (2 * s.limits().accelerationMmS2());
  }

  private static String shape(Feature feature, Segment s) {
    String kind = feature.kind() == FeatureKind.RASTER ? "valley" : "bead";
    return kind + "/" + Math.round(s.headingDeg()) % 360;
  }

  private static void add(
      List<Path> paths,
      Path.Role role,
      String shape,
      Feature feature,
      Segment line,
      Segment bead,
      double from,
      double to) {
    if (to - from >= LEAST_MM) {
      paths.add(new Path(role, shape, feature, line, bead, null, null, null, from, to));
    }
  }
}
