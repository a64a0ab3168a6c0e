package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * The hot end.
 *
 * @param ripple of flow (relative) over seconds, from the controller's hunting
 * @param rippleC the same hunting as the thermometer shows it, amplitude in C
 * @param pressureLagS time constant by which flow follows feed: the filament's spring and the
 *     melt's resistance; what linear advance (M900 K, in the same unit) makes good
 */
public record Hotend(Wave ripple, double rippleC, double pressureLagS) {

  /**
   * Flow hunts by less than 1 % over 5 to 20 s. The lag is that of a short direct drive with PLA,
   * for which linear advance is set to some hundredths of a second at most; 0.008 s bulges a corner
   * taken from 60 mm/s by about 0.1 mm, as is usual without it.
   */
  static Hotend draw(SplittableRandom random) {
    double amplitude = Streams.logUniform(random, 0.001, 0.005);
    return new Hotend(
        new Wave(Streams.logUniform(random, 5, 20), amplitude, 2 * Math.PI * random.nextDouble()),
        80 * amplitude,
        Streams.logNormal(random, 0.008, 0.3));
  }
}
