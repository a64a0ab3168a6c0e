package dev.whorl.gcode.link;

/** Told how far a stream is, on the thread that streams. */
@FunctionalInterface
public interface StreamProgress {

  /**
   * @param done commands the printer has acknowledged
   * @param total commands in the stream, comments and blank lines not counted
   */
  void acknowledged(int done, int total);
}
