package dev.whorl.agent.run;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.MountConfig;
import dev.whorl.gcode.BoxMm;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Position;
import java.util.List;
import java.util.Locale;

/**
 * Brings a camera that rides on the toolhead over a coupon's centre: checked against travel and
 * keep-out before anything is printed, and believed only when the printer says it is there.
 */
public final class CameraMove {
  /** M114 rounds to 0.01 mm; a belt's backlash does not show in it. */
  private static final double AGREES_WITHIN_MM = 0.05;

  private final AgentConfig config;

  public CameraMove(AgentConfig config) {
    this.config = config;
  }

  /** Where the nozzle must be for the camera to look at a coupon's centre. */
  record Target(double xMm, double yMm, double zMm) {}

  /**
   * The target for a slot.
   *
   * @throws RunFault when the nozzle may not go there
   */
  Target target(Slot slot) throws RunFault {
    MountConfig mount = config.mount();
    double half = PrinterCoupons.SIDE_MM / 2;
    Target t =
        new Target(
            slot.xMm() + half - mount.offsetMm().get(0),
            slot.yMm() + half - mount.offsetMm().get(1),
            mount.focusZMm());
    double[] at = {t.xMm, t.yMm, t.zMm};
    for (int axis = 0; axis < at.length; axis++) {
      double travelMm = config.printer().travelMm().get(axis);
      if (at[axis] < 0 || at[axis] > travelMm) {
        throw new RunFault(
            String.format(
                Locale.ROOT,
                "to photograph slot %s the nozzle would go to %s %.1f, outside its travel of 0 to"
                    + " %.1f mm; change camera.offset_mm or coupon.slots_mm",
                slot.name(),
                "XYZ".charAt(axis),
                at[axis],
                travelMm));
      }
    }
    if (keepouts().stream().anyMatch(k -> k.isCrossedBy(t.xMm, t.yMm, t.xMm, t.yMm))) {
      throw new RunFault(
          String.format(
              Locale.ROOT,
              "to photograph slot %s the nozzle would go to %.1f, %.1f, inside"
                  + " printer.keepout_mm; choose another slot",
              slot.name(),
              t.xMm,
              t.yMm));
    }
    return t;
  }

  /**
   * Moves there around the keep-outs.
   *
   * @throws RunFault when there is no way, or the printer says it is elsewhere
   */
  public void go(PrinterSession printer, Slot slot) throws LinkException, RunFault {
    Target to = target(slot);
    Position from = printer.position();
    List<double[]> way = way(from, to);
    double zMm = Math.max(from.zMm(), to.zMm);
    Position at = from;
    for (double[] point : way) {
      at = printer.moveTo(point[0], point[1], zMm);
    }
    if (zMm > to.zMm) {
      at = printer.moveTo(to.xMm, to.yMm, to.zMm);
    }
    if (!at.isAt(to.xMm, to.yMm, to.zMm, AGREES_WITHIN_MM)) {
      throw new RunFault(
          String.format(
              Locale.ROOT,
              "the nozzle was sent to %.2f, %.2f, %.2f to photograph the coupon, but the printer"
                  + " says it is at %.2f, %.2f, %.2f; is an axis not homed?",
              to.xMm,
              to.yMm,
              to.zMm,
              at.xMm(),
              at.yMm(),
              at.zMm()));
    }
  }

  /** Straight, or along one axis and then the other. */
  private List<double[]> way(Position from, Target to) throws RunFault {
    double[] end = {to.xMm, to.yMm};
    List<List<double[]>> ways =
        List.of(
            List.of(end),
            List.of(new double[] {to.xMm, from.yMm()}, end),
            List.of(new double[] {from.xMm(), to.yMm}, end));
    for (List<double[]> way : ways) {
      double[] at = {from.xMm(), from.yMm()};
      boolean free = true;
      for (double[] next : way) {
        double[] here = at;
        free &=
            keepouts().stream().noneMatch(k -> k.isCrossedBy(here[0], here[1], next[0], next[1]));
        at = next;
      }
      if (free) {
        return way;
      }
    }
    throw new RunFault(
        String.format(
            Locale.ROOT,
            "printer.keepout_mm lies between the nozzle at %.1f, %.1f and %.1f, %.1f where the"
                + " coupon would be photographed; choose another slot",
            from.xMm(),
            from.yMm(),
            to.xMm,
            to.yMm));
  }

  private List<BoxMm> keepouts() {
    return config.printer().keepoutMm().stream()
        .map(r -> new BoxMm(r.get(0), r.get(1), r.get(2), r.get(3)))
        .toList();
  }
}
