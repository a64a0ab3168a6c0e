package dev.whorl.agent.run;

import java.time.Duration;

/** Lets time pass between two readings; tests let their own clock jump instead. */
@FunctionalInterface
public interface Pause {
  /** The real thing. */
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void of(Duration duration) throws InterruptedException;
}
