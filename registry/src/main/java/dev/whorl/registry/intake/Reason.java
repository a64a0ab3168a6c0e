package dev.whorl.registry.intake;

import java.util.Locale;

/** Why a message was not taken. */
public enum Reason {
  /** Not a topic that agents send on to the registry. */
  TOPIC,
  /** Larger than any envelope may be. */
  OVERSIZED,
  /** Not an envelope, or its payload is not what the schema says. */
  MALFORMED,
  /** The signature is wrong. */
  SIGNATURE,
  /** Signed by a key that speaks for no printer. */
  UNKNOWN_KEY,
  /** Signed by a key that an operator turned away or that a newer one replaced. */
  REVOKED_KEY,
  /** Signed by the key of another printer, or about another printer than the topic's. */
  WRONG_PRINTER,
  /** The key used this number for another message. */
  REPLAY,
  /** No valid one-time token is known to the sender. */
  TOKEN,
  /** Waits for an operator: to be sent again. */
  PENDING,
  /** The database failed: to be sent again. */
  STORE;

  /** As written in receipts and counts. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
