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

  /** Keeps its own list. */
  public PrintedObject {
    tracks = List.copyOf(tracks);
  }

  /** The box of all samples of extruded tracks, or of all tracks when nothing was extruded. */
  public Bounds bounds() {
    Bounds extruded = Bounds.EMPTY;
    Bounds all = Bounds.EMPTY;
    for (Track track : tracks) {
      all = all.and(track);
      if (track.kind() == Track.Kind.EXTRUDED) {
        extruded = extruded.and(track);
      }
    }
    return extruded.isEmpty() ? all : extruded;
  }
}
