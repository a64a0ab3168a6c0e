package dev.whorl.gcode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The ArUco dictionary 5X5_1000 (ids 0 to 999), as in OpenCV 4.9 ({@code
 * objdetect/src/aruco/predefined_dictionaries.hpp}, Apache-2.0).
 *
 * <p>A marker has 7 x 7 cells. The outer ring is black. The 5 x 5 inside is read row by row from
 * the top left, as one looks at the marker the right way up; the resource keeps each id as seven
 * hex digits whose 25 low bits are those cells, the top left cell the highest bit, 1 for white.
 */
final class MarkerBits {
  /** Cells along a side, the black border included. */
  static final int CELLS = 7;

  private static final int IDS = 1000;
  private static final int INNER = 5;
  private static final int[] WHITE = load();

  private MarkerBits() {}

  /**
   * @param id 0 to 999
   * @param row 0 at the top, to 6
   * @param column 0 at the left, to 6
   */
  static boolean isBlack(int id, int row, int column) {
    if (row == 0 || column == 0 || row == CELLS - 1 || column == CELLS - 1) {
      return true;
    }
    int bit = INNER * INNER - 1 - ((row - 1) * INNER + (column - 1));
    return (WHITE[id] >> bit & 1) == 0;
  }

  private static int[] load() {
    int[] white = new int[IDS];
    try (InputStream resource = MarkerBits.class.getResourceAsStream("aruco-5x5-1000.txt")) {
      if (resource == null) {
        throw new IllegalStateException("aruco-5x5-1000.txt is missing from the jar");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII));
      for (int id = 0; id < IDS; id++) {
        white[id] = Integer.parseInt(reader.readLine(), 16);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return white;
  }
}
