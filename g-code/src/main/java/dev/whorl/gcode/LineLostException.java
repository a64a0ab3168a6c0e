package dev.whorl.gcode;

import java.io.IOException;

/** The far end of a {@link SerialLine} is gone: unplugged, hung up, or closed from this side. */
public final class LineLostException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: which line, and what happened to it
   */
  public LineLostException(String message) {
    super(message);
  }

  /**
   * @param message one line: which line, and what happened to it
   */
  public LineLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
