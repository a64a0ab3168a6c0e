package dev.whorl.gcode;

import java.util.List;

/**
 * A coupon's program for one printer and one slot.
 *
 * @param couponId {@code standard-1:} and the SHA-256, in hex, of the lines that would be sent if
 *     the slot were at 0, 0
 * @param slotXMm x of the coupon's lower left corner, machine coordinates
 * @param slotYMm y of the same
 * @param lines what to send, with comments between
 * @param estimateS seconds of motion; heating and homing come on top
 * @param bounds of every extrusion, the prime line's too
 */
public record Program(
    String couponId,
    double slotXMm,
    double slotYMm,
    List<ProgramLine> lines,
    double estimateS,
    BoxMm bounds) {
  public Program {
    lines = List.copyOf(lines);
  }

  /** The annotated file: all lines, each ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (ProgramLine line : lines) {
      text.append(line.text()).append('\n');
    }
    return text.toString();
  }

  /** The lines that are sent: no comments. */
  public List<ProgramLine> wireLines() {
    return lines.stream().filter(line -> !line.isComment()).toList();
  }
}
