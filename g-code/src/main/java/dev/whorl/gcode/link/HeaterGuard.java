package dev.whorl.gcode.link;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Watches one heater by its readings while a job runs. Has no clock: time comes with the readings,
 * so that a printer whose own time runs faster is only judged more gently.
 *
 * <p>The median of three readings is judged, since a reading can be damaged on the wire. A change
 * of the target begins everything anew: what was hot may take its time to cool to a lower one.
 */
final class HeaterGuard {

  /**
   * What is asked of a heater.
   *
   * @param name for people
   * @param farC nearer than this to its target a heater need not gain: the controller takes over,
   *     and a fan costs a few degrees
   * @param gainC what it must gain, or lose while it is too hot
   * @param gainWithin in this time
   * @param idleC what it may have by its neighbours alone: a nozzle above a hot bed
   * @param overFor how long it may be too hot: the longest overshoot of a badly tuned controller
   */
  private record Demands(
      String name,
      double farC,
      double gainC,
      Duration gainWithin,
      double idleC,
      Duration overFor) {}

  /**
   * 2 C in 60 s is what Marlin asks (WATCH_TEMP_INCREASE in three times its WATCH_TEMP_PERIOD), and
   * thirty times less than a weak 30 W cartridge makes. A fan costs up to 10 C at most.
   */
  static final Duration NOZZLE_GAIN_WITHIN = Duration.ofSeconds(60);

  static final double NOZZLE_GAIN_C = 2;

  /** A 300 mm bed at 12 V makes 1 C in 20 s at 60 C, and in two minutes near its limit. */
  static final Duration BED_GAIN_WITHIN = Duration.ofMinutes(5);

  static final double BED_GAIN_C = 1;

  /** Marlin's PID overshoots by 5 C, a detuned one by 10; its own limits come 15 C above. */
  static final double OVER_C = 15;

  private static final Demands NOZZLE =
      new Demands("nozzle", 10, NOZZLE_GAIN_C, NOZZLE_GAIN_WITHIN, 100, Duration.ofSeconds(10));

  private static final Demands BED =
      new Demands("bed", 6, BED_GAIN_C, BED_GAIN_WITHIN, 60, Duration.ofSeconds(30));

  /** Thermistors read this when they are open or shorted; printers work in rooms above it. */
  static final double LEAST_C = -15;

  /** No nozzle of ours is hotter, unless it was told to be. */
  static final double MOST_C = 400;

  private static final int MEDIAN_OF = 3;

  private final Demands demands;
  private final double[] last = new double[MEDIAN_OF];
  private int readings;
  private int senseless;
  private double targetC = Double.NaN;
  private double baseC;
  private long baseNanos;

  /** Whether it was at or below the limit of this target: from then on it must not exceed it. */
  private boolean settled;

  private boolean over;
  private long overNanos;

  private HeaterGuard(Demands demands) {
    this.demands = demands;
  }

  static HeaterGuard nozzle() {
    return new HeaterGuard(NOZZLE);
  }

  static HeaterGuard bed() {
    return new HeaterGuard(BED);
  }

  /**
   * Takes a reading.
   *
   * @param readingC NaN where the printer says nothing of this heater
   * @param line the wire's name, for the message
   * @return what is wrong, null while nothing is
   */
  @Nullable HeaterFault step(double readingC, double newTargetC, long nowNanos, String line) {
    boolean sense = readingC >= LEAST_C && readingC <= Math.max(MOST_C, newTargetC + 100);
    senseless = sense || newTargetC <= 0 ? 0 : senseless + 1;
    if (senseless >= MEDIAN_OF) {
      return fault(
          false,
          line,
          String.format(
              Locale.ROOT,
              "the %s's sensor reads %.0f C while it heats to %.0f C: check the sensor and its"
                  + " cable",
              demands.name,
              readingC,
              newTargetC));
    }
    if (!sense) {
      return null;
    }
    last[readings % MEDIAN_OF] = readingC;
    readings++;
    if (readings < MEDIAN_OF) {
      return null;
    }
    double[] sorted = last.clone();
    Arrays.sort(sorted);
    return judge(sorted[MEDIAN_OF / 2], newTargetC, nowNanos, line);
  }

  private @Nullable HeaterFault judge(double c, double newTargetC, long nowNanos, String line) {
    double limitC = Math.max(newTargetC, demands.idleC) + OVER_C;
    if (newTargetC != targetC) {
      targetC = newTargetC;
      settled = false;
      over = false;
      begin(c, nowNanos);
    }
    if (c > limitC) {
      return settled ? tooHot(c, nowNanos, line) : mustFall(c, nowNanos, line);
    }
    if (!settled || over) {
      settled = true;
      over = false;
      begin(c, nowNanos);
    }
    boolean far = targetC > 0 && c < targetC - demands.farC;
    if (!far || c >= baseC + demands.gainC) {
      begin(c, nowNanos);
    } else if (nowNanos - baseNanos >= demands.gainWithin.toNanos()) {
      return fault(
          false,
          line,
          String.format(
              Locale.ROOT,
              "the %s does not heat up: %.1f C, after %.1f C %d s before, and %.0f C are wanted;"
                  + " check its heater and its sensor",
              demands.name,
              c,
              baseC,
              (nowNanos - baseNanos) / 1_000_000_000L,
              targetC));
    }
    return null;
  }

  private @Nullable HeaterFault tooHot(double c, long nowNanos, String line) {
    if (!over) {
      over = true;
      overNanos = nowNanos;
    }
    if (nowNanos - overNanos < demands.overFor.toNanos()) {
      return null;
    }
    return fault(
        true,
        line,
        String.format(
            Locale.ROOT,
            "the %s is at %.1f C for %d s and should be at %.0f C: its heater does not go off",
            demands.name,
            c,
            (nowNanos - overNanos) / 1_000_000_000L,
            targetC));
  }

  /** It was hotter when the target was set. */
  private @Nullable HeaterFault mustFall(double c, long nowNanos, String line) {
    if (c <= baseC - demands.gainC) {
      begin(c, nowNanos);
    } else if (nowNanos - baseNanos >= demands.gainWithin.toNanos()) {
      return fault(
          true,
          line,
          String.format(
              Locale.ROOT,
              "the %s does not cool to its target of %.0f C: %.1f C, after %.1f C %d s before",
              demands.name,
              targetC,
              c,
              baseC,
              (nowNanos - baseNanos) / 1_000_000_000L));
    }
    return null;
  }

  private void begin(double c, long nowNanos) {
    baseC = c;
    baseNanos = nowNanos;
  }

  private static HeaterFault fault(boolean outOfControl, String line, String what) {
    return new HeaterFault(line + ": " + what, outOfControl);
  }
}
