package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkersTest {
  /** OpenCV's own drawing of ids 0 and 999, rows from the top, 1 for white. */
  @Test
  void shouldKnowTheDictionary() {
    assertThat(rows(0)).containsExactly("10100", "01011", "01100", "10101", "11100");
    assertThat(rows(999)).containsExactly("11111", "01111", "00100", "10000", "11101");
  }

  private static List<String> rows(int id) {
    return IntStream.range(1, 6)
        .mapToObj(
            row ->
                IntStream.range(1, 6)
                    .mapToObj(column -> MarkerBits.isBlack(id, row, column) ? "0" : "1")
                    .reduce("", String::concat))
        .toList();
  }

  @Test
  void shouldDeriveTheShortIdFromTheFirst23BitsOfTheHash() {
    // printf bench-07 | sha256sum begins 936edd
    ShortId shortId = ShortId.of("bench-07");
    assertThat(shortId.value()).isEqualTo(4831086);
    int m1 = shortId.markerId(1) / 4;
    int m2 = shortId.markerId(2) / 4;
    int m3 = shortId.markerId(3) / 4;
    assertThat((m1 * 250 + m2) * 250 + m3).isEqualTo(shortId.value());
    assertThat(shortId.markerId(0)).isEqualTo(4 * ((31 + m1 + m2 + m3) % 250));
    assertThat(shortId.markerId(2) % 4).isEqualTo(2);
  }

  /** Reads the cells' middles off a drawing of layer 3, knowing only where a marker should be. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.4, 0.45, 0.5, 0.6})
  void shouldRaiseBlackCellsAndLeaveWhiteOnesLow(double nozzleMm) {
    CouponProfile profile = Profiles.of(Kinematics.CARTESIAN, 235, nozzleMm);
    Program program = Coupon.standard1(profile).program(80, 40);
    FeatureRaster raster = new FeatureRaster(program, profile);
    List<String> markers =
        program.text().lines().filter(line -> line.startsWith("; feature marker ")).toList();
    assertThat(markers).hasSize(4);
    ShortId shortId = ShortId.of("bench-07");
    for (int corner = 0; corner < 4; corner++) {
      int expected = shortId.markerId(corner);
      assertThat(markers.get(corner)).contains("m" + corner + " id=" + expected + " ");
      double x = value(markers.get(corner), "x");
      double y = value(markers.get(corner), "y");
      double cell = value(markers.get(corner), "cell");
      assertThat(x > 17).isEqualTo(corner == 1 || corner == 2);
      assertThat(y > 17).isEqualTo(corner >= 2);
      for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 7; column++) {
          double middleX = x + (column + 0.5) * cell;
          // The middle of one of the cell's beads, not the seam between two.
          double middleY = y + (6 - row + (nozzleMm < 0.46 ? 0.25 : 0.5)) * cell;
          assertThat(raster.isRaised(middleX, middleY))
              .as("id %d row %d column %d", expected, row, column)
              .isEqualTo(MarkerBits.isBlack(expected, row, column));
        }
      }
    }
  }

  private static double value(String line, String key) {
    String rest = line.substring(line.indexOf(" " + key + "=") + key.length() + 2);
    return Double.parseDouble(rest.split(" ")[0]);
  }
}
