package dev.whorl.agent.run;

import java.time.Duration;

/** Takes a finished fingerprint to the registry. */
public interface Reporter {
  /**
   * Signs the fingerprint of a run and commits it to the outbox. Asked twice for the same run it
   * commits the same bytes, so that the registry sees one fingerprint.
   *
   * @return the digest under which the registry will answer
   * @throws RunFault when it cannot be kept
   */
  String commit(String run, RunFolder folder) throws RunFault;

  /** Whether a committed digest was answered. */
  boolean answered(String digest) throws RunFault;

  /** How long an answer is worth waiting for; nothing when there is no broker to ask. */
  Duration patience();

  /** Tells of something that happened. Never fails: what cannot be kept is logged. */
  void event(String kind, String detail);
}
