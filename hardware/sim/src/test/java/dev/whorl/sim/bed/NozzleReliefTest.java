package dev.whorl.sim.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NozzleReliefTest {

  private static NozzleRelief relief(long seed, double ageDays, double turnDeg, long residue) {
    return new NozzleRelief(NozzleFace.of(seed, 0.4, ageDays, turnDeg, residue));
  }

  /** Over the middle of the flat, without its mean. */
  private static double[] middle(float[] imprintUm) {
    int from = imprintUm.length / 5;
    double[] out = new double[imprintUm.length - 2 * from];
    double mean = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = imprintUm[from + i];
      mean += out[i] / out.length;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] -= mean;
    }
    return out;
  }

  private static double rmsDifference(float[] a, float[] b) {
    double[] x = middle(a);
    double[] y = middle(b);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum / x.length);
  }

  @Test
  void shouldBeTheSameForTheSameNozzleAndAnotherForAnother() {
    float[] one = relief(1, 0, 0, 1).imprintUm(30);
    assertThat(relief(1, 0, 0, 1).imprintUm(30)).isEqualTo(one);
    assertThat(rmsDifference(relief(2, 0, 0, 1).imprintUm(30), one)).isGreaterThan(0.4);
  }

  @Test
  void shouldTurnItsMarksWhenItIsTurnedInItsThread() {
    NozzleRelief straight = relief(5, 20, 0, 2);
    NozzleRelief turned = relief(5, 20, 90, 2);
    assertThat(turned.reliefUm(-0.31, 0.12)).isCloseTo(straight.reliefUm(0.12, 0.31), within(1e-3));
    assertThat(rmsDifference(turned.imprintUm(135), straight.imprintUm(45))).isLessThan(0.05);
    assertThat(rmsDifference(turned.imprintUm(45), straight.imprintUm(45))).isGreaterThan(0.3);
  }

  @Test
  void shouldChangeLittleInAWeekAndMoreInYears() {
    float[] now = relief(6, 10, 0, 1).imprintUm(0);
    double week = rmsDifference(relief(6, 17, 0, 1).imprintUm(0), now);
    double years = rmsDifference(relief(6, 1500, 0, 1).imprintUm(0), now);
    assertThat(week).isLessThan(0.15);
    assertThat(years).isGreaterThan(2 * week);
  }

  @Test
  void shouldTellBackwardFromForward() {
    // A nozzle that passes backwards leaves other marks, not the mirrored ones: the other rim is
    // last.
    NozzleRelief relief = relief(7, 0, 0, 1);
    float[] forward = relief.imprintUm(0);
    float[] backward = relief.imprintUm(180);
    float[] mirrored = new float[backward.length];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = backward[backward.length - 1 - i];
    }
    assertThat(rmsDifference(mirrored, forward)).isGreaterThan(0.3);
  }
}
