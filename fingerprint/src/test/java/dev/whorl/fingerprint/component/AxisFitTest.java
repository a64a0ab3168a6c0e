package dev.whorl.fingerprint.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Programs;
import dev.whorl.fingerprint.SyntheticMachine;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.SyntheticTraces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AxisFitTest {
  private static final int SEEDS = 20;

  /** Cosine and sine of the periods 40, 20, 2, 0.8 and 0.2 mm. */
  private static final double[] PERIODS_MM = {40, 20, 40.0 / 3, 2, 1, 0.8, 0.2};

  private static final int TOOTH = 6;

  private static final double[] FIRST = {9, -12, 3, 2, 2, -1, 8, 6, 1, -1, 1, 2, -1.5, 0.5};

  private static final double[] SECOND = {-6, 10, -2, 4, -1, 1, -3, 5, 0, 1, -2, 0.5, 0.5, 1.5};

  @Test
  void shouldErrAsMuchAsItsStandardErrorsSay() throws Exception {
    assertHonest("cartesian", Axis.X, Axis.Y);
  }

  @Test
  void shouldErrAsMuchAsItsStandardErrorsSayOnABeltPair() throws Exception {
    assertHonest("corexy", Axis.A, Axis.B);
  }

  @Test
  void shouldNotTakeAFramesSwingForAFullStep() throws Exception {
    assertUnmoved("cartesian", 28, 12, Axis.X, Axis.Y);
  }

  @Test
  void shouldNotTakeAFramesSwingForAToothOfABeltPair() throws Exception {
    assertUnmoved("corexy", 40, TOOTH, Axis.A, Axis.B);
  }

  /** A swing that lingers on beads leaves the two values from {@code from} on where they are. */
  private static void assertUnmoved(
      String program, double swingHz, int from, Axis first, Axis second) throws Exception {
    Toolpath toolpath = Programs.toolpath(program);
    SyntheticMachine machine = machine(first, second);
    machine.ringingXHz = swingHz;
    machine.lingeringUm = 25;
    Map<Axis, AxisComponent> axes =
        AxisFit.fit(toolpath, SyntheticTraces.of(toolpath, machine, 1)).axes();
    for (Axis axis : List.of(first, second)) {
      AxisComponent fitted = axes.get(axis);
      double[] truth = axis == first ? FIRST : SECOND;
      for (int i = from; i < from + 2; i++) {
        double sd = Math.sqrt(fitted.covariance(i, i));
        assertThat(fitted.valuesUm()[i]).isCloseTo(truth[i], within(4 * sd));
        assertThat(sd).isLessThan(2.5);
      }
    }
  }

  private static void assertHonest(String program, Axis first, Axis second) throws Exception {
    Toolpath toolpath = Programs.toolpath(program);
    SyntheticMachine machine = machine(first, second);
    double[] chi2 = new double[FIRST.length];
    double toothSeUm = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Map<Axis, AxisComponent> axes =
          AxisFit.fit(toolpath, SyntheticTraces.of(toolpath, machine, seed)).axes();
      for (Axis axis : List.of(first, second)) {
        AxisComponent fitted = axes.get(axis);
        double[] truth = axis == first ? FIRST : SECOND;
        for (int i = 0; i < FIRST.length; i++) {
          double error = fitted.valuesUm()[i] - truth[i];
          chi2[i] += error * error / fitted.covariance(i, i) / (2 * SEEDS);
        }
        toothSeUm = Math.sqrt(fitted.covariance(TOOTH, TOOTH));
      }
    }
    double mean = 0;
    for (double each : chi2) {
      mean += each / FIRST.length;
    }
    // 560 squares: sd 0.07 were they independent; each of them by itself 0.22.
    assertThat(mean).as("mean chi squared of %s", program).isBetween(0.6, 1.5);
    for (int i = 0; i < FIRST.length; i++) {
      assertThat(chi2[i]).as("chi squared of value %d", i).isBetween(0.2, 2.5);
    }
    assertThat(toothSeUm).as("tooth amplitude's standard error").isLessThan(2);
  }

  @Test
  void shouldTellBacklashFromBeadsThatCameFromBothSides() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine = machine(Axis.X, Axis.Y);
    machine.backlashUm = 20;
    AxisComponent y =
        AxisFit.fit(toolpath, SyntheticTraces.of(toolpath, machine, 3)).axes().get(Axis.Y);

    assertThat(y.backlashUm()).isNotNull();
    assertThat(y.backlashUm()).isCloseTo(20, within(3 * y.backlashSeUm()));
    assertThat(y.backlashUm()).isGreaterThan(2 * y.backlashSeUm());
  }

  @Test
  void shouldTellASkewFromThePeriods() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine = machine(Axis.X, Axis.Y);
    machine.skewMrad = 3;
    FittedAxes fitted = AxisFit.fit(toolpath, SyntheticTraces.of(toolpath, machine, 4));

    assertThat(fitted.affine().shear()).isCloseTo(3.0, within(4 * fitted.affine().shearSe()));
    assertThat(fitted.affine().shearSe()).isLessThan(0.7);
  }

  @Test
  void shouldKnowThatTheLongPeriodIsHalfHiddenByRegistration() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    AxisComponent x =
        AxisFit.fit(toolpath, SyntheticTraces.of(toolpath, machine(Axis.X, Axis.Y), 1))
            .axes()
            .get(Axis.X);

    assertThat(x.covariance(0, 0)).isGreaterThan(5 * x.covariance(TOOTH, TOOTH));
  }

  @Test
  void shouldLeaveOutAnAxisThatNothingTellsOf() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    var traces =
        SyntheticTraces.of(toolpath, machine(Axis.X, Axis.Y), 1).stream()
            .filter(trace -> "x".equals(trace.path().feature().attribute("axis")))
            .toList();

    assertThat(AxisFit.fit(toolpath, traces).axes()).containsOnlyKeys(Axis.X);
    assertThat(AxisFit.fit(toolpath, List.of()).axes()).isEmpty();
  }

  private static SyntheticMachine machine(Axis first, Axis second) {
    return new SyntheticMachine().axis(first, triples(FIRST)).axis(second, triples(SECOND));
  }

  private static double[] triples(double[] values) {
    double[] triples = new double[3 * PERIODS_MM.length];
    for (int k = 0; k < PERIODS_MM.length; k++) {
      triples[3 * k] = PERIODS_MM[k];
      triples[3 * k + 1] = values[2 * k];
      triples[3 * k + 2] = values[2 * k + 1];
    }
    return triples;
  }
}
