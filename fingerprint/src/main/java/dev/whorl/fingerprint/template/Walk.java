package dev.whorl.fingerprint.template;

/**
 * How one component walks from print to print. All are without state: a component goes in, another
 * comes out.
 *
 * @param <C> the component; in a state its errors hold what prints repeat to
 */
interface Walk<C> {
  /** What one coupon makes known of the part. */
  C settled(C measured);

  /** The same state after it could drift from one time to another. */
  C grown(C state, double years);

  /** The state after another coupon. */
  C updated(C state, C settled);

  /** Whether both are measured alike, so that one can be updated by the other. */
  default boolean alike(C state, C settled) {
    return true;
  }

  /**
   * How far a state has walked from where it began, as a part of how far it may; above 1 is too
   * far.
   */
  double walked(C state, C start, double years);
}
