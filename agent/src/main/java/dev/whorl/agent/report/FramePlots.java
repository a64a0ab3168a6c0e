package dev.whorl.agent.report;

import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.Ring;
import java.util.Map;

/** What few numbers say: each a point with its standard errors, and the shapes of bed and sound. */
final class FramePlots {
  private static final double WIDTH = 540;
  private static final double HEIGHT = 240;

  private FramePlots() {}

  static String ringing(String direction, Map<Series, Ring> rings) {
    Plot plot = new Plot("Swing along " + direction, "frequency, Hz", "damping", WIDTH, HEIGHT);
    rings.forEach(
        (series, ring) ->
            plot.point(
                series, ring.frequencyHz(), ring.zeta(), ring.frequencySeHz(), ring.zetaSe()));
    return Html.figure(plot.svg(), false);
  }

  static String flow(Map<Series, FlowComponent> flows) {
    Plot plot =
        new Plot("Extruder's gear", "period, mm of filament", "part of the flow", WIDTH, HEIGHT);
    flows.forEach(
        (series, flow) ->
            plot.point(
                series,
                flow.gearPeriodMm(),
                flow.gearAmplitude(),
                flow.gearPeriodSeMm(),
                flow.gearAmplitudeSe()));
    return Html.figure(plot.svg(), false);
  }

  static String geometry(Map<Series, GeometryComponent> geometries) {
    Plot plot = new Plot("Skew, and scale along X", "skew, mrad", "scale, ppm", WIDTH, HEIGHT);
    geometries.forEach(
        (series, geometry) ->
            plot.point(
                series,
                geometry.skewMrad(),
                geometry.scaleXPpm(),
                geometry.skewSeMrad(),
                geometry.scaleXSePpm()));
    return Html.figure(plot.svg(), false);
  }

  static String vibration(String direction, Map<Series, Resonance> resonances) {
    Plot plot =
        new Plot("Heard along " + direction, "frequency, Hz", "over the mean, dB", WIDTH, HEIGHT);
    resonances.forEach((series, resonance) -> plot.line(series, bandsHz(), resonance.bandsDb()));
    return Html.figure(plot.svg(), false);
  }

  static String mesh(Map<Series, MeshComponent> meshes) {
    StringBuilder rows = new StringBuilder();
    int side = MeshComponent.SIDE;
    for (int row = 0; row < side; row++) {
      String title = "Bed, row " + (row + 1) + " from the front";
      Plot plot = new Plot(title, "place from the left", "height, \u00b5m", 270, 190);
      for (Map.Entry<Series, MeshComponent> mesh : meshes.entrySet()) {
        double[] place = new double[side];
        double[] height = new double[side];
        for (int i = 0; i < side; i++) {
          place[i] = i + 1.0;
          height[i] = mesh.getValue().shapeUm()[row * side + i];
        }
        plot.line(mesh.getKey(), place, height);
      }
      rows.append(Html.figure(plot.svg(), true));
    }
    return rows.toString();
  }

  /** The middles of the bands, which are of equal ratio. */
  private static double[] bandsHz() {
    double[] middles = new double[Resonance.BANDS];
    double ratio = Resonance.HIGHEST_HZ / Resonance.LOWEST_HZ;
    for (int i = 0; i < middles.length; i++) {
      middles[i] = Resonance.LOWEST_HZ * Math.pow(ratio, (i + 0.5) / Resonance.BANDS);
    }
    return middles;
  }
}
