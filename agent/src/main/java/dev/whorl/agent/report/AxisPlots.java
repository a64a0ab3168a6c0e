package dev.whorl.agent.report;

import dev.whorl.fingerprint.AxisComponent;
import java.util.Map;

/** The error of an axis over its way, as one turn of the pulley shows it and as one tooth does. */
final class AxisPlots {
  private static final int POINTS = 400;

  /** Longer periods are the pulley's, shorter ones the tooth's and the motor's. */
  private static final double SHORT_MM = 5;

  /** Enough of the way to see a tooth twice. */
  private static final double SHORT_WAY_MM = 4;

  private AxisPlots() {}

  /**
   * Two charts.
   *
   * @param axes what was measured, by whose it is
   */
  static String of(Map<Series, AxisComponent> axes) {
    double longest = 0;
    for (AxisComponent axis : axes.values()) {
      longest = Math.max(longest, axis.periodsMm()[0]);
    }
    return Html.figure(chart("Pulley", axes, longest, SHORT_MM, Double.POSITIVE_INFINITY), false)
        + Html.figure(chart("Tooth and motor", axes, SHORT_WAY_MM, 0, SHORT_MM), false);
  }

  private static String chart(
      String title, Map<Series, AxisComponent> axes, double wayMm, double from, double to) {
    Plot plot = new Plot(title, "along the axis, mm", "error, \u00b5m", 540, 260);
    axes.forEach(
        (series, axis) -> {
          double[] u = new double[POINTS];
          double[] error = new double[POINTS];
          double[] se = new double[POINTS];
          for (int i = 0; i < POINTS; i++) {
            u[i] = wayMm * i / (POINTS - 1);
            double[] weights = weights(axis, u[i], from, to);
            error[i] = error(axis, weights);
            se[i] = standardError(axis, weights);
          }
          plot.band(series, u, error, se).line(series, u, error);
        });
    return plot.svg();
  }

  /** What each value of the axis adds to its error at u. */
  private static double[] weights(AxisComponent axis, double u, double from, double to) {
    double[] periods = axis.periodsMm();
    double[] weights = new double[2 * periods.length];
    for (int k = 0; k < periods.length; k++) {
      if (periods[k] >= from && periods[k] < to) {
        weights[2 * k] = Math.cos(2 * Math.PI * u / periods[k]);
        weights[2 * k + 1] = Math.sin(2 * Math.PI * u / periods[k]);
      }
    }
    return weights;
  }

  private static double error(AxisComponent axis, double[] weights) {
    double[] values = axis.valuesUm();
    double error = 0;
    for (int i = 0; i < weights.length; i++) {
      error += weights[i] * values[i];
    }
    return error;
  }

  private static double standardError(AxisComponent axis, double[] weights) {
    double variance = 0;
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        variance += weights[i] * weights[j] * axis.covariance(i, j);
      }
    }
    return Math.sqrt(Math.max(0, variance));
  }
}
