package dev.whorl.agent.run;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay with a timer of its own: whatever the conductor's thread is waiting for, a printer that
 * is lost while hot loses its power in time. The conductor writes it down when it comes to it.
 */
final class TimedRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimedRelay.class);

  private final Relay relay;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "whorl-relay-timer");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> pending;
  private boolean off;

  TimedRelay(Relay relay) {
    this.relay = relay;
  }

  boolean present() {
    return relay.present();
  }

  /** Cuts the power after a while, unless {@link #disarm} comes first; once is enough. */
  synchronized void arm(Duration after) {
    if (relay.present() && pending == null && !off) {
      pending = timer.schedule(this::fire, after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The printer answers. */
  synchronized void disarm() {
    ScheduledFuture<?> task = pending;
    pending = null;
    if (task != null) {
      task.cancel(false);
    }
  }

  private synchronized void fire() {
    if (pending == null) {
      return;
    }
    try {
      powerOff();
      LOG.error("the relay cut the power of a printer that was lost while hot");
    } catch (HardwareException | RuntimeException e) {
      // The conductor comes to it, tries again and raises the alarm.
      LOG.error("{}", e.getMessage());
    }
  }

  /** Cuts the power, unless the timer has. */
  synchronized void powerOff() throws HardwareException {
    disarm();
    // The cut must not fail because somebody wants this thread to end.
    boolean interrupted = Thread.interrupted();
    try {
      if (!off) {
        relay.powerOff();
        off = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the power was cut since it was last given back. */
  synchronized boolean isOff() {
    return off;
  }

  synchronized void powerOn() throws HardwareException {
    if (relay.present()) {
      relay.powerOn();
    }
    off = false;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    relay.close();
  }
}
