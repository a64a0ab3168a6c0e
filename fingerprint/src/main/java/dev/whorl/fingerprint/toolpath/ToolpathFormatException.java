package dev.whorl.fingerprint.toolpath;

/** A text is not a coupon's program; the message is one line that says what and where. */
public final class ToolpathFormatException extends Exception {
  public ToolpathFormatException(String message) {
    super(message);
  }
}
