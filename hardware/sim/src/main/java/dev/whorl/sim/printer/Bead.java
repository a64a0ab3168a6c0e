package dev.whorl.sim.printer;

import dev.whorl.sim.bed.Track;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A bead growing: samples of where the nozzle was and how much had come out by then. When it ends
 * it becomes one {@link Track} per move. What comes out spreads under the nozzle, so the flow per
 * length is a mean over one bore's width.
 */
final class Bead {

  /** A bead longer than this is handed on in pieces. */
  private static final int MOST_SAMPLES = 50_000;

  private final double boreMm;
  private double[] x = new double[256];
  private double[] y = new double[256];
  private double[] z = new double[256];
  private double[] volume = new double[256];
  private int count;
  private int[] moveEnds = new int[16];
  private double[] speeds = new double[16];
  private int moves;

  Bead(double boreMm) {
    this.boreMm = boreMm;
  }

  Bead copy() {
    Bead copy = new Bead(boreMm);
    copy.x = x.clone();
    copy.y = y.clone();
    copy.z = z.clone();
    copy.volume = volume.clone();
    copy.count = count;
    copy.moveEnds = moveEnds.clone();
    copy.speeds = speeds.clone();
    copy.moves = moves;
    return copy;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count >= MOST_SAMPLES;
  }

  /**
   * Adds a sample.
   *
   * @param outMm3 what came out since the bead's start
   */
  void add(double xMm, double yMm, double zMm, double outMm3) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
      z = Arrays.copyOf(z, 2 * count);
      volume = Arrays.copyOf(volume, 2 * count);
    }
    x[count] = xMm;
    y[count] = yMm;
    z[count] = zMm;
    volume[count] = outMm3;
    count++;
  }

  /** The last sample ends a move. */
  void endMove(double speedMmS) {
    if (moves == moveEnds.length) {
      moveEnds = Arrays.copyOf(moveEnds, 2 * moves);
      speeds = Arrays.copyOf(speeds, 2 * moves);
    }
    moveEnds[moves] = count - 1;
    speeds[moves] = speedMmS;
    moves++;
  }

  /** Hands on the tracks and starts anew; the last move must have been ended. */
  void finish(Track.Kind kind, Consumer<Track> tracks) {
    double[] way = new double[count];
    for (int i = 1; i < count; i++) {
      way[i] = way[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
    }
    float[] area = areas(way);
    int start = 0;
    for (int move = 0; move < moves; move++) {
      int end = moveEnds[move];
      if (end > start && way[end] > way[start]) {
        tracks.accept(
            new Track(
                kind,
                floats(x, start, end),
                floats(y, start, end),
                floats(z, start, end),
                Arrays.copyOfRange(area, start, end + 1),
                (float) speeds[move]));
      }
      start = end;
    }
    count = 0;
    moves = 0;
  }

  private float[] areas(double[] way) {
    float[] area = new float[count];
    if (count < 2 || way[count - 1] <= 0) {
      return area;
    }
    int behind = 0;
    int ahead = 0;
    double lengthMm = way[count - 1];
    for (int i = 0; i < count; i++) {
      double from = Math.max(0, way[i] - boreMm / 2);
      double to = Math.min(lengthMm, way[i] + boreMm / 2);
      while (behind < count - 2 && way[behind + 1] < from) {
        behind++;
      }
      while (ahead < count - 2 && way[ahead + 1] < to) {
        ahead++;
      }
      double out = volumeAt(way, ahead, to) - volumeAt(way, behind, from);
      area[i] = to > from ? (float) Math.max(0, out / (to - from)) : 0;
    }
    return area;
  }

  private double volumeAt(double[] way, int i, double s) {
    double step = way[i + 1] - way[i];
    double part = step > 0 ? (s - way[i]) / step : 1;
    return volume[i] + Math.max(0, Math.min(1, part)) * (volume[i + 1] - volume[i]);
  }

  private static float[] floats(double[] values, int start, int end) {
    float[] copy = new float[end - start + 1];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) values[start + i];
    }
    return copy;
  }
}
