package dev.whorl.sim.printer;

import dev.whorl.sim.bed.BedContents;
import dev.whorl.sim.bed.Material;
import dev.whorl.sim.bed.NozzleFace;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.bed.Track;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies on the bed. Things printed apart from each other (a prime line, a coupon) are objects
 * of their own; a first layer printed where an older object lies means that someone has taken that
 * one off.
 */
final class Plate {

  /** Tracks nearer than this to an object belong to it. */
  private static final double NEAR_MM = 1.5;

  private final List<Growing> objects;
  private int print;

  Plate() {
    this(new ArrayList<>(), 0);
  }

  private Plate(List<Growing> objects, int print) {
    this.objects = objects;
    this.print = print;
  }

  Plate copy() {
    List<Growing> copies = new ArrayList<>();
    objects.forEach(object -> copies.add(object.print == print ? object.copy() : object));
    return new Plate(copies, print);
  }

  /** From now on tracks belong to another print. */
  void begin(int number) {
    print = number;
  }

  /** Someone takes everything off; returns how many objects. */
  int clear() {
    int taken = objects.size();
    objects.clear();
    return taken;
  }

  boolean printed(int number) {
    return objects.stream().anyMatch(object -> object.print == number);
  }

  /** Whether a nozzle at this height and place touches what this print has laid. */
  boolean touches(double xMm, double yMm, double zMm) {
    Growing object = at(xMm, yMm, xMm, yMm, 0);
    return object != null && zMm < object.topMm - 0.005;
  }

  /**
   * Lays a track.
   *
   * @param nozzle the nozzle that laid it
   * @param seed of this print's accidents
   */
  void add(Track track, NozzleFace nozzle, long seed) {
    Box box = Box.of(track);
    Growing object = at(box.x0, box.y0, box.x1, box.y1, NEAR_MM);
    if (object == null) {
      object = new Growing(print, nozzle, seed + objects.size(), box);
      objects.add(object);
    }
    object.add(track, box);
    Box grown = object.box;
    objects.removeIf(old -> old.print != print && old.box.apart(grown) <= 0);
  }

  private @Nullable Growing at(double x0, double y0, double x1, double y1, double nearMm) {
    Box box = new Box(x0, y0, x1, y1);
    Growing best = null;
    double bestMm = nearMm;
    for (Growing object : objects) {
      double apart = object.box.apart(box);
      if (object.print == print && apart <= bestMm) {
        best = object;
        bestMm = apart;
      }
    }
    return best;
  }

  BedContents contents(double xMm, double yMm, double zMm) {
    return new BedContents(objects.stream().map(Growing::finished).toList(), xMm, yMm, zMm);
  }

  /** A rectangle around tracks. */
  private record Box(double x0, double y0, double x1, double y1) {
    static Box of(Track track) {
      double x0 = Double.POSITIVE_INFINITY;
      double y0 = Double.POSITIVE_INFINITY;
      double x1 = Double.NEGATIVE_INFINITY;
      double y1 = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < track.size(); i++) {
        x0 = Math.min(x0, track.xMm()[i]);
        y0 = Math.min(y0, track.yMm()[i]);
        x1 = Math.max(x1, track.xMm()[i]);
        y1 = Math.max(y1, track.yMm()[i]);
      }
      return new Box(x0, y0, x1, y1);
    }

    Box and(Box other) {
      return new Box(
          Math.min(x0, other.x0),
          Math.min(y0, other.y0),
          Math.max(x1, other.x1),
          Math.max(y1, other.y1));
    }

    /** Distance to another, 0 when they meet. */
    double apart(Box other) {
      double dx = Math.max(0, Math.max(other.x0 - x1, x0 - other.x1));
      double dy = Math.max(0, Math.max(other.y0 - y1, y0 - other.y1));
      return Math.hypot(dx, dy);
    }
  }

  /** An object while it is being printed. */
  private static final class Growing {
    final int print;
    final NozzleFace nozzle;
    final long seed;
    final List<Track> tracks;
    Box box;
    double topMm;

    Growing(int print, NozzleFace nozzle, long seed, Box box) {
      this(print, nozzle, seed, box, new ArrayList<>());
    }

    private Growing(int print, NozzleFace nozzle, long seed, Box box, List<Track> tracks) {
      this.print = print;
      this.nozzle = nozzle;
      this.seed = seed;
      this.box = box;
      this.tracks = tracks;
    }

    Growing copy() {
      Growing copy = new Growing(print, nozzle, seed, box, new ArrayList<>(tracks));
      copy.topMm = topMm;
      return copy;
    }

    void add(Track track, Box around) {
      tracks.add(track);
      box = box.and(around);
      if (track.kind() == Track.Kind.EXTRUDED) {
        topMm = Math.max(topMm, track.zMm()[0]);
      }
    }

    PrintedObject finished() {
      return new PrintedObject(tracks, nozzle, Material.GREY_PLA, seed);
    }
  }
}
