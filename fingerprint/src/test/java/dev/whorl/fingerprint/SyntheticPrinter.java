package dev.whorl.fingerprint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A printer that is a handful of numbers, and fingerprints measured from it with known errors. */
public final class SyntheticPrinter {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final double[] PERIODS_MM = {40, 20, 2, 0.8, 0.2};
  private static final double[] SPREAD_UM = {12, 6, 9, 2.5, 1.5};
  private static final double[] ERROR_UM = {4, 2.5, 0.7, 0.7, 0.7};
  private static final int SAMPLES = 100;
  private static final double STEP_UM = 8;

  private final SplittableRandom random;
  public double[][] axes;
  public double[][] ploughs;
  public double frequencyHz;
  public double gearMm = 0.43;
  public double skewMrad;
  public int shortId;

  public SyntheticPrinter(long seed) {
    random = new SplittableRandom(seed);
    axes = new double[][] {axis(), axis()};
    ploughs = nozzle();
    frequencyHz = 45 * Math.exp(0.3 * random.nextGaussian());
    skewMrad = random.nextGaussian();
    shortId = random.nextInt(1 << 23);
  }

  public void changeNozzle() {
    ploughs = nozzle();
  }

  public void turnNozzle(int eighths) {
    double[][] turned = new double[8][];
    for (int i = 0; i < 8; i++) {
      turned[(i + eighths) % 8] = ploughs[i];
    }
    ploughs = turned;
  }

  /** The axis now stands at a place shifted along the pulley. */
  public void shiftBelt(int axis, double mm) {
    for (int k = 0; k < PERIODS_MM.length; k++) {
      double angle = 2 * Math.PI * mm / PERIODS_MM[k];
      double c = axes[axis][2 * k];
      double s = axes[axis][2 * k + 1];
      axes[axis][2 * k] = c * Math.cos(angle) + s * Math.sin(angle);
      axes[axis][2 * k + 1] = s * Math.cos(angle) - c * Math.sin(angle);
    }
  }

  public void changeAxis(int axis) {
    axes[axis] = axis();
  }

  /** As it ages: what it was is forgotten, by wear and wander, as fast as printers' parts do. */
  public void age(Duration time) {
    double years = time.toDays() / 365.25;
    for (int i = 0; i < 2; i++) {
      axes[i] = wandered(axes[i], axis(), Math.exp(-years / 10));
    }
    double[][] other = nozzle();
    for (int i = 0; i < ploughs.length; i++) {
      ploughs[i] = wandered(ploughs[i], other[i], Math.exp(-years / 2));
    }
    skewMrad =
        wandered(
            new double[] {skewMrad}, new double[] {random.nextGaussian()}, Math.exp(-years / 3))[0];
  }

  /** Goes a part of the way to another printer, in every component. */
  public void goTowards(SyntheticPrinter other, double part) {
    for (int i = 0; i < 2; i++) {
      axes[i] = between(axes[i], other.axes[i], part);
    }
    for (int i = 0; i < ploughs.length; i++) {
      ploughs[i] = between(ploughs[i], other.ploughs[i], part);
    }
    skewMrad += part * (other.skewMrad - skewMrad);
    frequencyHz += part * (other.frequencyHz - frequencyHz);
  }

  private static double[] wandered(double[] values, double[] fresh, double kept) {
    double[] wandered = values.clone();
    for (int i = 0; i < values.length; i++) {
      wandered[i] = kept * values[i] + Math.sqrt(1 - kept * kept) * fresh[i];
    }
    return wandered;
  }

  private static double[] between(double[] a, double[] b, double part) {
    double[] between = a.clone();
    for (int i = 0; i < a.length; i++) {
      between[i] += part * (b[i] - a[i]);
    }
    return between;
  }

  private double[] axis() {
    double[] values = new double[2 * PERIODS_MM.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = SPREAD_UM[i / 2] * random.nextGaussian();
    }
    return values;
  }

  private double[][] nozzle() {
    double[][] profiles = new double[8][];
    for (int i = 0; i < 8; i++) {
      profiles[i] = smooth(SAMPLES);
    }
    return profiles;
  }

  /** Noise whose neighbours agree over some 30 um, unit variance. */
  private double[] smooth(int length) {
    double[] raw = new double[length + 8];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = random.nextGaussian();
    }
    double[] weights = {1, 3, 5, 6, 5, 3, 1};
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      for (int k = 0; k < weights.length; k++) {
        values[i] += weights[k] * raw[i + k] / Math.sqrt(106);
      }
    }
    return values;
  }

  /** All components, measured once. */
  public Fingerprint measure(Duration later) {
    return measure("p" + shortId, later);
  }

  /** The same, said to be of a printer of this id. */
  public Fingerprint measure(String id, Duration later) {
    List<Plough> strokes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double[] noise = smooth(SAMPLES);
      double[] slopes = new double[SAMPLES];
      int lag = random.nextInt(5) - 2;
      for (int j = 0; j < SAMPLES; j++) {
        int from = Math.max(0, Math.min(SAMPLES - 1, j + lag));
        slopes[j] = ploughs[i][from] + 0.7 * noise[j];
      }
      strokes.add(new Plough(45 * i, slopes, 1 / 1.49, 0.7));
    }
    Map<Axis, AxisComponent> measured = new EnumMap<>(Axis.class);
    measured.put(Axis.X, measured(Axis.X, axes[0]));
    measured.put(Axis.Y, measured(Axis.Y, axes[1]));
    return new Fingerprint(
        "test 1",
        id,
        "standard-1:" + shortId,
        START.plus(later),
        80,
        40,
        Kinematics.CARTESIAN,
        40,
        40,
        0.4,
        new Claim(shortId, 1, true),
        new Quality(80, 4, false, 4, 1, 1, 1, 0.5, 0.01),
        new NozzleComponent(STEP_UM, strokes, List.of()),
        measured,
        new RingingComponent(ring(1), ring(0.9)),
        new FlowComponent(gearMm * (1 + 0.005 * random.nextGaussian()), 0.003, 0.02, 0.003),
        new GeometryComponent(skewMrad + 0.1 * random.nextGaussian(), 0.1, 2000, 200, 2100, 200),
        null,
        null);
  }

  private Ring ring(double factor) {
    double hz = frequencyHz * factor * Math.exp(0.05 * random.nextGaussian());
    return new Ring(hz, 1, 0.06 + 0.01 * random.nextGaussian(), 0.01, 8, 1);
  }

  private AxisComponent measured(Axis axis, double[] truth) {
    int n = truth.length;
    double[] values = new double[n];
    double[] covariance = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      double sd = ERROR_UM[i / 2];
      values[i] = truth[i] + Math.hypot(sd, 1) * random.nextGaussian();
      covariance[at] = sd * sd;
      at += n - i;
    }
    return new AxisComponent(axis, PERIODS_MM, values, covariance, 12.0, 2.0, 1, 100);
  }
}
