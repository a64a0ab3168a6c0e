package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.Resonance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well ringing is read from images.
 *
 * @param directions how many could have been
 * @param read how many were
 * @param hzRms error of the frequency
 * @param zetaRms relative error of the damping
 * @param hzZ rms of the frequency's error over its standard error
 */
record RingingError(int directions, int read, double hzRms, double zetaRms, double hzZ) {

  /** Of rendered coupons. */
  static RingingError of(List<Probe> rendered) {
    List<double[]> errors = new ArrayList<>();
    for (Probe probe : rendered) {
      Machine truth = probe.machine().at(probe.visit()).today(0);
      RingingComponent ringing = probe.fingerprint().ringing();
      if (ringing != null) {
        add(errors, truth.ringX(), ringing.x());
        add(errors, truth.ringY(), ringing.y());
      }
    }
    return new RingingError(
        2 * rendered.size(), errors.size(), rms(errors, 0), rms(errors, 1), rms(errors, 2));
  }

  private static void add(List<double[]> errors, Resonance truth, @Nullable Ring ring) {
    if (ring != null) {
      double dampedHz = truth.hz() * Math.sqrt(1 - truth.zeta() * truth.zeta());
      double hz = ring.frequencyHz() - dampedHz;
      errors.add(
          new double[] {
            hz, (ring.zeta() - truth.zeta()) / truth.zeta(), hz / ring.frequencySeHz()
          });
    }
  }

  private static double rms(List<double[]> errors, int which) {
    return Math.sqrt(
        errors.stream().mapToDouble(e -> e[which] * e[which]).average().orElse(Double.NaN));
  }
}
