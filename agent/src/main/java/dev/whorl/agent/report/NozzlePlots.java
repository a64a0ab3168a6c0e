package dev.whorl.agent.report;

import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import java.util.Map;
import java.util.TreeMap;

/** What the nozzle's flat ploughs, one small chart for each heading. */
final class NozzlePlots {
  private NozzlePlots() {}

  static String of(Map<Series, NozzleComponent> nozzles) {
    Map<Double, Plot> byHeading = new TreeMap<>();
    nozzles.forEach(
        (series, nozzle) -> {
          for (Plough stroke : nozzle.strokes()) {
            double[] slopes = stroke.slopes();
            double[] acrossUm = new double[slopes.length];
            double[] mrad = new double[slopes.length];
            for (int i = 0; i < slopes.length; i++) {
              acrossUm[i] = (i - (slopes.length - 1) / 2.0) * nozzle.stepUm();
              mrad[i] = 1000 * slopes[i];
            }
            byHeading
                .computeIfAbsent(stroke.headingDeg(), NozzlePlots::empty)
                .line(series, acrossUm, mrad);
          }
        });
    StringBuilder all = new StringBuilder();
    byHeading.values().forEach(plot -> all.append(Html.figure(plot.svg(), true)));
    return all.toString();
  }

  private static Plot empty(double headingDeg) {
    String title = Math.round(headingDeg) + "\u00b0";
    return new Plot(title, "across the stroke, \u00b5m", "slope, mrad", 270, 190);
  }
}
