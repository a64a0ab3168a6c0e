package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.compare.AxisModel;
import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;

/**
 * How the periodic errors of an axis walk: all amplitudes together with their covariance (Kalman
 * 1960), and the play by itself.
 *
 * @param pulleyMm belt travel of one turn
 */
record AxisWalk(double pulleyMm) implements Walk<AxisComponent> {
  @Override
  public AxisComponent settled(AxisComponent measured) {
    SimpleMatrix covariance =
        covariance(measured)
            .plus(
                new SimpleMatrix(
                    AxisModel.repeatability(measured.periodsMm(), measured.valuesUm())));
    return with(measured, measured.valuesUm(), covariance, play(measured), measured.beads());
  }

  @Override
  public AxisComponent grown(AxisComponent state, double years) {
    SimpleMatrix covariance = covariance(state).plus(drift(state, years));
    Estimate play = play(state, 0);
    return with(
        state,
        state.valuesUm(),
        covariance,
        play == null ? null : play.grown(playDrift(years)),
        state.beads());
  }

  @Override
  public boolean alike(AxisComponent state, AxisComponent settled) {
    return Arrays.equals(state.periodsMm(), settled.periodsMm());
  }

  @Override
  public AxisComponent updated(AxisComponent state, AxisComponent settled) {
    SimpleMatrix p = covariance(state);
    SimpleMatrix s = covariance(settled);
    SimpleMatrix x = column(state);
    // Both gains from one solve; the covariance in a form that stays symmetric and positive.
    SimpleMatrix gain = p.plus(s).solve(p).transpose();
    SimpleMatrix left = SimpleMatrix.identity(p.getNumRows()).minus(gain);
    SimpleMatrix mean = x.plus(gain.mult(column(settled).minus(x)));
    SimpleMatrix covariance =
        left.mult(p).mult(left.transpose()).plus(gain.mult(s).mult(gain.transpose()));
    Estimate before = play(state, 0);
    Estimate now = play(settled, 0);
    return with(
        settled,
        mean.getDDRM().getData().clone(),
        covariance,
        before == null || now == null ? (now == null ? before : now) : before.updated(now),
        settled.beads());
  }

  @Override
  public double walked(AxisComponent state, AxisComponent start, double years) {
    SimpleMatrix distance = column(state).minus(column(start));
    SimpleMatrix allowed = covariance(start).plus(drift(start, years));
    double squared = distance.dot(allowed.solve(distance));
    double walked = Math.sqrt(squared / Estimate.furthest(distance.getNumRows()));
    Estimate play = play(state, 0);
    Estimate first = play(start, 0);
    return play == null || first == null
        ? walked
        : Math.max(walked, play.walked(first, playDrift(years)));
  }

  /** Of a machine that lies far out, as far as it lies out. */
  private SimpleMatrix drift(AxisComponent axis, double years) {
    double[] periods = axis.periodsMm();
    double[] variances = new double[2 * periods.length];
    for (int k = 0; k < periods.length; k++) {
      double sd = Math.max(AxisModel.populationSdUm(periods[k], pulleyMm), axis.amplitudeUm(k) / 2);
      variances[2 * k] = Estimate.drift(sd * sd, AxisModel.MEMORY_YEARS, years);
      variances[2 * k + 1] = variances[2 * k];
    }
    return SimpleMatrix.diag(variances);
  }

  private static double playDrift(double years) {
    return Estimate.drift(
        AxisModel.BACKLASH_SD_UM * AxisModel.BACKLASH_SD_UM, AxisModel.MEMORY_YEARS, years);
  }

  private static @Nullable Estimate play(AxisComponent axis) {
    return play(axis, AxisModel.BACKLASH_REPEAT_UM);
  }

  private static @Nullable Estimate play(AxisComponent axis, double repeatUm) {
    Double um = axis.backlashUm();
    Double se = axis.backlashSeUm();
    return um == null || se == null ? null : Estimate.of(um, se, repeatUm);
  }

  private static SimpleMatrix column(AxisComponent axis) {
    return new SimpleMatrix(axis.valuesUm());
  }

  private static SimpleMatrix covariance(AxisComponent axis) {
    int n = 2 * axis.size();
    SimpleMatrix covariance = new SimpleMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        covariance.set(i, j, axis.covariance(i, j));
      }
    }
    return covariance;
  }

  private static AxisComponent with(
      AxisComponent like,
      double[] valuesUm,
      SimpleMatrix covariance,
      @Nullable Estimate play,
      int beads) {
    int n = valuesUm.length;
    double[] upper = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        upper[at++] = (covariance.get(i, j) + covariance.get(j, i)) / 2;
      }
    }
    return new AxisComponent(
        like.axis(),
        like.periodsMm(),
        valuesUm,
        upper,
        play == null ? null : play.value(),
        play == null ? null : play.se(),
        like.scatterUm(),
        beads);
  }
}
