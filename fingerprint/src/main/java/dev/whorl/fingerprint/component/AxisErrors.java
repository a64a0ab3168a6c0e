package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.Map;

/** By how much the nozzle stands beside its place, as far as the fitted axes tell. */
public final class AxisErrors {
  private final Map<Axis, AxisComponent> axes;
  private final double slotXMm;
  private final double slotYMm;

  public AxisErrors(Map<Axis, AxisComponent> axes, Toolpath toolpath) {
    this.axes = axes;
    this.slotXMm = toolpath.slotXMm();
    this.slotYMm = toolpath.slotYMm();
  }

  /** Periods longer than this are left out: registration takes them up as well. */
  private static final double LONGEST_MM = 5;

  /** Displacement along (nx, ny) at a coupon place, um. */
  public double alongUm(double xMm, double yMm, double nx, double ny) {
    double sum = 0;
    for (AxisComponent axis : axes.values()) {
      double gain = nx * axis.axis().movesX() + ny * axis.axis().movesY();
      sum += gain * sum(axis, axis.axis().at(slotXMm + xMm, slotYMm + yMm), false);
    }
    return sum;
  }

  /** Its derivative along the way (tx, ty), of the displacement along the same, um per mm. */
  public double stretchUmPerMm(double xMm, double yMm, double tx, double ty) {
    double sum = 0;
    for (AxisComponent axis : axes.values()) {
      double gain = tx * axis.axis().movesX() + ty * axis.axis().movesY();
      double rate = axis.axis().at(tx, ty);
      sum += gain * rate * sum(axis, axis.axis().at(slotXMm + xMm, slotYMm + yMm), true);
    }
    return sum;
  }

  private static double sum(AxisComponent axis, double u, boolean derivative) {
    double[] periods = axis.periodsMm();
    double[] values = axis.valuesUm();
    double sum = 0;
    for (int k = 0; k < periods.length; k++) {
      if (periods[k] > LONGEST_MM || (derivative && periods[k] < 1)) {
        continue;
      }
      double omega = 2 * Math.PI / periods[k];
      double c = Math.cos(omega * u);
      double s = Math.sin(omega * u);
      sum +=
          derivative
              ? omega * (values[2 * k + 1] * c - values[2 * k] * s)
              : values[2 * k] * c + values[2 * k + 1] * s;
    }
    return sum;
  }
}
