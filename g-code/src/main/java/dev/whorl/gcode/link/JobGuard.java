package dev.whorl.gcode.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches the heaters while the link's own job runs: both must rise towards their targets, neither
 * may run away from them, and while one heats its temperature must be heard. The firmware does the
 * same if it is built to; this is for the one that is not.
 *
 * <p>Has no clock and no thread; one lock of its owner guards it. Makes no difference between a
 * target that the job set and one that it found.
 */
final class JobGuard {

  /** A report comes every 2 s, or a question goes out every 2 s: fifteen in a row are missing. */
  static final Duration SILENT = Duration.ofSeconds(30);

  /** One answer without a temperature may be damaged; every one of three is not. */
  private static final int ANSWERS_WITHOUT = 3;

  private final String line;
  private final boolean reports;
  private final HeaterGuard nozzle = HeaterGuard.nozzle();
  private final HeaterGuard bed = HeaterGuard.bed();
  private boolean heating;
  private long heardNanos;
  private long busyNanos;
  private int answersWithout;

  /**
   * @param line the wire's name, for messages
   * @param reports whether the printer promised to report by itself
   */
  JobGuard(String line, boolean reports, long nowNanos) {
    this.line = line;
    this.reports = reports;
    this.heardNanos = nowNanos;
    this.busyNanos = nowNanos;
  }

  /** Takes a reading; what is wrong, null while nothing is. */
  @Nullable HeaterFault step(Temperatures now, long nowNanos) {
    heardNanos = nowNanos;
    answersWithout = 0;
    heating = !now.targetsOff();
    HeaterFault fault = nozzle.step(now.nozzleC(), now.nozzleTargetC(), nowNanos, line);
    if (fault == null && (now.hasBed() || now.bedTargetC() > 0)) {
      fault = bed.step(now.bedC(), now.bedTargetC(), nowNanos, line);
    }
    return fault;
  }

  /** An M105 was acknowledged, with a temperature or without. */
  void answered(boolean withTemperature) {
    answersWithout = withTemperature ? 0 : answersWithout + 1;
  }

  /** The printer says that a command is at work: answers to questions wait behind it. */
  void busy(long nowNanos) {
    busyNanos = nowNanos;
  }

  /** Whether nothing was heard of a heater for too long; what is wrong, null while nothing is. */
  @Nullable HeaterFault silence(long nowNanos) {
    long silentNanos = nowNanos - heardNanos;
    if (!heating || silentNanos < SILENT.toNanos()) {
      return null;
    }
    boolean brokenPromise = reports && nowNanos - busyNanos >= SILENT.toNanos();
    if (!brokenPromise && answersWithout < ANSWERS_WITHOUT) {
      return null;
    }
    return new HeaterFault(
        "%s: no temperature was heard for %d s while a heater is on: check the sensor and the cable"
            .formatted(line, silentNanos / 1_000_000_000L),
        false);
  }
}
