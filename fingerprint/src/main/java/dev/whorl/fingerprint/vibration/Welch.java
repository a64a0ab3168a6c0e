package dev.whorl.fingerprint.vibration;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Power spectra by averaged periodograms of half-overlapping, Hann-windowed segments (Welch 1967,
 * "The use of fast Fourier transform for the estimation of power spectra").
 */
final class Welch {
  /** A segment lasts at least this long: a spacing of 2 Hz or less. */
  private static final double SEGMENT_S = 0.5;

  private Welch() {}

  /**
   * @param samples one row for each axis, evenly spaced in time
   * @param rateHz samples per second
   */
  static Spectrum of(double[][] samples, double rateHz) {
    int length = Integer.highestOneBit((int) Math.ceil(SEGMENT_S * rateHz) - 1) * 2;
    int n = samples[0].length;
    double[] hz = new double[length / 2 + 1];
    for (int i = 0; i < hz.length; i++) {
      hz[i] = i * rateHz / length;
    }
    double[][] psd = new double[samples.length][hz.length];
    DoubleFFT_1D transform = new DoubleFFT_1D(length);
    double[] segment = new double[length];
    for (int axis = 0; axis < samples.length; axis++) {
      for (int start = 0; start + length <= n; start += length / 2) {
        double mean = 0;
        for (int i = 0; i < length; i++) {
          mean += samples[axis][start + i] / length;
        }
        for (int i = 0; i < length; i++) {
          double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
          segment[i] = window * (samples[axis][start + i] - mean);
        }
        transform.realForward(segment);
        psd[axis][0] += segment[0] * segment[0];
        psd[axis][length / 2] += segment[1] * segment[1];
        for (int i = 1; i < length / 2; i++) {
          psd[axis][i] += segment[2 * i] * segment[2 * i] + segment[2 * i + 1] * segment[2 * i + 1];
        }
      }
    }
    return new Spectrum(hz, psd);
  }

  /** The fewest samples that make a segment. */
  static int least(double rateHz) {
    return Integer.highestOneBit((int) Math.ceil(SEGMENT_S * rateHz) - 1) * 2;
  }
}
