package dev.whorl.sim.printer;

/** Is told of each command that the firmware executes, in order. */
public interface Executed {

  /**
   * A command is being executed.
   *
   * @param text without line number, checksum and comment
   */
  void command(String text);

  /** Nothing is going on. */
  default void idle() {}
}
