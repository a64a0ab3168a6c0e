package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.Claim;

/**
 * What the markers claim. Anyone can print anyone's markers, so this weighs a factor of two either
 * way, and {@link Comparer} never lets it decide.
 */
final class ClaimEvidence {
  private static final double LOG_WEIGHT = Math.log(2);

  private ClaimEvidence() {}

  static double of(Claim first, Claim second) {
    Integer a = first.shortId();
    Integer b = second.shortId();
    if (a == null || b == null) {
      return 0;
    }
    return a.equals(b) ? LOG_WEIGHT : -LOG_WEIGHT;
  }
}
