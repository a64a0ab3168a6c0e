package dev.whorl.hardware.lamps;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Lamps;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lamps of which none stays on longer than a limit, whatever the thread that lit it is waiting for.
 * A lamp that the limit put out makes the next call fail, since a frame may have been taken without
 * its light.
 */
public final class LimitedLamps implements Lamps {
  private final Lamps lamps;
  private final Duration limit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "whorl-lamp-limit");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> pending;
  private @Nullable String putOut;

  public LimitedLamps(Lamps lamps, Duration limit) {
    this.lamps = lamps;
    this.limit = limit;
  }

  @Override
  public synchronized void on(String lamp) throws HardwareException {
    cancel();
    putOut = null;
    lamps.on(lamp);
    pending = timer.schedule(() -> putOut(lamp), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void allOff() throws HardwareException {
    cancel();
    lamps.allOff();
    String late = putOut;
    putOut = null;
    if (late != null) {
      throw new HardwareException(
          "lamp "
              + late
              + " was put out after "
              + limit.toSeconds()
              + " s (lamps.max_on_s): its frame took too long; see why, or allow more");
    }
  }

  private synchronized void putOut(String lamp) {
    putOut = lamp;
    try {
      lamps.allOff();
    } catch (HardwareException e) {
      System.getLogger(LimitedLamps.class.getName())
          .log(System.Logger.Level.ERROR, "lamp " + lamp + " may still be on: " + e.getMessage());
    }
  }

  private void cancel() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  @Override
  public String describe() {
    return lamps.describe();
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    lamps.close();
  }
}
