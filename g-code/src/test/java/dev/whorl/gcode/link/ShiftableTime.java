package dev.whorl.gcode.link;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's time, which a test sets forward where it would have to wait. */
final class ShiftableTime implements TimeSource {

  private final AtomicLong shiftNanos = new AtomicLong();

  @Override
  public long nanos() {
    return System.nanoTime() + shiftNanos.get();
  }

  void forward(Duration by) {
    shiftNanos.addAndGet(by.toNanos());
  }
}
