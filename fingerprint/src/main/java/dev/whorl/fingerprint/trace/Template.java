package dev.whorl.fingerprint.trace;

/**
 * The across-slope of a bead (or valley) as it is on the average, about its middle. Odd about the
 * middle by definition: that is what the middle is.
 */
final class Template {
  private final double stepMm;
  private final int half;
  private final double[] values;

  private Template(double stepMm, int half, double[] values) {
    this.stepMm = stepMm;
    this.half = half;
    this.values = values;
  }

  /**
   * A first guess for a bead of one line's width: z is a raised cosine somewhat wider than the
   * line.
   */
  static Template bead(double stepMm, double halfWidthMm, double pitchMm) {
    double reach = 0.55 * pitchMm;
    int half = (int) Math.ceil(halfWidthMm / stepMm);
    double[] values = new double[2 * half + 1];
    for (int j = 0; j < values.length; j++) {
      double t = (j - half) * stepMm;
      values[j] = Math.abs(t) < reach ? -Math.sin(Math.PI * t / reach) : 0;
    }
    return new Template(stepMm, half, values);
  }

  /** A first guess for the valley between beads: z is a cosine of the pitch. */
  static Template valley(double stepMm, double halfWidthMm, double pitchMm) {
    int half = (int) Math.ceil(halfWidthMm / stepMm);
    double[] values = new double[2 * half + 1];
    for (int j = 0; j < values.length; j++) {
      values[j] = Math.sin(2 * Math.PI * (j - half) * stepMm / pitchMm);
    }
    return new Template(stepMm, half, values);
  }

  /**
   * From a mean profile; its middle is put where it is most odd, within a tenth of a millimetre.
   */
  static Template centred(double stepMm, double[] profile, double windowMm) {
    int half = profile.length / 2;
    Template raw = new Template(stepMm, half, profile);
    int reach = (int) Math.round(0.1 / stepMm);
    double[] oddness = new double[2 * reach + 1];
    int best = reach;
    for (int k = 0; k < oddness.length; k++) {
      oddness[k] = raw.oddness((k - reach) * stepMm, windowMm);
      if (oddness[k] > oddness[best]) {
        best = k;
      }
    }
    double shift = (best - reach) * stepMm;
    if (best > 0 && best < oddness.length - 1) {
      double bend = oddness[best - 1] - 2 * oddness[best] + oddness[best + 1];
      if (bend < 0) {
        shift += stepMm * 0.5 * (oddness[best - 1] - oddness[best + 1]) / bend;
      }
    }
    double[] values = new double[profile.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = raw.at((j - half) * stepMm + shift);
    }
    return new Template(stepMm, half, values);
  }

  private double oddness(double shiftMm, double windowMm) {
    double sum = 0;
    for (double t = 0; t <= windowMm; t += stepMm) {
      double difference = at(shiftMm + t) - at(shiftMm - t);
      double mean = at(shiftMm + t) + at(shiftMm - t);
      sum += difference * difference - mean * mean;
    }
    return sum;
  }

  int half() {
    return half;
  }

  double stepMm() {
    return stepMm;
  }

  /** Value at t by cubic interpolation; beyond its ends the last value holds. */
  double at(double tMm) {
    double position = tMm / stepMm + half;
    int i = (int) Math.floor(position);
    double f = position - i;
    double a = value(i - 1);
    double b = value(i);
    double c = value(i + 1);
    double d = value(i + 2);
    return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
  }

  /** Derivative at t, per mm. */
  double derivative(double tMm) {
    return (at(tMm + 0.5 * stepMm) - at(tMm - 0.5 * stepMm)) / stepMm;
  }

  private double value(int i) {
    return values[Math.max(0, Math.min(values.length - 1, i))];
  }
}
