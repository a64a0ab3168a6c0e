package dev.whorl.fingerprint.capture;

import java.util.List;

/**
 * A {@code capture.json} that breaks its format; the message is one line naming every bad field.
 */
public final class InvalidCapture extends Exception {
  private final List<String> problems;

  /**
   * @param problems one line each: field, what is wrong, what is wanted
   */
  public InvalidCapture(List<String> problems) {
    super("capture.json: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line for each bad field. */
  public List<String> problems() {
    return problems;
  }
}
