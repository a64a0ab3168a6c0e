package dev.whorl.sim.printer;

import dev.whorl.sim.machine.Resonance;

/**
 * The frame in one direction, driven by the acceleration of what it carries: {@code z'' + 2 zeta w
 * z' + w^2 z = -a}. Advanced by the exact solution over a fixed step, the acceleration taken as
 * impulses between steps.
 */
final class Oscillator {

  private final double zz;
  private final double zv;
  private final double vz;
  private final double vv;
  private double z;
  private double v;

  Oscillator(Resonance resonance, double stepS) {
    double w = 2 * Math.PI * resonance.hz();
    double zeta = Math.min(0.9, resonance.zeta());
    double wd = w * Math.sqrt(1 - zeta * zeta);
    double decay = Math.exp(-zeta * w * stepS);
    double cos = decay * Math.cos(wd * stepS);
    double sin = decay * Math.sin(wd * stepS);
    zz = cos + zeta * w / wd * sin;
    zv = sin / wd;
    vz = -w * w / wd * sin;
    vv = cos - zeta * w / wd * sin;
  }

  private Oscillator(Oscillator from) {
    zz = from.zz;
    zv = from.zv;
    vz = from.vz;
    vv = from.vv;
    z = from.z;
    v = from.v;
  }

  Oscillator copy() {
    return new Oscillator(this);
  }

  /** One step, after a jump of the commanded speed. */
  void step(double jumpMmS) {
    double driven = v - jumpMmS;
    double next = zz * z + zv * driven;
    v = vz * z + vv * driven;
    z = next;
  }

  /** How far the nozzle is from where its motors hold it. */
  double deflectionMm() {
    return z;
  }

  void rest() {
    z = 0;
    v = 0;
  }
}
