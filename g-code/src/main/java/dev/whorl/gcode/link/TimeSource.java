package dev.whorl.gcode.link;

/** A clock that only ever goes forward: waits must not end early because someone set the date. */
@FunctionalInterface
public interface TimeSource {

  /** The machine's own. */
  TimeSource SYSTEM = System::nanoTime;

  /** Nanoseconds since some fixed moment. */
  long nanos();
}
