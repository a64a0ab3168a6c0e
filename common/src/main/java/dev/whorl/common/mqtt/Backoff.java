package dev.whorl.common.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: 1 s, doubling to 60 s, each time a random part between half
 * and all of it, so that a fleet does not come back in step after its broker did.
 */
final class Backoff {
  private static final long FIRST_MS = 1_000;
  private static final long LONGEST_MS = 60_000;

  private final RandomGenerator random;
  private long nextMs = FIRST_MS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long waitMs = nextMs / 2 + random.nextLong(nextMs / 2 + 1);
    nextMs = Math.min(LONGEST_MS, nextMs * 2);
    return Duration.ofMillis(waitMs);
  }

  void reset() {
    nextMs = FIRST_MS;
  }
}
