package dev.whorl.agent.run;

/** What people ask of the conductor. Ending a run at once is {@link Conductor#abort}. */
public sealed interface Request {
  /** Who asks, for the journal: "the keyboard", an operator's key id. */
  String by();

  /**
   * Print, photograph and fingerprint one coupon.
   *
   * @param bedIsClear whether the person says that the bed is clear
   */
  record Enroll(String by, boolean bedIsClear) implements Request {}

  /** The bed is clear. */
  record ClearBed(String by) implements Request {}

  /** Heaters off, whatever set them. */
  record Cool(String by) implements Request {}
}
