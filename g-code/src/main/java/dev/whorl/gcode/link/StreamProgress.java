package dev.whorl.gcode.link;

/** Told how far a stream is, on the thread that streams. */
@FunctionalInterface
public interface StreamProgress {

  /**
   * @param done commands the printer has acknowledged
   * @param total commands in the stream, comments and blank lines not counted
   */
  void acknowledged(int done, int total);

  /**
   * The stream is over before its end. Called as soon as that is known and the heaters are told to
   * go off, before they are read back, which takes longer; {@code why} is thrown then.
   */
  default void ending(LinkException why) {}
}
