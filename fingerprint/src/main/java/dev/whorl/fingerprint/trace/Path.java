package dev.whorl.fingerprint.trace;

import dev.whorl.fingerprint.toolpath.Feature;
import dev.whorl.fingerprint.toolpath.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A straight line on the coupon to be traced: a bead, or the valley between two neighbours of a
 * raster.
 *
 * @param role what it serves for
 * @param shape beads of one shape share a template
 * @param feature what it belongs to
 * @param line where it lies; t counts to the left of it
 * @param bead the bead, or the first bead beside the valley
 * @param neighbour the second bead beside the valley, to the left of the line; null for a bead
 * @param before the bead beside {@code bead}, on the valley's other side; null for none
 * @param after the bead beside {@code neighbour}, likewise
 * @param fromMm where along the line tracing begins
 * @param toMm where it ends
 */
public record Path(
    Role role,
    String shape,
    Feature feature,
    Segment line,
    Segment bead,
    @Nullable Segment neighbour,
    @Nullable Segment before,
    @Nullable Segment after,
    double fromMm,
    double toMm) {

  /** What a path serves for. */
  public enum Role {
    /** A bead with nothing beside it: lateral position and width. */
    BEAD,
    /** The way out of a corner. */
    OUT_LEG,
    /** Between two beads of a raster. */
    VALLEY
  }

  /** Whether this is a valley between two beads. */
  public boolean valley() {
    return role == Role.VALLEY;
  }
}
