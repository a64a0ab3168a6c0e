package dev.whorl.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.component.AxisErrors;
import dev.whorl.fingerprint.component.AxisFit;
import dev.whorl.fingerprint.component.FlowFit;
import dev.whorl.fingerprint.component.PloughReader;
import dev.whorl.fingerprint.component.RingingFit;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.Tracer;
import dev.whorl.fingerprint.trace.Tracing;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurfaceToComponentsTest {
  private record Read(
      Tracing tracing,
      Map<Axis, AxisComponent> axes,
      NozzleComponent nozzle,
      RingingComponent ringing,
      FlowComponent flow) {}

  private static Read read(Toolpath toolpath, SurfaceMaps maps) throws Exception {
    Tracing tracing = Tracer.trace(maps, toolpath);
    Map<Axis, AxisComponent> axes = AxisFit.fit(toolpath, tracing.traces()).axes();
    AxisErrors errors = new AxisErrors(axes, toolpath);
    return new Read(
        tracing,
        axes,
        PloughReader.read(maps, toolpath, tracing.place(), errors),
        RingingFit.fit(toolpath, tracing.traces(), errors),
        FlowFit.fit(tracing.traces(), errors));
  }

  @Test
  void shouldRecoverWhatAKnownMachineLeft() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine =
        new SyntheticMachine()
            .axis(Axis.X, 40, 10, -8, 2, 8, 6, 0.8, 1, 2, 0.2, -1.5, 0.5)
            .axis(Axis.Y, 40, -5, 12, 2, -3, 5, 0.8, -2, 0, 0.2, 0.5, 1.5);
    machine.ringingUm = 25;
    machine.gearAmplitude = 0.03;
    // Registration left 0.1 mm and 3 mrad.
    Read read =
        read(
            toolpath,
            SyntheticSurface.of(toolpath, machine, 5, 0.08, 0.002, -0.003, -0.06, 0.003, -0.001));

    assertThat(read.tracing.tracedPart()).isGreaterThan(0.95);
    AxisComponent x = read.axes.get(Axis.X);
    AxisComponent y = read.axes.get(Axis.Y);
    assertValue(x, 2, 8, 6);
    assertValue(x, 0.8, 1, 2);
    assertValue(x, 0.2, -1.5, 0.5);
    assertValue(y, 2, -3, 5);
    assertValue(y, 0.8, -2, 0);
    assertValue(y, 0.2, 0.5, 1.5);
    int tooth = 2 * x.indexOf(2);
    assertThat(x.covariance(tooth, tooth))
        .as("the tooth of X is known to two micrometres")
        .isLessThan(4);
    Ring ringX = read.ringing.x();
    assertThat(ringX.frequencyHz()).isCloseTo(45, within(2.0));
    assertThat(ringX.zeta()).isCloseTo(0.08, within(3 * ringX.zetaSe()));
    assertThat(ringX.amplitudeUm()).isCloseTo(25, within(3 * ringX.amplitudeSeUm()));
    assertThat(read.ringing.y().frequencyHz()).isCloseTo(38, within(2.0));
    assertThat(read.flow.gearPeriodMm()).isCloseTo(0.5, within(3 * read.flow.gearPeriodSeMm()));
    assertThat(read.flow.gearAmplitude()).isCloseTo(0.03, within(3 * read.flow.gearAmplitudeSe()));
  }

  @Test
  void shouldLeaveOutSwingAndRippleWhereThereAreNone() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    Read read = read(toolpath, SyntheticSurface.of(toolpath, new SyntheticMachine(), 11));

    assertThat(read.ringing).isNull();
    assertThat(read.flow).isNull();
    AxisComponent x = read.axes.get(Axis.X);
    int tooth = x.indexOf(2);
    assertThat(x.amplitudeUm(tooth)).isLessThan(4 * Math.sqrt(x.covariance(2 * tooth, 2 * tooth)));
  }

  @Test
  void shouldFindOneNozzleAlikeInTwoPrintsAndAnotherNozzleUnlike() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine = new SyntheticMachine().axis(Axis.X, 2, 8, 6);
    SyntheticMachine other = new SyntheticMachine().axis(Axis.X, 2, 8, 6);
    other.nozzleSeed = 2;
    NozzleComponent first = read(toolpath, SyntheticSurface.of(toolpath, machine, 21)).nozzle;
    NozzleComponent again = read(toolpath, SyntheticSurface.of(toolpath, machine, 22)).nozzle;
    NozzleComponent changed = read(toolpath, SyntheticSurface.of(toolpath, other, 23)).nozzle;

    assertThat(first.strokes()).hasSize(8);
    assertThat(first.strokes()).allMatch(plough -> plough.reliability() > 0.5);
    double genuine = correlation(first, again);
    double impostor = correlation(first, changed);
    assertThat(genuine).isGreaterThan(0.7);
    assertThat(impostor).isLessThan(0.3);
  }

  @Test
  void shouldRefuseASurfaceWithoutTheProgramsBeads() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SurfaceMaps maps = SyntheticSurface.of(toolpath, new SyntheticMachine(), 1);
    java.util.Arrays.fill(maps.slopeX(), 0);
    java.util.Arrays.fill(maps.slopeY(), 0);

    assertThatThrownBy(() -> Tracer.trace(maps, toolpath))
        .isInstanceOf(UnfitCapture.class)
        .hasMessageStartingWith("beads: 0 of ");
  }

  @Test
  void shouldGiveTheSameFingerprintForTheSameSurface() throws Exception {
    Toolpath toolpath = Programs.toolpath("corexy");
    SurfaceMaps maps =
        SyntheticSurface.of(toolpath, new SyntheticMachine().axis(Axis.A, 2, 12, 0), 4);
    Read first = read(toolpath, maps);
    Read second = read(toolpath, maps);

    assertThat(first.axes).isEqualTo(second.axes);
    assertThat(first.nozzle).isEqualTo(second.nozzle);
  }

  @Test
  void shouldTellTheBeltsOfACorexyApart() throws Exception {
    Toolpath toolpath = Programs.toolpath("corexy");
    SyntheticMachine machine = new SyntheticMachine().axis(Axis.A, 2, 12, 0).axis(Axis.B, 2, 0, 3);
    Map<Axis, AxisComponent> axes = read(toolpath, SyntheticSurface.of(toolpath, machine, 4)).axes;

    assertValue(axes.get(Axis.A), 2, 12, 0);
    assertValue(axes.get(Axis.B), 2, 0, 3);
    int tooth = 2 * axes.get(Axis.A).indexOf(2);
    assertThat(axes.get(Axis.A).covariance(tooth, tooth)).isLessThan(9);
  }

  /** Cosine and sine of a period, within three standard errors. */
  private static void assertValue(AxisComponent axis, double periodMm, double... truth) {
    for (int i = 0; i < truth.length; i++) {
      int value = 2 * axis.indexOf(periodMm) + i;
      double se = Math.sqrt(axis.covariance(value, value));
      assertThat(axis.valuesUm()[value])
          .as("value %d of %s mm of axis %s", i, periodMm, axis.axis())
          .isCloseTo(truth[i], within(3 * se));
    }
  }

  private static double correlation(NozzleComponent a, NozzleComponent b) {
    double sum = 0;
    for (int k = 0; k < a.strokes().size(); k++) {
      double[] x = a.strokes().get(k).slopes();
      double[] y = b.strokes().get(k).slopes();
      double best = -1;
      for (int lag = -2; lag <= 2; lag++) {
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 2; i < x.length - 2; i++) {
          xy += x[i] * y[i + lag];
          xx += x[i] * x[i];
          yy += y[i + lag] * y[i + lag];
        }
        best = Math.max(best, xy / Math.sqrt(xx * yy));
      }
      sum += best / a.strokes().size();
    }
    return sum;
  }
}
