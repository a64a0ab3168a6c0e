package dev.whorl.agent.report;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.VibrationComponent;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The charts of each component that the fingerprint has, by the component's name in JSON. */
final class ComponentPlots {
  private final Map<Series, Fingerprint> fingerprints;
  private final Map<String, String> charts = new LinkedHashMap<>();

  private ComponentPlots(Map<Series, Fingerprint> fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** Charts as HTML; what neither fingerprint has is left out. */
  static Map<String, String> of(Fingerprint probe, @Nullable Fingerprint earlier) {
    Map<Series, Fingerprint> both = new EnumMap<>(Series.class);
    both.put(Series.PROBE, probe);
    if (earlier != null) {
      both.put(Series.EARLIER, earlier);
    }
    ComponentPlots plots = new ComponentPlots(both);
    plots.add("nozzle", Fingerprint::nozzle, NozzlePlots::of);
    for (Axis axis : Axis.values()) {
      plots.add(axis.component(), print -> print.axes().get(axis), AxisPlots::of);
    }
    plots.add(
        "ringing", print -> ring(print, RingingComponent::x), r -> FramePlots.ringing("X", r));
    plots.add(
        "ringing", print -> ring(print, RingingComponent::y), r -> FramePlots.ringing("Y", r));
    plots.add("flow", Fingerprint::flow, FramePlots::flow);
    plots.add("geometry", Fingerprint::geometry, FramePlots::geometry);
    plots.add(
        "vibration",
        print -> heard(print, VibrationComponent::x),
        r -> FramePlots.vibration("X", r));
    plots.add(
        "vibration",
        print -> heard(print, VibrationComponent::y),
        r -> FramePlots.vibration("Y", r));
    plots.add("mesh", Fingerprint::mesh, FramePlots::mesh);
    return plots.charts;
  }

  private <T> void add(
      String component,
      Function<Fingerprint, @Nullable T> measured,
      Function<Map<Series, T>, String> drawn) {
    Map<Series, T> found = new EnumMap<>(Series.class);
    fingerprints.forEach(
        (series, print) -> {
          T value = measured.apply(print);
          if (value != null) {
            found.put(series, value);
          }
        });
    if (!found.isEmpty()) {
      charts.merge(component, drawn.apply(found), String::concat);
    }
  }

  private static <T> @Nullable T ring(
      Fingerprint print, Function<RingingComponent, @Nullable T> direction) {
    return print.ringing() == null ? null : direction.apply(print.ringing());
  }

  private static <T> @Nullable T heard(
      Fingerprint print, Function<VibrationComponent, @Nullable T> direction) {
    return print.vibration() == null ? null : direction.apply(print.vibration());
  }
}
