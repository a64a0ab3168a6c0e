package dev.whorl.bench.feature;

import dev.whorl.sim.machine.Axis;
import dev.whorl.sim.machine.Wave;

/** A machine's axis in the terms of a fingerprint. */
final class AxisTruth {
  private AxisTruth() {}

  /** Cosine and sine of each wave in turn, um. */
  static double[] valuesUm(Axis axis) {
    double[] values = new double[2 * axis.waves().size()];
    for (int i = 0; i < axis.waves().size(); i++) {
      Wave wave = axis.waves().get(i);
      values[2 * i] = 1e3 * wave.amplitude() * Math.sin(wave.phaseRad());
      values[2 * i + 1] = 1e3 * wave.amplitude() * Math.cos(wave.phaseRad());
    }
    return values;
  }

  static double[] periodsMm(Axis axis) {
    return axis.waves().stream().mapToDouble(Wave::period).toArray();
  }
}
