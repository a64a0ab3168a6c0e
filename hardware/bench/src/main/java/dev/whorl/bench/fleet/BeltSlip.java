package dev.whorl.bench.fleet;

import dev.whorl.sim.machine.Axis;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.Service;
import dev.whorl.sim.machine.Wave;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a moved belt's slip is told, modulo one tooth.
 *
 * @param belts that were moved
 * @param rmsUm error of all
 * @param middleUm error that half of them stay below
 */
record BeltSlip(int belts, double rmsUm, double middleUm) {
  private static final double TOOTH_MM = 2;

  /** Of genuine probes before which a belt was moved. */
  static BeltSlip of(List<Trial> trials) {
    List<Double> offUm = new ArrayList<>();
    for (Trial trial : trials) {
      Service service = trial.probe().visit().service();
      boolean belt = service == Service.BELT_X || service == Service.BELT_Y;
      if (trial.isGenuine() && service != null && belt) {
        double told = service == Service.BELT_X ? trial.firstSlipMm() : trial.secondSlipMm();
        if (!Double.isNaN(told)) {
          double off = Math.IEEEremainder(told - trueMm(trial.probe(), service), TOOTH_MM);
          offUm.add(1e3 * Math.abs(off));
        }
      }
    }
    offUm.sort(null);
    double rms = Math.sqrt(offUm.stream().mapToDouble(d -> d * d).average().orElse(Double.NaN));
    return new BeltSlip(
        offUm.size(), rms, offUm.isEmpty() ? Double.NaN : offUm.get(offUm.size() / 2));
  }

  /** Creep since enrolment included, for the coupon cannot tell it from a service. */
  private static double trueMm(Probe probe, Service service) {
    Machine before = probe.machine().at(Protocol.enrolment().get(0)).today(0);
    Machine after = probe.machine().at(probe.visit()).today(0);
    boolean first = service == Service.BELT_X;
    double turned =
        tooth(first ? after.first() : after.second()).phaseRad()
            - tooth(first ? before.first() : before.second()).phaseRad();
    return turned / (2 * Math.PI) * TOOTH_MM;
  }

  private static Wave tooth(Axis axis) {
    return axis.waves().stream()
        .filter(wave -> wave.period() == TOOTH_MM)
        .findFirst()
        .orElseThrow();
  }
}
