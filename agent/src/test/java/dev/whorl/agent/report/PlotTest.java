package dev.whorl.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlotTest {
  private static final Pattern POINTS = Pattern.compile("points=\"([^\"]*)\"");

  private final Plot plot = new Plot("t", "x, mm", "y, um", 500, 300);

  @Test
  void shouldDrawGreaterValuesHigherAndLaterPlacesFurtherToTheRight() {
    double[] at = points(plot.line(Series.PROBE, new double[] {0, 1, 2}, new double[] {-5, 0, 5}));

    assertThat(at[2] - at[0]).isPositive().isEqualTo(at[4] - at[2]);
    assertThat(at[3] - at[1]).isNegative().isEqualTo(at[5] - at[3]);
  }

  @Test
  void shouldKeepABandsWholeWidthWithinTheFrame() {
    double[] at =
        points(
            plot.band(Series.PROBE, new double[] {0, 1}, new double[] {0, 0}, new double[] {9, 9}));

    assertThat(at).hasSize(8);
    assertThat(at[1]).isBetween(26.0, 60.0);
    assertThat(at[7]).isBetween(230.0, 260.0);
  }

  @Test
  void shouldLabelRoundNumbersOnly() {
    String svg = plot.line(Series.PROBE, new double[] {0, 40}, new double[] {-0.031, 0.027}).svg();

    assertThat(svg).contains(">0<", ">10<", ">40<", ">-0.02<", ">0.00<", ">0.02<");
    assertThat(svg).doesNotContain("-0.00", "E-");
  }

  @Test
  void shouldDrawALineThatIsLevel() {
    double[] at = points(plot.line(Series.PROBE, new double[] {3, 3}, new double[] {0, 0}));

    assertThat(Arrays.stream(at).boxed()).allSatisfy(value -> assertThat(value).isFinite());
  }

  private static double[] points(Plot plot) {
    Matcher matcher = POINTS.matcher(plot.svg());
    assertThat(matcher.find()).isTrue();
    return Arrays.stream(matcher.group(1).split("[ ,]")).mapToDouble(Double::parseDouble).toArray();
  }
}
