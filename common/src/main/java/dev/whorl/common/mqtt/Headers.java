package dev.whorl.common.mqtt;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Numbers what one process says. The boot id must be new for every start of the process (a random
 * UUID), since the numbers begin again at 1; the machine's own boot id is not.
 */
public final class Headers {
  /** The version of every payload's form. */
  public static final int VERSION = 1;

  private final String bootId;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final BooleanSupplier timeSynced;
  private final long startNanos;
  private final AtomicLong seq = new AtomicLong();

  /**
   * @param nanoTime monotonic, such as {@code System::nanoTime}
   * @param timeSynced whether the clock has been set from the network
   */
  public Headers(
      String bootId, InstantSource clock, LongSupplier nanoTime, BooleanSupplier timeSynced) {
    this.bootId = bootId;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.timeSynced = timeSynced;
    this.startNanos = nanoTime.getAsLong();
  }

  /** The header of the next message. */
  public Header next() {
    return new Header(
        VERSION,
        seq.incrementAndGet(),
        bootId,
        (nanoTime.getAsLong() - startNanos) / 1_000_000,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        timeSynced.getAsBoolean());
  }

  /** Names this start of the process. */
  public String bootId() {
    return bootId;
  }
}
