package dev.whorl.registry.store;

import dev.whorl.common.envelope.VerifyingKey;

/** A key and the printer it speaks, spoke or would like to speak for. */
public record PrinterKey(String printer, VerifyingKey key, State state) {
  /** What a key may do. */
  public enum State {
    /** Waits for an operator. */
    PENDING,
    /** Speaks for its printer. */
    ACTIVE,
    /** Spoke for its printer until a newer one was bound. */
    REPLACED,
    /** Was turned away by an operator. */
    REJECTED
  }
}
