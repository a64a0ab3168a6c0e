package dev.whorl.fingerprint.vibration;

import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.trace.NormalEquations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a bed's mesh: heights in mm, a row of numbers for each row of the bed, front row first. */
public final class MeshFile {
  private static final int LEAST = 3;
  private static final int MOST = 100;

  /** A bed that far from flat is a mistake of units. */
  private static final double HIGHEST_MM = 10;

  private MeshFile() {}

  /**
   * The component of a mesh.
   *
   * @param name of the file, for messages
   * @throws InvalidRecording in one line
   */
  public static MeshComponent read(String name, String text) throws InvalidRecording {
    List<double[]> rows = new ArrayList<>();
    int number = 0;
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      double[] row = row(name + ": line " + number + ": ", line);
      if (!rows.isEmpty() && rows.get(0).length != row.length) {
        throw new InvalidRecording(
            name
                + ": line "
                + number
                + ": has "
                + row.length
                + " heights, the first row "
                + rows.get(0).length);
      }
      rows.add(row);
    }
    int columns = rows.isEmpty() ? 0 : rows.get(0).length;
    if (rows.size() < LEAST || columns < LEAST || rows.size() > MOST || columns > MOST) {
      throw new InvalidRecording(
          name
              + ": "
              + rows.size()
              + " rows of "
              + columns
              + " heights; 3 to 100 of each are a mesh");
    }
    return flattened(rows);
  }

  private static double[] row(String where, String line) throws InvalidRecording {
    String[] words = line.split("[,;\\s]+");
    double[] row = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      try {
        row[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        row[i] = Double.NaN;
      }
      if (!(Math.abs(row[i]) <= HIGHEST_MM)) {
        throw new InvalidRecording(
            where + "height " + (i + 1) + " is none: " + words[i] + "; mm from -10 to 10 are");
      }
    }
    return row;
  }

  private static MeshComponent flattened(List<double[]> rows) {
    int side = MeshComponent.SIDE;
    double[] heights = new double[side * side];
    NormalEquations plane = new NormalEquations(3);
    int[] unknowns = {0, 1, 2};
    for (int j = 0; j < side; j++) {
      for (int i = 0; i < side; i++) {
        double um = 1000 * at(rows, (double) i / (side - 1), (double) j / (side - 1));
        heights[j * side + i] = um;
        plane.add(unknowns, new double[] {1, i - 2, j - 2}, 3, um, 1);
      }
    }
    NormalEquations.@Nullable Solution solution = plane.solve();
    for (int k = 0; k < heights.length && solution != null; k++) {
      double[] p = solution.values();
      heights[k] -= p[0] + p[1] * (k % side - 2) + p[2] * (k / side - 2);
    }
    return new MeshComponent(heights);
  }

  /** Bilinear between the heights; u and v run from 0 to 1 over the bed. */
  private static double at(List<double[]> rows, double u, double v) {
    double x = u * (rows.get(0).length - 1);
    double y = v * (rows.size() - 1);
    int i = Math.min((int) x, rows.get(0).length - 2);
    int j = Math.min((int) y, rows.size() - 2);
    double fx = x - i;
    double fy = y - j;
    double[] front = rows.get(j);
    double[] back = rows.get(j + 1);
    return (1 - fy) * ((1 - fx) * front[i] + fx * front[i + 1])
        + fy * ((1 - fx) * back[i] + fx * back[i + 1]);
  }
}
