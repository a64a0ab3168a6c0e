package dev.whorl.registry.intake;

/** Tells an agent what became of what it sent. */
public interface Receipts {
  /** What became of it. */
  enum Result {
    /** Kept; the agent may forget it. */
    STORED,
    /** Never to be sent again. */
    REFUSED,
    /** To be sent again. */
    RETRY
  }

  /**
   * Sends a receipt; never throws for a broker that is away, since the agent asks again.
   *
   * @param keyId the key that signed what this answers
   */
  void send(String printer, String digest, String keyId, Result result, String reason);
}
