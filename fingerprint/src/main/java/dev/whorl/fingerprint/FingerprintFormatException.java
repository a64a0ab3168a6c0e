package dev.whorl.fingerprint;

/** A text is not a fingerprint; the message is one line that says what and where. */
public final class FingerprintFormatException extends Exception {
  public FingerprintFormatException(String message) {
    super(message);
  }
}
