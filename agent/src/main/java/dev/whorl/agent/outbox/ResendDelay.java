package dev.whorl.agent.outbox;

import java.time.Duration;

/** How long an unanswered message rests: 60 s after the first sending, doubling, at most 1 h. */
final class ResendDelay {
  private static final Duration FIRST = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofHours(1);

  private ResendDelay() {}

  /**
   * The rest after a sending.
   *
   * @param attempts how often it was sent by now, at least 1
   */
  static Duration after(int attempts) {
    // 2^6 minutes are beyond the longest already; a larger shift would overflow in the end.
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 6));
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
