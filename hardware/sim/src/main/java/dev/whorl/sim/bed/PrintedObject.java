package dev.whorl.sim.bed;

import java.util.List;

/**
 * One thing printed: its paths in the order they were made, and what else shapes its skin.
 *
 * @param tracks in printing order
 * @param nozzle the nozzle as it was on the day
 * @param material the filament
 * @param seed of this print's own accidents (grain, layer waviness, blotches); another print of the
 *     same machine has another
 */
public record PrintedObject(List<Track> tracks, NozzleFace nozzle, Material material, long seed) {

  /** Thinner than any layer, thicker than any unevenness of one. */
  private static final float LAYER_STEP_MM = 0.05f;

  /** Keeps its own list. */
  public PrintedObject {
    tracks = List.copyOf(tracks);
  }

  /**
   * The box of the extruded samples above the first layer (so that a prime line does not count), of
   * all extruded ones when there is but one layer, of all tracks when nothing was extruded.
   */
  public Bounds bounds() {
    float firstZMm = Float.POSITIVE_INFINITY;
    for (Track track : tracks) {
      if (track.kind() == Track.Kind.EXTRUDED) {
        firstZMm = Math.min(firstZMm, track.zMm()[0]);
      }
    }
    Bounds upper = Bounds.EMPTY;
    Bounds extruded = Bounds.EMPTY;
    Bounds all = Bounds.EMPTY;
    for (Track track : tracks) {
      all = all.and(track);
      if (track.kind() == Track.Kind.EXTRUDED) {
        extruded = extruded.and(track);
        if (track.zMm()[0] > firstZMm + LAYER_STEP_MM) {
          upper = upper.and(track);
        }
      }
    }
    return !upper.isEmpty() ? upper : !extruded.isEmpty() ? extruded : all;
  }
}
