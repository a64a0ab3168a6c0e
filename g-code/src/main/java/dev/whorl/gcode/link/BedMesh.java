package dev.whorl.gcode.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Heights of a bed as its printer's probe found them.
 *
 * <p>From the sources of Marlin 2.1 ({@code bedlevel.cpp}, {@code ubl.cpp}: a table with the rows'
 * numbers, or lines of commas or tabs from the back of the bed), Prusa-Firmware 3.13 (G81: rows
 * from the back) and Klipper 0.12 ({@code bed_mesh.py}: rows from the front). RepRapFirmware keeps
 * its heights in a file and does not say them.
 *
 * @param heightsMm rows from the front of the bed to its back, each from left to right
 */
public record BedMesh(List<List<Double>> heightsMm) {
  /** Fewer points along a side are a plane. */
  private static final int LEAST = 3;

  /** More rows than any firmware holds. */
  private static final int MOST = 100;

  /** Beyond this a bed cannot be printed on; NaN is not within it either. */
  private static final double HIGHEST_MM = 10;

  public BedMesh {
    heightsMm = heightsMm.stream().map(List::copyOf).toList();
  }

  /** What begins a grid, and whether its rows, where they have no numbers, begin at the back. */
  private static final Map<String, Boolean> HEADS =
      Map.of(
          "bilinear leveling grid", false,
          "measured points", true,
          "bed topography report for csv", true,
          "mesh leveling probed z positions", false);

  /**
   * Finds the first grid in what a printer said.
   *
   * @return empty where there is none, or one with points that were not probed
   */
  public static Optional<BedMesh> of(List<String> lines) {
    Boolean fromBack = null;
    Map<Integer, List<Double>> rows = new TreeMap<>();
    for (String line : lines) {
      String text = bare(line);
      if (fromBack == null) {
        fromBack = head(text);
        continue;
      }
      String[] words = text.split("[,;\\s]+");
      if (text.isEmpty() || isHeader(words)) {
        continue;
      }
      boolean numbered = words[0].matches("\\d{1,2}");
      List<Double> row = row(words, numbered ? 1 : 0);
      if (row.isEmpty()) {
        break;
      }
      int place = fromBack ? -rows.size() : rows.size();
      rows.put(numbered ? Integer.parseInt(words[0]) : place, row);
    }
    return whole(new ArrayList<>(rows.values()));
  }

  private static String bare(String line) {
    return line.replaceFirst("^\\s*(//|echo:)?\\s*", "").strip();
  }

  private static @Nullable Boolean head(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return HEADS.entrySet().stream()
        .filter(head -> lower.startsWith(head.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The numbers of the columns. */
  private static boolean isHeader(String[] words) {
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals(Integer.toString(i))) {
        return false;
      }
    }
    return true;
  }

  /** The heights of a row; empty for a line that is none; a point that was not probed is NaN. */
  private static List<Double> row(String[] words, int from) {
    List<Double> row = new ArrayList<>();
    for (int i = from; i < words.length; i++) {
      if (words[i].matches("[-+]?\\d+\\.\\d+")) {
        row.add(Double.parseDouble(words[i]));
      } else if (words[i].matches("=+|\\.|(?i)nan")) {
        row.add(Double.NaN);
      } else {
        return List.of();
      }
    }
    return row;
  }

  private static Optional<BedMesh> whole(List<List<Double>> rows) {
    boolean whole =
        rows.size() >= LEAST
            && rows.size() <= MOST
            && rows.get(0).size() >= LEAST
            && rows.stream().allMatch(row -> row.size() == rows.get(0).size())
            && rows.stream()
                .flatMap(List::stream)
                .allMatch(height -> Math.abs(height) <= HIGHEST_MM);
    return whole ? Optional.of(new BedMesh(Collections.unmodifiableList(rows))) : Optional.empty();
  }

  /** The same as lines of millimetres, the front row first. */
  public String csv() {
    return heightsMm.stream()
        .map(
            row ->
                row.stream()
                    .map(height -> String.format(Locale.ROOT, "%.4f", height))
                    .collect(Collectors.joining(",", "", "\n")))
        .collect(Collectors.joining());
  }
}
