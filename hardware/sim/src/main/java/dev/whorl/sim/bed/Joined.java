package dev.whorl.sim.bed;

import java.util.ArrayList;
import java.util.List;

/**
 * Tracks that go on where the one before ended are one passage of the nozzle: laid apart they would
 * show a seam, for plastic is not pushed twice at the same place.
 */
final class Joined {

  /** Two ends this near are the same place. */
  private static final double SAME_MM = 0.002;

  private Joined() {}

  /** The same tracks in the same order, with those that go on from one another joined. */
  static List<Track> tracks(List<Track> tracks) {
    List<Track> joined = new ArrayList<>();
    List<Track> open = new ArrayList<>();
    for (Track track : tracks) {
      if (!open.isEmpty() && !goesOn(open.get(open.size() - 1), track)) {
        joined.add(join(open));
        open.clear();
      }
      open.add(track);
    }
    if (!open.isEmpty()) {
      joined.add(join(open));
    }
    return joined;
  }

  private static boolean goesOn(Track before, Track after) {
    int end = before.size() - 1;
    return before.kind() == after.kind()
        && Math.abs(before.xMm()[end] - after.xMm()[0]) < SAME_MM
        && Math.abs(before.yMm()[end] - after.yMm()[0]) < SAME_MM
        && Math.abs(before.zMm()[end] - after.zMm()[0]) < SAME_MM;
  }

  private static Track join(List<Track> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int n = parts.stream().mapToInt(Track::size).sum();
    float[][] columns = new float[4][n];
    int at = 0;
    for (Track part : parts) {
      float[][] from = {part.xMm(), part.yMm(), part.zMm(), part.flowAreaMm2()};
      for (int c = 0; c < from.length; c++) {
        System.arraycopy(from[c], 0, columns[c], at, part.size());
      }
      at += part.size();
    }
    Track first = parts.get(0);
    return new Track(
        first.kind(), columns[0], columns[1], columns[2], columns[3], first.speedMmS());
  }
}
