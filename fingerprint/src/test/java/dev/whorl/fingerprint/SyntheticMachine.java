package dev.whorl.fingerprint;

import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A machine whose errors are known exactly. */
public final class SyntheticMachine {
  /** Period to cosine, sine: mm to um. */
  public final Map<Axis, double[][]> errors = new EnumMap<>(Axis.class);

  public double ringingXHz = 45;
  public double ringingYHz = 38;
  public double zeta = 0.08;
  public double ringingUm = 0;

  /** How far tilted beads still swing where their tracing begins. */
  public double lingeringUm = 0;

  public double gearPeriodMm = 0.5;
  public double gearAmplitude = 0;
  public double backlashUm = 0;

  /** X moves by this much per Y, um per mm. */
  public double skewMrad = 0;

  public double beadSdUm = 3;
  public long nozzleSeed = 1;

  /** Errors of one axis: period mm, cosine um, sine um, and so on. */
  public SyntheticMachine axis(Axis axis, double... triples) {
    double[][] terms = new double[triples.length / 3][];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = new double[] {triples[3 * i], triples[3 * i + 1], triples[3 * i + 2]};
    }
    errors.put(axis, terms);
    return this;
  }

  /** Displacement along (nx, ny) at a coupon place, um, without backlash and ringing. */
  public double alongUm(Toolpath toolpath, double xMm, double yMm, double nx, double ny) {
    double sum = nx * skewMrad * (yMm - toolpath.heightMm() / 2);
    for (Map.Entry<Axis, double[][]> entry : errors.entrySet()) {
      Axis axis = entry.getKey();
      double u = axis.at(toolpath.slotXMm() + xMm, toolpath.slotYMm() + yMm);
      double gain = nx * axis.movesX() + ny * axis.movesY();
      for (double[] term : entry.getValue()) {
        double phase = 2 * Math.PI * u / term[0];
        sum += gain * (term[1] * Math.cos(phase) + term[2] * Math.sin(phase));
      }
    }
    return sum;
  }

  public double backlashUm(Segment bead, double nx, double ny) {
    double sum = 0;
    for (Axis axis : errors.keySet()) {
      sum -=
          0.5 * backlashUm * (nx * axis.movesX() + ny * axis.movesY()) * bead.cameFrom().of(axis);
    }
    return sum;
  }

  /** The swing after a corner along the way the in-leg came, um. */
  public double ringingUm(Segment out, double sMm, boolean alongX) {
    double corner = out.limits().cornerSpeedMmS(out.speedMmS());
    double t = out.limits().timeS(Math.max(0, sMm), corner, out.speedMmS());
    double omega = 2 * Math.PI * (alongX ? ringingXHz : ringingYHz);
    double decay = omega * zeta / Math.sqrt(1 - zeta * zeta);
    return ringingUm * Math.exp(-decay * t) * Math.sin(omega * t + 0.6);
  }

  /** What is left of a swing along a tilted bead, um; hardly damped. */
  public double lingeringUm(Segment bead, double sMm) {
    double omega = 2 * Math.PI * ringingXHz;
    double t = sMm / bead.speedMmS();
    return lingeringUm * Math.exp(-0.02 * omega * t) * Math.sin(omega * t);
  }

  /** Relief the nozzle ploughs across a stroke, mm, t in mm to the left. */
  public double reliefMm(double headingDeg, double tMm) {
    SplittableRandom random = new SplittableRandom(nozzleSeed * 1000 + Math.round(headingDeg));
    double sum = 0;
    for (int k = 0; k < 24; k++) {
      double periodMm = 0.03 + 0.2 * random.nextDouble();
      sum += 0.0004 * Math.sin(2 * Math.PI * (tMm / periodMm + random.nextDouble()));
    }
    return sum / Math.sqrt(12);
  }
}
