package dev.whorl.sim.printer;

/**
 * What comes out of the nozzle for what the gears push in: flow follows feed with a lag, for the
 * filament is a spring and the melt resists. A retraction takes the pressure off and its reverse
 * puts it back.
 */
final class Melt {

  private final double keep;
  private final double stepS;
  private double flowMm3S;
  private double retractedMm3;

  /**
   * With no pressure.
   *
   * @param lagS time constant that is left after linear advance
   */
  Melt(double lagS, double stepS) {
    this.keep = Math.exp(-stepS / Math.max(1e-4, lagS));
    this.stepS = stepS;
  }

  private Melt(Melt from) {
    keep = from.keep;
    stepS = from.stepS;
    flowMm3S = from.flowMm3S;
    retractedMm3 = from.retractedMm3;
  }

  Melt copy() {
    return new Melt(this);
  }

  /**
   * One step.
   *
   * @param fedMm3 what the gears pushed in during it, negative when they pulled
   * @return what came out, mm3
   */
  double step(double fedMm3) {
    double pushed = fedMm3;
    if (pushed < 0) {
      retractedMm3 -= pushed;
      return 0;
    }
    if (retractedMm3 > 0) {
      double back = Math.min(retractedMm3, pushed);
      retractedMm3 -= back;
      pushed -= back;
      if (retractedMm3 > 1e-9 || pushed == 0) {
        return 0;
      }
      retractedMm3 = 0;
    }
    double steady = pushed / stepS;
    flowMm3S = steady + (flowMm3S - steady) * keep;
    return flowMm3S * stepS;
  }

  void rest() {
    flowMm3S = 0;
  }
}
