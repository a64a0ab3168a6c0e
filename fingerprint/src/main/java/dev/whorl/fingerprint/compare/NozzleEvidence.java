package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import dev.whorl.fingerprint.compare.ProfileMatch.Profile;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * What the plough marks say, heading by heading.
 *
 * <p>Correlations are judged as Fisher's z = atanh r. Of two nozzles, z of n independent samples is
 * about N(0, 1/(n - 3)), and the greatest over m shifts is distributed as the greatest of m such.
 * Of one nozzle, the correlation is expected to be what the repeatability of both profiles allows,
 * less the wear between.
 *
 * <p>Where one capture was softer than the other, the sharper profile holds fine marks that the
 * softer one cannot. Of a profile and itself blurred the correlation lies between the ratio of
 * their strengths (all that is left is kept whole) and 1 (all is weakened alike).
 */
final class NozzleEvidence {
  private static final Bounded BOUNDED = new Bounded(0.7, 0.001, 1e-6);
  private static final double SAME_HEADING_DEG = 5;
  private static final double TURN_DEG = 45;

  /** What other nozzles' z scatters by beyond 1/(n - 3): what all beads have in common. */
  private static final double OTHER_SD = 0.1;

  /** How well the expected z is known. */
  private static final double SAME_SD = 0.35;

  /** How often a weaker relief is a blurred one rather than one evenly weak. */
  private static final double BLURRED = 0.5;

  /** A heading in ten is lost to a stringing, a blob or a bad light. */
  private static final double LOST = 0.1;

  /** How often a turned nozzle shows the same headings again instead of its rim in between. */
  private static final double WHOLE_HEADINGS = 0.3;

  /** A nozzle that turned by less is as it was. */
  private static final double LEAST_TURN_DEG = 4;

  /** Other nozzles' common shape and a reading's error differ from stroke to stroke. */
  private static final double STROKES = 4;

  /** What of a rim returns under another heading: what lies behind its edge moves otherwise. */
  private static final double[] RIM_SHARES = {0.4, 0.6, 0.8, 1};

  private NozzleEvidence() {}

  /**
   * @param keptLog log likelihood ratio if the nozzle is as it was
   * @param turnedLog the same if it was seated anew at another multiple of 45 degrees
   * @param headings how many were in both
   * @param turnDeg by how much it is turned, if it is, counter-clockwise
   */
  record Ratios(double keptLog, double turnedLog, int headings, double turnDeg) {}

  /**
   * @param boreMm of both nozzles
   * @param years between the two
   */
  static Ratios of(NozzleComponent first, NozzleComponent second, double boreMm, double years) {
    double expected = Math.exp(-years / Drift.NOZZLE_MEMORY_YEARS);
    double blurred = blurred(first, second);
    Map<Plough, Profile> profiles = new IdentityHashMap<>();
    Sum kept = sum(first, second, 0, expected, blurred, profiles);
    LogSum turned = new LogSum();
    int turns = (int) (360 / TURN_DEG) - 1;
    double bestLog = Double.NEGATIVE_INFINITY;
    double turnDeg = 0;
    for (int k = 1; k <= turns; k++) {
      Sum sum = sum(first, second, k * TURN_DEG, expected, blurred, profiles);
      turned.add(Math.log(WHOLE_HEADINGS / turns) + sum.log);
      if (sum.log > bestLog) {
        bestLog = sum.log;
        turnDeg = Math.IEEEremainder(k * TURN_DEG, 360);
      }
    }
    Rim.Match rim = Rim.turned(first, second, boreMm);
    if (rim != null && Math.abs(rim.turnDeg()) > LEAST_TURN_DEG) {
      double log = rim(rim, expected, Math.sqrt(reliable(first) * reliable(second)));
      turned.add(Math.log(1 - WHOLE_HEADINGS) + log);
      if (log > bestLog) {
        turnDeg = rim.turnDeg();
      }
    }
    return new Ratios(BOUNDED.of(kept.log), BOUNDED.of(turned.log()), kept.headings, turnDeg);
  }

  /**
   * As {@link #heading}, of the whole rim at once; a search over all turns finds chance likeness.
   */
  private static double rim(Rim.Match match, double expected, double reliability) {
    double z = atanh(match.correlation());
    double sampling = 1 / Math.max(2, match.samples() - 3);
    double other =
        logGreatest(z, Math.sqrt(sampling + OTHER_SD * OTHER_SD / STROKES), match.tries());
    LogSum same = new LogSum();
    for (double share : RIM_SHARES) {
      double rho = share * expected * reliability;
      same.add(
          Math.log((1 - LOST) / RIM_SHARES.length)
              + Gaussian.log(z - atanh(rho), sampling + SAME_SD * SAME_SD / STROKES));
    }
    same.add(Math.log(LOST) + other);
    return same.log() - other;
  }

  private static double reliable(NozzleComponent nozzle) {
    return nozzle.strokes().stream().mapToDouble(NozzleEvidence::reliable).average().orElse(0.01);
  }

  private record Sum(double log, int headings) {}

  /**
   * What blur may leave of a correlation, 0 to 1: between the ratio of strengths and 1, in the
   * middle of their logarithms. Strengths of all headings together, for the camera sees all alike.
   */
  private static double blurred(NozzleComponent first, NozzleComponent second) {
    double a = meanSquare(first);
    double b = meanSquare(second);
    double most = Math.max(a, b);
    return most > 0 ? Math.pow(Math.min(a, b) / most, 0.25) : 1;
  }

  private static double meanSquare(NozzleComponent nozzle) {
    double sum = 0;
    int n = 0;
    for (Plough plough : nozzle.strokes()) {
      if (isProfile(plough)) {
        for (double slope : plough.slopes()) {
          sum += slope * slope;
          n++;
        }
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private static Sum sum(
      NozzleComponent first,
      NozzleComponent second,
      double turnDeg,
      double expected,
      double blurred,
      Map<Plough, Profile> profiles) {
    double log = 0;
    int headings = 0;
    for (Plough a : first.strokes()) {
      Plough b = at(second.strokes(), a.headingDeg() + turnDeg);
      if (b != null && isProfile(a) && isProfile(b)) {
        log += heading(a, first.stepUm(), b, second.stepUm(), expected, blurred, profiles);
        headings++;
      }
    }
    // The rasters show the same four sections again: they count where no stroke does.
    for (Plough a : first.rasters()) {
      boolean stroked =
          at(first.strokes(), a.headingDeg()) != null
              && at(second.strokes(), a.headingDeg() + turnDeg) != null;
      Plough b = at(second.rasters(), a.headingDeg() + turnDeg);
      if (!stroked && b != null && isProfile(a) && isProfile(b)) {
        log += heading(a, first.stepUm(), b, second.stepUm(), expected, blurred, profiles);
        headings++;
      }
    }
    return new Sum(log, headings);
  }

  private static @Nullable Plough at(List<Plough> ploughs, double headingDeg) {
    for (Plough plough : ploughs) {
      double off = Math.IEEEremainder(plough.headingDeg() - headingDeg, 360);
      if (Math.abs(off) < SAME_HEADING_DEG) {
        return plough;
      }
    }
    return null;
  }

  private static boolean isProfile(Plough plough) {
    return plough.slopes().length >= ProfileMatch.FEWEST && plough.reliability() > 0;
  }

  private static double heading(
      Plough a,
      double stepA,
      Plough b,
      double stepB,
      double expected,
      double blurred,
      Map<Plough, Profile> profiles) {
    Profile first = profiles.computeIfAbsent(a, plough -> new Profile(plough.slopes()));
    // Its step never changes from turn to turn: stretched once.
    Profile second =
        a == b
            ? first
            : profiles.computeIfAbsent(
                b, plough -> new Profile(stretched(plough.slopes(), stepB, stepA)));
    if (second.length() < ProfileMatch.FEWEST) {
      return 0;
    }
    ProfileMatch match = ProfileMatch.of(first, second, stepA);
    double z = atanh(match.correlation());
    double sampling = 1 / Math.max(2, match.samples() - 3);
    double other = logGreatest(z, Math.sqrt(sampling + OTHER_SD * OTHER_SD), match.shifts());
    double rho = expected * Math.sqrt(reliable(a) * reliable(b));
    LogSum same = new LogSum();
    double spread = sampling + SAME_SD * SAME_SD;
    double found = Math.log(1 - LOST);
    same.add(found + Math.log(1 - BLURRED) + Gaussian.log(z - atanh(rho), spread));
    same.add(found + Math.log(BLURRED) + Gaussian.log(z - atanh(rho * blurred), spread));
    same.add(Math.log(LOST) + other);
    return same.log() - other;
  }

  private static double reliable(Plough plough) {
    return Math.max(0.01, Math.min(0.98, plough.reliability()));
  }

  private static double atanh(double r) {
    double within = Math.max(-0.999, Math.min(0.999, r));
    return 0.5 * Math.log((1 + within) / (1 - within));
  }

  /** The density of the greatest of m draws from N(0, sd^2). */
  private static double logGreatest(double z, double sd, double m) {
    double below = 0.5 * Erf.erfc(-z / sd / Math.sqrt(2));
    return Math.log(m) + Gaussian.log(z, sd * sd) + (m - 1) * Math.log(Math.max(below, 1e-300));
  }

  /** The same profile at another step, its middle kept. */
  private static double[] stretched(double[] values, double fromUm, double toUm) {
    if (Math.abs(fromUm - toUm) < 1e-6 * toUm) {
      return values;
    }
    int length = (int) Math.floor((values.length - 1) * fromUm / toUm) + 1;
    double[] stretched = new double[length];
    for (int i = 0; i < length; i++) {
      double at = (i - (length - 1) / 2.0) * toUm / fromUm + (values.length - 1) / 2.0;
      int left = Math.max(0, Math.min(values.length - 2, (int) Math.floor(at)));
      double part = at - left;
      stretched[i] = values[left] * (1 - part) + values[left + 1] * part;
    }
    return stretched;
  }
}
