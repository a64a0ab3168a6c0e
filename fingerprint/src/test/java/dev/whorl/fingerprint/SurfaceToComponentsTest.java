package dev.whorl.fingerprint;

import dev.whorl.fingerprint.component.AxisErrors;
import dev.whorl.fingerprint.component.AxisFit;
import dev.whorl.fingerprint.component.FlowFit;
import dev.whorl.fingerprint.component.PloughReader;
import dev.whorl.fingerprint.component.RingingFit;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.Tracer;
import dev.whorl.fingerprint.trace.Tracing;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurfaceToComponentsTest {
  private record Read(
      Tracing tracing,
      Map<Axis, AxisComponent> axes,
      NozzleComponent nozzle,
      RingingComponent ringing,
      FlowComponent flow) {}

  private static Read read(Toolpath toolpath, SurfaceMaps maps) throws Exception {
    Tracing tracing = Tracer.trace(maps, toolpath);
    Map<Axis, AxisComponent> axes = AxisFit.fit(toolpath, tracing.traces());
    AxisErrors errors = new AxisErrors(axes, toolpath);
    return new Read(
        tracing,
        axes,
        PloughReader.read(maps, toolpath, tracing.place(), errors),
        RingingFit.fit(tracing.traces(), errors),
        FlowFit.fit(tracing.traces(), errors));
  }

  @Test
  void shouldRecoverWhatAKnownMachineLeft() throws Exception {
    Toolpath toolpath = Programs.toolpath("cartesian");
    SyntheticMachine machine =
        new SyntheticMachine()
            .axis(Axis.X, 40, 10, -8, 2, 8, 6, 0.8, 1, 2, 0.2, -1.5, 0.5)
            .axis(Axis.Y, 40, -5, 12, 2, -3, 5, 0.8, -2, 0, 0.2, 0.5, 1.5);
    machine.ringingUm = 25;
    machine.gearAmplitude = 0.03;
    SurfaceMaps maps =
        SyntheticSurface.of(toolpath, machine, 5, 0.08, 0.002, -0.003, -0.06, 0.003, -0.001);

    Read read = read(toolpath, maps);
    System.out.println(read.tracing.tracedPart() + " " + read.tracing.registrationUm());
    for (AxisComponent axis : read.axes.values()) {
      System.out.println(axis + " scatter " + axis.scatterUm() + " " + axis.backlashUm());
      for (int k = 0; k < axis.size(); k++) {
        System.out.printf(
            "P=%6.2f c=%7.2f +- %.2f s=%7.2f +- %.2f%n",
            axis.periodsMm()[k],
            axis.valuesUm()[2 * k],
            Math.sqrt(axis.covariance(2 * k, 2 * k)),
            axis.valuesUm()[2 * k + 1],
            Math.sqrt(axis.covariance(2 * k + 1, 2 * k + 1)));
      }
    }
    System.out.println(read.ringing);
    System.out.println(read.flow);
    System.out.println(read.nozzle);
  }
}
