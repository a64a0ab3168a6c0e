package dev.whorl.common.envelope;

/** Bytes that are not an envelope, or an envelope that is not signed as it must be. */
public final class EnvelopeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, in a few words. */
  public EnvelopeException(String message) {
    super(message);
  }

  /** Never null here. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
