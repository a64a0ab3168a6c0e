package dev.whorl.sim.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfacePainterTest {
  private static final Material SMOOTH = new Material("smooth", 0.5, 0, 0.4, 0, 10);
  private static final double PX_PER_MM = 60;
  private static final double PITCH_MM = 0.43;
  private static final double LAYER_MM = 0.2;
  private static final double FLOW_MM2 = PITCH_MM * LAYER_MM;

  private static Track bead(double x0, double y0, double x1, double y1, double z, double area) {
    return new Track(
        Track.Kind.EXTRUDED,
        new float[] {(float) x0, (float) x1},
        new float[] {(float) y0, (float) y1},
        new float[] {(float) z, (float) z},
        new float[] {(float) area, (float) area},
        30);
  }

  private static PrintedObject object(List<Track> tracks) {
    return new PrintedObject(tracks, NozzleFace.of(3, 0.4, 10, 0, 1), SMOOTH, 8);
  }

  /** A block of solid layers, beads along y, 8 mm long, centred on x. */
  private static List<Track> solid(int layers) {
    List<Track> tracks = new ArrayList<>();
    for (int layer = 1; layer <= layers; layer++) {
      for (int i = 0; i < 20; i++) {
        double x = (i - 9.5) * PITCH_MM;
        int up = i % 2 == 0 ? 1 : -1;
        tracks.add(bead(x, -4 * up, x, 4 * up, layer * LAYER_MM, FLOW_MM2));
      }
    }
    return tracks;
  }

  private static Surface paint(List<Track> tracks) {
    return SurfacePainter.paint(object(tracks), new Bounds(-6, -6, 6, 6), PX_PER_MM);
  }

  private static double volumeMm3(Surface s, Bounds box) {
    double sum = 0;
    for (int row = 0; row < s.height(); row++) {
      for (int column = 0; column < s.width(); column++) {
        double x = s.xMm(column);
        double y = s.yMm(row);
        if (x >= box.minXMm() && x < box.maxXMm() && y >= box.minYMm() && y < box.maxYMm()) {
          sum += s.heightMm()[row * s.width() + column];
        }
      }
    }
    return sum / (s.pxPerMm() * s.pxPerMm());
  }

  @Test
  void shouldLayAsMuchPlasticAsFlows() {
    for (double degrees : new double[] {0, 33, 45, 67.5, 90, 180, 250}) {
      double c = 4 * Math.cos(Math.toRadians(degrees));
      double s = 4 * Math.sin(Math.toRadians(degrees));
      Surface surface = paint(List.of(bead(-c, -s, c, s, LAYER_MM, FLOW_MM2)));
      // Rounded ends add a little less than half a width each.
      double volume = volumeMm3(surface, new Bounds(-6, -6, 6, 6));
      double ends = 0.75 * Math.PI * 0.23 * 0.23 * LAYER_MM;
      assertThat(volume)
          .as("heading %s", degrees)
          .isCloseTo(8 * FLOW_MM2 + ends, within(0.025 * 8 * FLOW_MM2));
    }
  }

  @Test
  void shouldLayABeadAsHighAsTheNozzleAndAsWideAsItsFlow() {
    Surface surface = paint(List.of(bead(-4, 0, 4, 0, LAYER_MM, FLOW_MM2)));
    assertThat((double) surface.at(1, 0)).isCloseTo(LAYER_MM, within(0.012));
    double halfWidth = new BeadProfile(FLOW_MM2, LAYER_MM).halfWidthMm;
    assertThat(2 * halfWidth).isCloseTo(0.473, within(0.001)); // a slicer's stadium: 0.4729
    assertThat(surface.at(1, halfWidth - 0.02)).isBetween(0.03f, 0.16f);
    assertThat(surface.at(1, halfWidth + 0.02)).isZero();
  }

  @Test
  void shouldFuseASolidLayerWithShallowValleysAndFewVoids() {
    Surface surface = paint(solid(1));
    double volume = volumeMm3(surface, new Bounds(-3.44, -3, 3.44, 3));
    assertThat(volume / (6.88 * 6 * LAYER_MM)).isBetween(0.94, 1.0);
    double top = surface.at(-0.5 * PITCH_MM, 1);
    double valley = surface.at(0, 1);
    assertThat(top - valley).isBetween(0.005, 0.06);
  }

  @Test
  void shouldKeepTheMachinesErrorsInTheBeadsPlace() {
    float[] x = new float[161];
    float[] y = new float[161];
    float[] z = new float[161];
    float[] area = new float[161];
    for (int i = 0; i <= 160; i++) {
      x[i] = -4 + 0.05f * i;
      y[i] = (float) (0.02 * Math.sin(2 * Math.PI * x[i] / 2));
      z[i] = (float) LAYER_MM;
      area[i] = (float) FLOW_MM2;
    }
    Surface surface = paint(List.of(new Track(Track.Kind.EXTRUDED, x, y, z, area, 30)));
    assertThat(centreMm(surface, 0.5)).isCloseTo(0.02, within(0.001));
    assertThat(centreMm(surface, 1)).isCloseTo(0, within(0.001));
    assertThat(centreMm(surface, 1.5)).isCloseTo(-0.02, within(0.001));
  }

  private static double centreMm(Surface s, double xMm) {
    double moment = 0;
    double sum = 0;
    for (int row = 0; row < s.height(); row++) {
      double h = s.at(xMm, s.yMm(row));
      moment += h * s.yMm(row);
      sum += h;
    }
    return moment / sum;
  }

  @Test
  void shouldPloughItsReliefIntoAPressedStrokeByHeading() {
    NozzleRelief relief = new NozzleRelief(object(List.of()).nozzle());
    for (int heading : new int[] {0, 90, 180, 225}) {
      double c = Math.cos(Math.toRadians(heading));
      double s = Math.sin(Math.toRadians(heading));
      List<Track> tracks = solid(1);
      tracks.add(bead(-2.5 * c, -2.5 * s, 2.5 * c, 2.5 * s, LAYER_MM - 0.04, 0.1 * FLOW_MM2));
      double[] profile = acrossStroke(paint(tracks), c, s);
      double same = correlation(profile, relief.imprintUm(heading));
      double other = correlation(profile, relief.imprintUm(heading + 90));
      assertThat(same).as("heading %d", heading).isGreaterThan(0.85);
      assertThat(other).as("heading %d against %d", heading, heading + 90).isLessThan(0.6);
    }
  }

  /** Mean heights over the middle 2 mm of a stroke, 21 places from right to left. */
  private static double[] acrossStroke(Surface surface, double c, double s) {
    double[] profile = new double[41];
    for (int k = 0; k < profile.length; k++) {
      double v = (k - 20) * 0.02;
      for (int i = -50; i <= 50; i++) {
        double u = 0.02 * i;
        profile[k] += surface.at(u * c - v * s, u * s + v * c) / 101;
      }
    }
    return profile;
  }

  private static double correlation(double[] profile, float[] imprintUm) {
    double[] other = new double[profile.length];
    for (int k = 0; k < other.length; k++) {
      other[k] = imprintUm[(imprintUm.length - 1) / 2 + 4 * (k - 20)];
    }
    double[] a = withoutTilt(profile);
    double[] b = withoutTilt(other);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double[] withoutTilt(double[] values) {
    int n = values.length;
    double mean = 0;
    double slope = 0;
    double weight = 0;
    for (int k = 0; k < n; k++) {
      mean += values[k] / n;
      slope += values[k] * (k - 0.5 * (n - 1));
      weight += Math.pow(k - 0.5 * (n - 1), 2);
    }
    double[] out = new double[n];
    for (int k = 0; k < n; k++) {
      out[k] = values[k] - mean - slope / weight * (k - 0.5 * (n - 1));
    }
    return out;
  }

  @Test
  void shouldThrowUpRidgesBesideAPressedStroke() {
    List<Track> tracks = solid(1);
    tracks.add(bead(0, -2.5, 0, 2.5, LAYER_MM - 0.04, 0.1 * FLOW_MM2));
    Surface pressed = paint(tracks);
    Surface before = paint(solid(1));
    assertThat((double) pressed.at(0.2, 0)).isCloseTo(LAYER_MM - 0.04, within(0.012));
    assertThat(pressed.at(0.55, 0) - before.at(0.55, 0)).isGreaterThan(0.003f);
    assertThat(pressed.at(1.5, 0)).isEqualTo(before.at(1.5, 0));
  }

  @Test
  void shouldShowNoSeamWhereOneTrackGoesOnFromAnother() {
    List<Track> whole = solid(1);
    whole.add(bead(-2, -2, 2, 2, LAYER_MM - 0.04, 0.1 * FLOW_MM2));
    List<Track> cut = solid(1);
    cut.add(bead(-2, -2, 0.3, 0.3, LAYER_MM - 0.04, 0.1 * FLOW_MM2));
    cut.add(bead(0.3, 0.3, 2, 2, LAYER_MM - 0.04, 0.1 * FLOW_MM2));
    float[] smooth = paint(whole).heightMm();
    float[] joined = paint(cut).heightMm();
    for (int i = 0; i < smooth.length; i++) {
      assertThat(joined[i]).isCloseTo(smooth[i], within(1e-4f));
    }
  }

  @Test
  void shouldGiveTheSameSurfaceForTheSameSeedsAndAnotherForAnotherPrint() {
    PrintedObject once = object(solid(1));
    PrintedObject again = new PrintedObject(once.tracks(), once.nozzle(), once.material(), 9);
    Bounds box = new Bounds(-6, -6, 6, 6);
    float[] heights = SurfacePainter.paint(once, box, 30).heightMm();
    assertThat(SurfacePainter.paint(once, box, 30).heightMm()).isEqualTo(heights);
    assertThat(SurfacePainter.paint(again, box, 30).heightMm()).isNotEqualTo(heights);
  }

  @Test
  void shouldFollowACornerWithoutAGapOrALump() {
    Track corner =
        new Track(
            Track.Kind.EXTRUDED,
            new float[] {-3, 0, 0},
            new float[] {0, 0, 3},
            new float[] {0.2f, 0.2f, 0.2f},
            new float[] {0.086f, 0.086f, 0.086f},
            80);
    Surface surface = paint(List.of(corner));
    for (double[] at : new double[][] {{-0.1, 0}, {0, 0}, {0, 0.1}, {0.1, -0.1}}) {
      assertThat((double) surface.at(at[0], at[1]))
          .as("at %s, %s", at[0], at[1])
          .isCloseTo(LAYER_MM, within(0.02));
    }
  }
}
