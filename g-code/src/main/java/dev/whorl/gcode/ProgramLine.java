package dev.whorl.gcode;

/**
 * A line of a program.
 *
 * @param text G-code without a comment, or a comment alone, which begins with a semicolon
 * @param purpose what the line is for
 */
public record ProgramLine(String text, Purpose purpose) {
  /** True for a line that only people and programs read, never the printer. */
  public boolean isComment() {
    return text.startsWith(";");
  }
}
