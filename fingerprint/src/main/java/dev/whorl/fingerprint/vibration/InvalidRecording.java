package dev.whorl.fingerprint.vibration;

/** A file that is no recording of vibration or no mesh; one line that says where and why. */
public final class InvalidRecording extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRecording(String message) {
    super(message);
  }
}
