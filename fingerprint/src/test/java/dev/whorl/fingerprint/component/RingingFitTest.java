package dev.whorl.fingerprint.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Programs;
import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.SyntheticMachine;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.SyntheticTraces;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingingFitTest {
  private static final int SEEDS = 12;

  @Test
  void shouldErrAsMuchAsItsStandardErrorsSay() throws Exception {
    assertHonest(45, 38);
  }

  @Test
  void shouldErrAsMuchAsItsStandardErrorsSayWhereABinTakesHalfAPeriod() throws Exception {
    assertHonest(100, 85);
  }

  private static void assertHonest(double xHz, double yHz) throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine = new SyntheticMachine();
    machine.ringingUm = 60;
    machine.ringingXHz = xHz;
    machine.ringingYHz = yHz;
    double hz = 0;
    double zeta = 0;
    double amplitude = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RingingComponent ringing =
          RingingFit.fit(
              toolpath,
              SyntheticTraces.of(toolpath, machine, seed),
              new AxisErrors(Map.of(), toolpath));
      assertThat(ringing).isNotNull();
      Ring[] rings = {ringing.x(), ringing.y()};
      double[] truth = {xHz, yHz};
      for (int k = 0; k < 2; k++) {
        assertThat(rings[k]).isNotNull();
        assertThat(rings[k].frequencySeHz()).isLessThan(0.05 * truth[k]);
        hz += square((rings[k].frequencyHz() - truth[k]) / rings[k].frequencySeHz());
        zeta += square((rings[k].zeta() - machine.zeta) / rings[k].zetaSe());
        amplitude += square((rings[k].amplitudeUm() - 60) / rings[k].amplitudeSeUm());
      }
    }
    // 24 squares: sd 0.29. Ideal traces have no lag, which the first two leave room for.
    assertThat(hz / (2 * SEEDS)).as("mean chi squared of frequency").isLessThan(2);
    assertThat(zeta / (2 * SEEDS)).as("mean chi squared of damping").isLessThan(2);
    assertThat(amplitude / (2 * SEEDS)).as("mean chi squared of amplitude").isBetween(0.2, 2.0);
  }

  private static double square(double value) {
    return value * value;
  }
}
