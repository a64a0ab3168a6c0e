package dev.whorl.sim.bed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Executes plain G-code (G0, G1 absolute in x, y, z; M82, M83, G92) at constant speed and with
 * sharp corners, with a position error added to each axis and ringing after each corner. Enough to
 * photograph a coupon without a simulated printer.
 */
public final class IdealMachine {

  private static final double STEP_MM = 0.05;
  private static final double FILAMENT_AREA_MM2 = Math.PI * 1.75 * 1.75 / 4;

  /** A planner slows down before a corner until each axis jumps by no more than this. */
  private static final double JERK_MM_S = 10;

  private IdealMachine() {}

  /** Position error of one axis over both commanded coordinates, mm. */
  @FunctionalInterface
  public interface AxisError {
    /** The error at a commanded place. */
    double mm(double xMm, double yMm);
  }

  /** A frame's oscillation. */
  public record Ringing(double hz, double zeta) {}

  /** An axis: how wrong it is and how it rings. */
  public record Axis(AxisError error, Ringing ringing) {
    /** One that does as it is told. */
    public static final Axis IDEAL = new Axis((x, y) -> 0, new Ringing(50, 1e6));
  }

  /** The tracks of a program. */
  public static List<Track> tracks(String program, Axis axisX, Axis axisY) {
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
              if (path != null) {
                tracks.add(path.track());
              }
              path = new Path((float) speed, axisX, axisY);
              pathZ = to[2];
            }
            path.line(at, to, length, fed * FILAMENT_AREA_MM2 / length, speed);
          } else if (path != null && (length > 1e-4 || fed < 0 || to[2] != at[2])) {
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

  private record Kick(double timeS, double vx, double vy) {}

  private static final class Path {
    final List<double[]> samples = new ArrayList<>();
    final Deque<Kick> kicks = new ArrayDeque<>();
    final float speedMmS;
    final Axis axisX;
    final Axis axisY;
    double timeS;
    double vx;
    double vy;

    Path(float speedMmS, Axis axisX, Axis axisY) {
      this.speedMmS = speedMmS;
      this.axisX = axisX;
      this.axisY = axisY;
    }

    void line(double[] from, double[] to, double length, double area, double speed) {
      double newVx = speed * (to[0] - from[0]) / length;
      double newVy = speed * (to[1] - from[1]) / length;
      kicks.addLast(new Kick(timeS, jump(newVx - vx), jump(newVy - vy)));
      if (kicks.size() > 4) {
        kicks.removeFirst();
      }
      vx = newVx;
      vy = newVy;
      int n = (int) Math.max(1, Math.ceil(length / STEP_MM));
      for (int i = samples.isEmpty() ? 0 : 1; i <= n; i++) {
        double t = (double) i / n;
        double x = from[0] + t * (to[0] - from[0]);
        double y = from[1] + t * (to[1] - from[1]);
        double now = timeS + t * length / speed;
        double ringX = 0;
        double ringY = 0;
        for (Kick kick : kicks) {
          ringX += ring(axisX.ringing(), kick.vx(), now - kick.timeS());
          ringY += ring(axisY.ringing(), kick.vy(), now - kick.timeS());
        }
        samples.add(
            new double[] {
              x + axisX.error().mm(x, y) + ringX, y + axisY.error().mm(x, y) + ringY, to[2], area
            });
      }
      timeS += length / speed;
    }

    private static double jump(double v) {
      return Math.max(-JERK_MM_S, Math.min(JERK_MM_S, v));
    }

    /** The tool lags behind a velocity step and swings into it. */
    private static double ring(Ringing r, double jumpMmS, double sinceS) {
      double omega = 2 * Math.PI * r.hz();
      return -jumpMmS / omega * Math.exp(-r.zeta() * omega * sinceS) * Math.sin(omega * sinceS);
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
