package dev.whorl.agent.outbox;

/** The outbox cannot take or give; the message is one line for a person. */
public final class OutboxException extends Exception {
  public OutboxException(String message) {
    super(message);
  }

  public OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
