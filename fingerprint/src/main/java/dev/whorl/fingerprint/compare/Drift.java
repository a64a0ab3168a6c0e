package dev.whorl.fingerprint.compare;

import java.time.Duration;
import java.time.Instant;

/**
 * How well prints of one printer repeat, how far printers lie apart and how long a part stays as it
 * is, where comparisons and templates need the same figure. Axes have an {@link AxisModel}.
 */
public final class Drift {
  /** Years in which wear takes a nozzle's marks to 1/e of likeness; abrasive filament is faster. */
  public static final double NOZZLE_MEMORY_YEARS = 2;

  /** Run-out, homing and registration leave a stroke off its place by less than this. */
  public static final double STROKE_SHIFT_UM = 40;

  /** Of one frame's log frequency from print to print: shakers' records within hours. */
  public static final double LOG_F_REPEAT = 0.05 / Math.sqrt(2);

  /** The same over months: 0.12 to 0.17 on the same records. */
  public static final double LOG_F_MONTHS_SD = 0.14;

  /** When that much has come about. */
  public static final double LOG_F_MEMORY_YEARS = 1 / 12.0;

  /** Of damping, from print to print. */
  public static final double ZETA_REPEAT = 0.02;

  /** Of damping, between frames. */
  public static final double ZETA_SD = 0.04;

  /** Of an extruder's period, as a part of it, from print to print. */
  public static final double GEAR_PERIOD_REPEAT = 0.005;

  /** Of its amplitude likewise. */
  public static final double GEAR_AMPLITUDE_REPEAT = 0.2;

  /** Of skew, from print to print. */
  public static final double SKEW_REPEAT_MRAD = 0.2;

  /** Of skew, between printers. */
  public static final double SKEW_SD_MRAD = 1.5;

  /** Of scale, from print to print: the plastic, mostly. */
  public static final double SCALE_REPEAT_PPM = 250;

  /** Of scale, between printers. */
  public static final double SCALE_SD_PPM = 700;

  /** Years in which a frame forgets how square it was. */
  public static final double GEOMETRY_MEMORY_YEARS = 3;

  private static final double YEAR_S = 365.25 * 86400;

  private Drift() {}

  /** The years from one time to another; negative if it is earlier. */
  public static double years(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds() / YEAR_S;
  }
}
