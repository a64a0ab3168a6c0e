package dev.whorl.fingerprint.vibration;

import dev.whorl.fingerprint.Resonance;

/** Finds the highest peak of a spectrum, and the shape of the whole. */
final class Peak {
  /** A record of a few seconds shakes a peak about by this part of its frequency. */
  private static final double REPEAT = 0.01;

  /** And the width of it by this part. */
  private static final double WIDTH_REPEAT = 0.2;

  private static final double FLOOR = 1e-12;

  private Peak() {}

  /**
   * @param axis which was driven
   * @param name of the file, for messages
   */
  static Resonance of(Spectrum spectrum, int axis, String name) throws InvalidRecording {
    double[] hz = spectrum.hz();
    double[] power = spectrum.psd()[axis];
    int best = -1;
    for (int i = 1; i + 1 < hz.length; i++) {
      boolean inside = hz[i] >= Resonance.LOWEST_HZ && hz[i] <= Resonance.HIGHEST_HZ;
      if (inside && (best < 0 || power[i] > power[best])) {
        best = i;
      }
    }
    if (best < 0 || !(power[best] > 0)) {
      throw new InvalidRecording(name + ": nothing moved between 15 and 135 Hz");
    }
    double step = hz[best] - hz[best - 1];
    double frequency = hz[best] + step * vertex(power, best);
    double width = halfPower(hz, power, best, 1) - halfPower(hz, power, best, -1);
    double zeta = Math.max(0.5 * step, width) / (2 * frequency);
    double se = Math.hypot(step / Math.sqrt(12), REPEAT * frequency);
    double zetaSe = Math.hypot(step / (4 * frequency), WIDTH_REPEAT * zeta);
    return new Resonance(frequency, se, zeta, zetaSe, bands(hz, power));
  }

  /**
   * Where the parabola through the logarithms of three bins has its top, in bins from the middle.
   */
  private static double vertex(double[] power, int i) {
    double a = Math.log(Math.max(FLOOR, power[i - 1]));
    double b = Math.log(Math.max(FLOOR, power[i]));
    double c = Math.log(Math.max(FLOOR, power[i + 1]));
    double bend = a - 2 * b + c;
    return bend < 0 ? Math.max(-0.5, Math.min(0.5, 0.5 * (a - c) / bend)) : 0;
  }

  /** The frequency at which power has fallen to a half, in a direction. */
  private static double halfPower(double[] hz, double[] power, int best, int direction) {
    double half = power[best] / 2;
    int i = best;
    while (i + direction >= 0 && i + direction < hz.length && power[i + direction] > half) {
      i += direction;
    }
    int next = i + direction;
    if (next < 0 || next >= hz.length) {
      return hz[i];
    }
    double part = (power[i] - half) / Math.max(FLOOR, power[i] - power[next]);
    return hz[i] + part * (hz[next] - hz[i]);
  }

  private static double[] bands(double[] hz, double[] power) {
    double[] bands = new double[Resonance.BANDS];
    double ratio = Math.log(Resonance.HIGHEST_HZ / Resonance.LOWEST_HZ) / bands.length;
    double mean = 0;
    for (int band = 0; band < bands.length; band++) {
      double middle = Resonance.LOWEST_HZ * Math.exp((band + 0.5) * ratio);
      double sum = 0;
      int n = 0;
      for (int i = 0; i < hz.length; i++) {
        if (Math.abs(Math.log(Math.max(hz[i], FLOOR) / middle)) <= ratio / 2) {
          sum += power[i];
          n++;
        }
      }
      // A band narrower than the spacing takes what lies nearest.
      double value = n > 0 ? sum / n : power[nearest(hz, middle)];
      bands[band] = 10 * Math.log10(Math.max(FLOOR, value));
      mean += bands[band] / bands.length;
    }
    for (int band = 0; band < bands.length; band++) {
      bands[band] -= mean;
    }
    return bands;
  }

  private static int nearest(double[] hz, double to) {
    int best = 0;
    for (int i = 1; i < hz.length; i++) {
      best = Math.abs(hz[i] - to) < Math.abs(hz[best] - to) ? i : best;
    }
    return best;
  }
}
