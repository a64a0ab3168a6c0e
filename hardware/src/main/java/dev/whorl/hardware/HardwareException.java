package dev.whorl.hardware;

/** A wire that does not do what it should. The message is one line: what, where, what to do. */
public final class HardwareException extends Exception {
  public HardwareException(String message) {
    super(message);
  }

  public HardwareException(String message, Throwable cause) {
    super(message, cause);
  }
}
