package dev.whorl.sim.firmware;

import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The heaters' side of the firmware: M104, M105, M109, M140, M155, M190 and their reports. */
final class Heat {

  /** HEATER_0_MAXTEMP less its overshoot. */
  private static final double MOST_HOTEND_C = 300;

  private static final double MOST_BED_C = 120;

  /** EXTRUDE_MINTEMP. */
  private static final double LEAST_EXTRUDE_C = 170;

  /** TEMP_RESIDENCY_TIME, TEMP_WINDOW and TEMP_HYSTERESIS. */
  private static final double RESIDENCY_S = 10;

  private static final double WINDOW_C = 1;
  private static final double HYSTERESIS_C = 3;

  private final Marlin firmware;
  private final Consumer<String> say;
  private final DoubleSupplier nowS;
  private final Heater hotend;
  private final Heater bed;
  private final double rippleC;
  private final double ripplePeriodS;
  private double reportEveryS;
  private double nextReportS;
  private boolean coldAllowed;

  /**
   * Heaters that are off.
   *
   * @param firmware how it words its reports
   * @param hotend as warm as it is
   * @param bed as warm as it is
   * @param say takes a line for the host
   * @param nowS the printer's time
   * @param rippleC how far the hot end hunts about its target
   * @param ripplePeriodS and how slowly
   */
  Heat(
      Marlin firmware,
      Heater hotend,
      Heater bed,
      Consumer<String> say,
      DoubleSupplier nowS,
      double rippleC,
      double ripplePeriodS) {
    this.firmware = firmware;
    this.say = say;
    this.nowS = nowS;
    this.hotend = hotend;
    this.bed = bed;
    this.rippleC = rippleC;
    this.ripplePeriodS = ripplePeriodS;
  }

  /** Lets time pass, and reports when it is due. */
  void advance() {
    double now = nowS.getAsDouble();
    hotend.advance(now);
    bed.advance(now);
    if (reportEveryS > 0 && now >= nextReportS) {
      nextReportS = now + reportEveryS;
      say.accept(firmware.report(readings()));
    }
  }

  /** All off. */
  void off() {
    hotend.target(0);
    bed.target(0);
  }

  boolean reporting() {
    return reportEveryS > 0;
  }

  boolean tooColdToExtrude() {
    return !coldAllowed && hotendC() < LEAST_EXTRUDE_C;
  }

  void allowCold(boolean allowed) {
    coldAllowed = allowed;
  }

  void setHotend(GcodeLine line) {
    if (line.hasValue('S')) {
      hotend.target(clamp(line.value('S', 0), MOST_HOTEND_C));
    }
  }

  void setBed(GcodeLine line) {
    if (line.hasValue('S')) {
      bed.target(clamp(line.value('S', 0), MOST_BED_C));
    }
  }

  void setReports(GcodeLine line) {
    if (line.hasValue('S')) {
      reportEveryS = Math.max(0, Math.min(60, Math.floor(line.value('S', 0))));
      nextReportS = nowS.getAsDouble() + reportEveryS;
    }
  }

  /** M109; null when there is nothing to wait for. */
  @Nullable Wait waitHotend(GcodeLine line) {
    return waitFor(hotend, line, MOST_HOTEND_C);
  }

  /** M190; null when there is nothing to wait for. */
  @Nullable Wait waitBed(GcodeLine line) {
    return waitFor(bed, line, MOST_BED_C);
  }

  private @Nullable Wait waitFor(Heater heater, GcodeLine line, double mostC) {
    boolean mayCool = line.hasValue('R');
    if (mayCool || line.hasValue('S')) {
      heater.target(clamp(line.value(mayCool ? 'R' : 'S', 0), mostC));
    }
    boolean cooling = heater.targetC() < heater.readC();
    if (cooling && !mayCool) {
      return null;
    }
    Residency residency = new Residency(heater, cooling);
    return new Wait("processing", true, residency::settled, () -> {});
  }

  private static double clamp(double c, double mostC) {
    return Math.max(0, Math.min(mostC, c));
  }

  private double hotendC() {
    double c = hotend.readC();
    boolean holding = hotend.targetC() > 0 && Math.abs(c - hotend.targetC()) < 5;
    return holding ? c + rippleC * Math.sin(2 * Math.PI * nowS.getAsDouble() / ripplePeriodS) : c;
  }

  Readings readings() {
    return new Readings(
        hotendC(), hotend.targetC(), bed.readC(), bed.targetC(), hotend.pwm(), bed.pwm());
  }

  /** Waits until a temperature has been near its target for a while, reporting every second. */
  private final class Residency {
    private final Heater heater;
    private final boolean cooling;
    private double sinceS = Double.NaN;
    private double nextSayS = nowS.getAsDouble() + 1;

    Residency(Heater heater, boolean cooling) {
      this.heater = heater;
      this.cooling = cooling;
    }

    boolean settled() {
      double now = nowS.getAsDouble();
      double off = Math.abs(heater.readC() - heater.targetC());
      if (Double.isNaN(sinceS) ? off < WINDOW_C : off > HYSTERESIS_C) {
        sinceS = Double.isNaN(sinceS) ? now : Double.NaN;
      }
      if (now >= nextSayS) {
        nextSayS = now + 1;
        boolean near = !Double.isNaN(sinceS);
        String left =
            near ? Long.toString(Math.max(0, Math.round(RESIDENCY_S - (now - sinceS)))) : "?";
        say.accept(firmware.waiting(readings(), left));
      }
      if (cooling && heater.targetC() <= heater.ambientC() + 5) {
        return off < 5; // what is off never gets nearer than the room
      }
      return !Double.isNaN(sinceS) && now - sinceS >= RESIDENCY_S;
    }
  }
}
