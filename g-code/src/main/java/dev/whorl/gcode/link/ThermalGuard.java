package dev.whorl.gcode.link;

import java.time.Duration;

/**
 * Verifies that what was switched off really cools: the nozzle by 2 C within 60 s, the bed by 1 C
 * within 5 min, or either is touchable already. A heater held on by a welded transistor shows
 * targets of 0 all the same. Stepped with readings; has no clock and no thread.
 */
public final class ThermalGuard {

  /** What the readings say so far. */
  public enum Verdict {
    /** Not yet known. */
    WATCHING,
    /** Every heater is seen to fall, or is cold. */
    FALLING,
    /** The nozzle does not fall: cut the power. */
    NOZZLE_NOT_FALLING,
    /** The bed does not fall: cut the power. */
    BED_NOT_FALLING
  }

  static final double NOZZLE_FALL_C = 2;
  static final Duration NOZZLE_WITHIN = Duration.ofSeconds(60);
  static final double BED_FALL_C = 1;
  static final Duration BED_WITHIN = Duration.ofMinutes(5);

  /** Below this nothing burns, and rooms of 40 C exist: no fall is asked for. */
  static final double COLD_C = 45;

  private final Temperatures first;
  private final long beganNanos;
  private boolean nozzleFell;
  private boolean bedFell;

  /**
   * @param first a reading taken when the heaters were switched off
   * @param nowNanos when that was, by a {@link TimeSource}
   */
  public ThermalGuard(Temperatures first, long nowNanos) {
    this.first = first;
    this.beganNanos = nowNanos;
    this.nozzleFell = first.nozzleC() < COLD_C;
    this.bedFell = !first.hasBed() || first.bedC() < COLD_C;
  }

  /** Takes a reading. */
  public Verdict step(Temperatures now, long nowNanos) {
    long waited = nowNanos - beganNanos;
    nozzleFell |= now.nozzleC() <= first.nozzleC() - NOZZLE_FALL_C;
    bedFell |= now.bedC() <= first.bedC() - BED_FALL_C;
    if (!nozzleFell && waited >= NOZZLE_WITHIN.toNanos()) {
      return Verdict.NOZZLE_NOT_FALLING;
    }
    if (!bedFell && waited >= BED_WITHIN.toNanos()) {
      return Verdict.BED_NOT_FALLING;
    }
    return nozzleFell && bedFell ? Verdict.FALLING : Verdict.WATCHING;
  }
}
