package dev.whorl.sim.firmware;

/**
 * A heated lump with a controller: one heat capacity, losses in proportion to its excess over the
 * room, and a proportional-integral controller with the losses fed forward.
 */
public final class Heater {

  private static final double STEP_S = 0.1;

  /** Longer sleeps than this change nothing: everything has settled. */
  private static final double MOST_S = 3 * 3600;

  private final double powerW;
  private final double capacityJK;
  private final double lossWK;
  private final double ambientC;
  private double targetC;
  private double temperatureC;
  private double integral;
  private double duty;
  private double timeS;
  private boolean powered = true;
  private Fault fault = Fault.NONE;
  private double stuckC;

  /** What can be wrong with it. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Its sensor goes on saying what it says now. */
    THERMISTOR_STUCK,
    /** Its transistor has failed shorted: it heats whatever the firmware wants. */
    STUCK_ON,
    /** It does not heat: a wire is off. */
    NO_HEAT
  }

  private Heater(double powerW, double capacityJK, double lossWK, double ambientC) {
    this.powerW = powerW;
    this.capacityJK = capacityJK;
    this.lossWK = lossWK;
    this.ambientC = ambientC;
    this.temperatureC = ambientC;
  }

  /** A 40 W hot end with an aluminium block: 210 C in about two minutes, half lost in 90 s. */
  public static Heater hotend(double ambientC) {
    return new Heater(40, 14, 0.1, ambientC);
  }

  /** A 220 W bed of 3 mm aluminium: 60 C in about three minutes, half lost in eight. */
  public static Heater bed(double ambientC) {
    return new Heater(220, 850, 1.2, ambientC);
  }

  /** What it shall have; 0 for off. */
  public void target(double c) {
    targetC = c;
    integral = 0;
  }

  double targetC() {
    return targetC;
  }

  double temperatureC() {
    return temperatureC;
  }

  /** What its sensor says. */
  double readC() {
    return fault == Fault.THERMISTOR_STUCK ? stuckC : temperatureC;
  }

  /** Something breaks, or is whole again. */
  public void fault(Fault now) {
    stuckC = temperatureC;
    fault = now;
  }

  /** The power to the heaters is there or not. */
  public void powered(boolean on) {
    powered = on;
  }

  double ambientC() {
    return ambientC;
  }

  /** What M105 shows after {@code @}: the soft PWM of 0 to 127. */
  int pwm() {
    return (int) Math.round(127 * duty);
  }

  /** Lets time pass. */
  public void advance(double nowS) {
    if (nowS - timeS > MOST_S) {
      timeS = nowS - MOST_S;
    }
    while (timeS + STEP_S <= nowS) {
      timeS += STEP_S;
      step();
    }
  }

  private void step() {
    if (targetC <= 0) {
      duty = 0;
    } else {
      double error = targetC - readC();
      double forward = lossWK * (targetC - ambientC) / powerW;
      double gain = capacityJK / (powerW * 4);
      if (Math.abs(error) < 8) {
        integral = Math.max(-0.2, Math.min(0.2, integral + gain * error * STEP_S / 30));
      }
      duty = Math.max(0, Math.min(1, forward + gain * error + integral));
    }
    double heating = fault == Fault.NO_HEAT ? 0 : fault == Fault.STUCK_ON ? 1 : duty;
    double watts = (powered ? powerW * heating : 0) - lossWK * (temperatureC - ambientC);
    temperatureC += watts / capacityJK * STEP_S;
  }
}
