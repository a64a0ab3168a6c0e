package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import java.util.Map;
import java.util.TreeMap;

/** Probes from which one component is taken, to see what it adds. */
final class Without {
  private Without() {}

  /** The same probe as if a component could not be measured. */
  static Probe component(Probe probe, Component component) {
    Fingerprint f = probe.fingerprint();
    Map<Axis, AxisComponent> axes = new TreeMap<>(f.axes());
    axes.keySet().removeIf(axis -> component.names().contains(axis.component()));
    return new Probe(
        probe.machine(),
        probe.visit(),
        f.with(
            component == Component.NOZZLE ? null : f.nozzle(),
            axes,
            component == Component.RINGING ? null : f.ringing(),
            component == Component.FLOW ? null : f.flow(),
            component == Component.GEOMETRY ? null : f.geometry(),
            null,
            null));
  }
}
