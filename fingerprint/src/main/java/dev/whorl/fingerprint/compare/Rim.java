package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import org.jspecify.annotations.Nullable;

/**
 * A nozzle's rim, put together from all headings. What the nozzle leaves is what passed last: at t
 * to the left of a heading theta that is the rim at the angle {@code theta + pi - asin(t / R)}. So
 * eight strokes show the whole rim about three times over, and a nozzle that was put back turned by
 * any angle shows the same rim from another start.
 */
final class Rim {
  private static final int BINS = 240;

  /** Near its sides a stroke runs along the rim and shows little of it. */
  private static final double FURTHEST = 0.88;

  /** A flat's outer diameter over its bore: 2.5 as a rule, makers differ. */
  private static final double[] FLAT_OVER_BORE = {2.1, 2.3, 2.4, 2.5, 2.6, 2.75};

  /** With less of the rim seen there is nothing to turn. */
  private static final double LEAST_SEEN = 0.7;

  private final double[] relief;

  private Rim(double[] relief) {
    this.relief = relief;
  }

  /**
   * The best agreement of two rims over all turns.
   *
   * @param correlation -1 to 1
   * @param turnDeg by how much the second stands further counter-clockwise
   * @param samples effective number of independent samples of the rim
   * @param tries effective number of independent turns and sizes tried
   */
  record Match(double correlation, double turnDeg, double samples, double tries) {}

  /**
   * Turns the second against the first.
   *
   * @param boreMm of both nozzles
   * @return null where either shows too little of its rim
   */
  static @Nullable Match turned(NozzleComponent first, NozzleComponent second, double boreMm) {
    Match best = null;
    for (double size : FLAT_OVER_BORE) {
      double radiusUm = 500 * boreMm * size;
      Rim a = of(first, radiusUm);
      Rim b = of(second, radiusUm);
      if (a == null || b == null) {
        return null;
      }
      Match match = a.match(b, best == null ? -1 : best.correlation);
      if (best == null || match != null) {
        best = match;
      }
    }
    return best;
  }

  private static @Nullable Rim of(NozzleComponent nozzle, double radiusUm) {
    double[] sum = new double[BINS];
    double[] weights = new double[BINS];
    double[] angles = {};
    double[] alongs = {};
    for (Plough plough : nozzle.strokes()) {
      double[] slopes = plough.slopes();
      if (angles.length != slopes.length) {
        // Nearly always the same for all headings, and dear.
        angles = new double[slopes.length];
        alongs = new double[slopes.length];
        for (int i = 0; i < slopes.length; i++) {
          double t = (i - (slopes.length - 1) / 2.0) * nozzle.stepUm();
          angles[i] = Math.asin(Math.max(-1, Math.min(1, t / radiusUm)));
          alongs[i] = Math.cos(angles[i]);
        }
      }
      if (plough.reliability() <= 0) {
        continue;
      }
      double heading = Math.toRadians(plough.headingDeg());
      for (int i = 0; i < slopes.length; i++) {
        double t = (i - (slopes.length - 1) / 2.0) * nozzle.stepUm();
        if (Math.abs(t) > FURTHEST * radiusUm) {
          continue;
        }
        double angle = angles[i];
        double along = alongs[i];
        int bin =
            Math.floorMod(
                (int) Math.floor((heading + Math.PI - angle) / (2 * Math.PI) * BINS), BINS);
        // dz/dphi = -R cos(angle) dz/dt; weighed by how squarely the rim was crossed.
        sum[bin] -= along * along * slopes[i];
        weights[bin] += along;
      }
    }
    int seen = 0;
    double mean = 0;
    for (int k = 0; k < BINS; k++) {
      if (weights[k] > 0) {
        sum[k] /= weights[k];
        mean += sum[k];
        seen++;
      }
    }
    if (seen < LEAST_SEEN * BINS) {
      return null;
    }
    for (int k = 0; k < BINS; k++) {
      sum[k] = weights[k] > 0 ? sum[k] - mean / seen : 0;
    }
    return new Rim(sum);
  }

  /** Null where no turn agrees better than this. */
  private @Nullable Match match(Rim other, double than) {
    double best = -1;
    int bestTurn = 0;
    double norm = Math.sqrt(product(relief, relief, 0) * product(other.relief, other.relief, 0));
    if (norm > 0) {
      for (int turn = 0; turn < BINS; turn++) {
        double r = product(relief, other.relief, turn) / norm;
        if (r > best) {
          best = r;
          bestTurn = turn;
        }
      }
    }
    if (best <= than && than > -1) {
      return null;
    }
    double samples = samples(other);
    double turnDeg = Math.IEEEremainder(360.0 * bestTurn / BINS, 360);
    return new Match(best, turnDeg, samples, samples * FLAT_OVER_BORE.length / 2.0);
  }

  /** Bartlett's formula, round the circle: as in {@link ProfileMatch}. */
  private double samples(Rim other) {
    double own = product(relief, relief, 0);
    double others = product(other.relief, other.relief, 0);
    double sum = 1;
    for (int k = 1; k <= BINS / 4; k++) {
      sum +=
          2
              * (product(relief, relief, k) / own)
              * (product(other.relief, other.relief, k) / others);
    }
    return Math.max(8, Math.min(BINS, BINS / Math.max(sum, 1e-6)));
  }

  /**
   * The sum of products with the second turned on. Four sums side by side, as one would wait for
   * itself: most of what a comparison takes is spent here.
   */
  private static double product(double[] a, double[] b, int turn) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int wrap = BINS - turn;
    int k = 0;
    for (; k + 3 < wrap; k += 4) {
      sum0 += a[k] * b[k + turn];
      sum1 += a[k + 1] * b[k + 1 + turn];
      sum2 += a[k + 2] * b[k + 2 + turn];
      sum3 += a[k + 3] * b[k + 3 + turn];
    }
    for (; k < wrap; k++) {
      sum0 += a[k] * b[k + turn];
    }
    for (; k + 3 < BINS; k += 4) {
      sum0 += a[k] * b[k - wrap];
      sum1 += a[k + 1] * b[k + 1 - wrap];
      sum2 += a[k + 2] * b[k + 2 - wrap];
      sum3 += a[k + 3] * b[k + 3 - wrap];
    }
    for (; k < BINS; k++) {
      sum0 += a[k] * b[k - wrap];
    }
    return sum0 + sum1 + sum2 + sum3;
  }
}
