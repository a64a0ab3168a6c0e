package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import dev.whorl.fingerprint.compare.Drift;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a nozzle's marks walk: heading by heading, each laid over its like first, as a stroke is off
 * its place by a few samples every time.
 */
final class NozzleWalk implements Walk<NozzleComponent> {
  /** What two prints' marks differ by beyond their noise, as a part of them. */
  private static final double REPEAT_PART = 0.3;

  /** Marks of one heading are worth so many independent samples. */
  private static final int SAMPLES = 10;

  private static final double SAME_HEADING_DEG = 1;

  @Override
  public NozzleComponent settled(NozzleComponent measured) {
    return new NozzleComponent(
        measured.stepUm(),
        measured.strokes().stream().map(NozzleWalk::settled).toList(),
        measured.rasters());
  }

  private static Plough settled(Plough plough) {
    double own = Math.max(0, meanSquare(plough.slopes()) - plough.noise() * plough.noise());
    return new Plough(
        plough.headingDeg(),
        plough.slopes(),
        plough.reliability(),
        Math.sqrt(plough.noise() * plough.noise() + REPEAT_PART * REPEAT_PART * own));
  }

  @Override
  public NozzleComponent grown(NozzleComponent state, double years) {
    List<Plough> grown =
        state.strokes().stream()
            .map(
                plough ->
                    new Plough(
                        plough.headingDeg(),
                        plough.slopes(),
                        plough.reliability(),
                        Math.sqrt(plough.noise() * plough.noise() + drift(plough, years))))
            .toList();
    return new NozzleComponent(state.stepUm(), grown, state.rasters());
  }

  @Override
  public boolean alike(NozzleComponent state, NozzleComponent settled) {
    return Math.abs(state.stepUm() - settled.stepUm()) < 1e-6 * state.stepUm();
  }

  @Override
  public NozzleComponent updated(NozzleComponent state, NozzleComponent settled) {
    List<Plough> strokes = new ArrayList<>();
    for (Plough plough : settled.strokes()) {
      Plough before = like(state, plough);
      strokes.add(before == null ? plough : updated(before, plough, state.stepUm()));
    }
    for (Plough plough : state.strokes()) {
      if (like(settled, plough) == null) {
        strokes.add(plough);
      }
    }
    return new NozzleComponent(settled.stepUm(), strokes, settled.rasters());
  }

  private static Plough updated(Plough state, Plough settled, double stepUm) {
    double[] mean = state.slopes();
    double[] other = settled.slopes();
    double p = state.noise() * state.noise();
    double gain = p / Math.max(p + settled.noise() * settled.noise(), Double.MIN_NORMAL);
    int lag = lag(mean, other, (int) Math.round(Drift.STROKE_SHIFT_UM / stepUm));
    for (int i = 0; i < mean.length; i++) {
      int from = i + lag;
      if (from >= 0 && from < other.length) {
        mean[i] += gain * (other[from] - mean[i]);
      }
    }
    double left = (1 - gain) * p;
    double all = meanSquare(mean);
    double reliability = all > 0 ? Math.max(0, Math.min(1, 1 - left / all)) : 0;
    return new Plough(state.headingDeg(), mean, reliability, Math.sqrt(left));
  }

  @Override
  public double walked(NozzleComponent state, NozzleComponent start, double years) {
    double squares = 0;
    int headings = 0;
    int reach = (int) Math.round(Drift.STROKE_SHIFT_UM / start.stepUm());
    for (Plough begun : start.strokes()) {
      Plough now = like(state, begun);
      if (now == null) {
        continue;
      }
      double[] a = begun.slopes();
      double[] b = now.slopes();
      int lag = lag(a, b, reach);
      double sum = 0;
      int n = 0;
      for (int i = 0; i < a.length; i++) {
        int from = i + lag;
        if (from >= 0 && from < b.length) {
          sum += (b[from] - a[i]) * (b[from] - a[i]);
          n++;
        }
      }
      double allowed = begun.noise() * begun.noise() + drift(begun, years);
      squares += n == 0 || allowed == 0 ? 0 : SAMPLES * sum / n / allowed;
      headings++;
    }
    return headings == 0 ? 0 : Math.sqrt(squares / Estimate.furthest(headings * SAMPLES));
  }

  private static double drift(Plough plough, double years) {
    return Estimate.drift(meanSquare(plough.slopes()), Drift.NOZZLE_MEMORY_YEARS, years);
  }

  private static @Nullable Plough like(NozzleComponent nozzle, Plough plough) {
    for (Plough other : nozzle.strokes()) {
      double off = Math.IEEEremainder(other.headingDeg() - plough.headingDeg(), 360);
      if (Math.abs(off) < SAME_HEADING_DEG && other.slopes().length == plough.slopes().length) {
        return other;
      }
    }
    return null;
  }

  /** By how many samples the second lies further on, where both agree best. */
  private static int lag(double[] a, double[] b, int reach) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int lag = -reach; lag <= reach; lag++) {
      double sum = 0;
      for (int i = Math.max(0, -lag); i < Math.min(a.length, b.length - lag); i++) {
        sum += a[i] * b[i + lag];
      }
      if (sum > most) {
        most = sum;
        best = lag;
      }
    }
    return best;
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value / values.length;
    }
    return sum;
  }
}
