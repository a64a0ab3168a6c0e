package dev.whorl.sim.bed;

import java.util.ArrayList;
import java.util.List;

/**
 * Executes plain G-code (G0, G1, G28 absolute in x, y, z; M83 or M82, G92) by constant speed and
 * sharp corners, with a position error added to each axis. Enough to photograph a coupon without a
 * simulated printer.
 */
public final class IdealMachine {

  private static final double STEP_MM = 0.1;
  private static final double FILAMENT_AREA_MM2 = Math.PI * 1.75 * 1.75 / 4;

  private IdealMachine() {}

  /** Position error of one axis over both commanded coordinates, mm. */
  @FunctionalInterface
  public interface AxisError {
    double mm(double xMm, double yMm);
  }

  /** The tracks of a program. */
  public static List<Track> tracks(String program, AxisError errorX, AxisError errorY) {
    List<Track> tracks = new ArrayList<>();
    double[] at = new double[3];
    double e = 0;
    boolean relativeE = false;
    double speed = 30;
    Path path = null;
    double pathZ = 0;
    for (String raw : program.lines().toList()) {
      String line = raw.replaceAll(";.*", "").trim();
      if (line.isEmpty()) {
        continue;
      }
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "M83" -> relativeE = true;
        case "M82" -> relativeE = false;
        case "G92" -> e = word(words, 'E', e);
        case "G0", "G1" -> {
          double[] to = {word(words, 'X', at[0]), word(words, 'Y', at[1]), word(words, 'Z', at[2])};
          double toE = word(words, 'E', relativeE ? 0 : e);
          double fed = relativeE ? toE : toE - e;
          e = relativeE ? e : toE;
          speed = word(words, 'F', speed * 60) / 60;
          double length = Math.hypot(to[0] - at[0], to[1] - at[1]);
          if (fed > 0 && length > 1e-4) {
            if (path == null || Math.abs(pathZ - to[2]) > 1e-6) {
              path = new Path((float) speed);
              pathZ = to[2];
            }
            double area = fed * FILAMENT_AREA_MM2 / length;
            int n = (int) Math.max(1, Math.ceil(length / STEP_MM));
            for (int i = path.samples.isEmpty() ? 0 : 1; i <= n; i++) {
              double t = (double) i / n;
              double x = at[0] + t * (to[0] - at[0]);
              double y = at[1] + t * (to[1] - at[1]);
              path.samples.add(
                  new double[] {x + errorX.mm(x, y), y + errorY.mm(x, y), to[2], area});
            }
          } else if (path != null) {
            tracks.add(path.track());
            path = null;
          }
          at = to;
        }
        default -> {
          // Heat, acceleration and the like do not move the nozzle.
        }
      }
    }
    if (path != null) {
      tracks.add(path.track());
    }
    return tracks;
  }

  private static double word(String[] words, char letter, double otherwise) {
    for (String word : words) {
      if (word.charAt(0) == letter) {
        return Double.parseDouble(word.substring(1));
      }
    }
    return otherwise;
  }

  private static final class Path {
    final List<double[]> samples = new ArrayList<>();
    final float speedMmS;

    Path(float speedMmS) {
      this.speedMmS = speedMmS;
    }

    Track track() {
      float[][] columns = new float[4][samples.size()];
      for (int i = 0; i < samples.size(); i++) {
        for (int c = 0; c < 4; c++) {
          columns[c][i] = (float) samples.get(i)[c];
        }
      }
      return new Track(
          Track.Kind.EXTRUDED, columns[0], columns[1], columns[2], columns[3], speedMmS);
    }
  }
}
