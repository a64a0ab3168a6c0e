package dev.whorl.agent.service;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code conductor}: the one that steps. The main thread waits for it, so that a
 * signal's hook, which must not wait for the main thread's exit, can wait for this.
 */
public final class ConductorThread {
  private ConductorThread() {}

  /** Work that may be interrupted. */
  @FunctionalInterface
  public interface Steps {
    void run() throws InterruptedException;
  }

  /** Runs steps to their end on a thread of their own; what they throw is thrown here. */
  public static void run(Steps steps) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                steps.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                thrown.set(e);
              }
            },
            "conductor");
    thread.start();
    thread.join();
    Throwable failure = thrown.get();
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
