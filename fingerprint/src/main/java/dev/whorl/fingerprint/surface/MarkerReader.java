package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.objdetect.Dictionary;
import org.opencv.objdetect.Objdetect;

/**
 * Reads the relief markers off the aligned height map, cell by cell: raised is black. Where they
 * lie is known from the whole relief, so no contour needs to be found.
 */
final class MarkerReader {
  private static final int CELLS = 7;

  /** Bits that may be wrong where the rest spells what the program printed. */
  private static final int TOLERATED_KNOWN = 3;

  /** In DICT_5X5_1000 two markers may differ in 3 bits, so a stranger's may err in one. */
  private static final int TOLERATED_OTHER = 1;

  private MarkerReader() {}

  /** A marker as read. */
  record Read(int id, ExpectedCoupon.MarkerPlace place) {}

  /**
   * @param heightMap coupon frame, row 0 lowest
   */
  static List<Read> read(ExpectedCoupon expected, float[] heightMap, ExpectedRelief frame) {
    List<Read> read = new ArrayList<>();
    Dictionary dictionary = Objdetect.getPredefinedDictionary(Objdetect.DICT_5X5_1000);
    for (ExpectedCoupon.MarkerPlace place : expected.markers()) {
      double[] cells = cells(place, heightMap, frame);
      boolean[] white = white(cells);
      int known = distance(dictionary, white, place.id());
      if (known <= TOLERATED_KNOWN) {
        read.add(new Read(place.id(), place));
        continue;
      }
      for (int id = place.corner(); id < 1000; id += 4) {
        if (distance(dictionary, white, id) <= TOLERATED_OTHER) {
          read.add(new Read(id, place));
          break;
        }
      }
    }
    return read;
  }

  /** Mean height of each cell's middle, upper row first. */
  private static double[] cells(
      ExpectedCoupon.MarkerPlace place, float[] heightMap, ExpectedRelief frame) {
    double[] cells = new double[CELLS * CELLS];
    double cellPx = place.sideMm() / CELLS * frame.pxPerMm;
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        double x = place.xMm() * frame.pxPerMm + frame.marginPx + (column + 0.5) * cellPx;
        double y =
            (place.yMm() + place.sideMm()) * frame.pxPerMm + frame.marginPx - (row + 0.5) * cellPx;
        int reach = (int) Math.max(1, 0.3 * cellPx);
        double sum = 0;
        for (int dy = -reach; dy <= reach; dy++) {
          for (int dx = -reach; dx <= reach; dx++) {
            int r = Math.max(0, Math.min(frame.height - 1, (int) Math.round(y) + dy));
            int c = Math.max(0, Math.min(frame.width - 1, (int) Math.round(x) + dx));
            sum += heightMap[r * frame.width + c];
          }
        }
        cells[row * CELLS + column] = sum / ((2 * reach + 1) * (2 * reach + 1));
      }
    }
    return cells;
  }

  /** The 25 inner cells, split where the two groups are farthest apart (Otsu). */
  private static boolean[] white(double[] cells) {
    double[] inner = new double[25];
    for (int i = 0; i < 25; i++) {
      inner[i] = cells[(i / 5 + 1) * CELLS + i % 5 + 1];
    }
    double[] sorted = inner.clone();
    Arrays.sort(sorted);
    double total = Arrays.stream(sorted).sum();
    double below = 0;
    double best = -1;
    double threshold = 0;
    for (int i = 1; i < 25; i++) {
      below += sorted[i - 1];
      double difference = (total - below) / (25 - i) - below / i;
      double between = i * (25.0 - i) * difference * difference;
      if (between > best) {
        best = between;
        threshold = (sorted[i - 1] + sorted[i]) / 2;
      }
    }
    boolean[] white = new boolean[25];
    for (int i = 0; i < 25; i++) {
      white[i] = inner[i] < threshold;
    }
    return white;
  }

  private static int distance(Dictionary dictionary, boolean[] white, int id) {
    try (Mats mats = new Mats()) {
      Mat bits = mats.keep(new Mat(5, 5, CvType.CV_8U));
      byte[] values = new byte[25];
      for (int i = 0; i < 25; i++) {
        values[i] = (byte) (white[i] ? 1 : 0);
      }
      bits.put(0, 0, values);
      return dictionary.getDistanceToId(bits, id, false);
    }
  }
}
