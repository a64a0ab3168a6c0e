package dev.whorl.bench.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Commands that cost a printer nothing and are as long as the moves of a print: each sets the
 * extruder's position to a value of its own, so that a line done twice, out of order or altered
 * shows in what was executed.
 */
final class CheapProgram {

  private CheapProgram() {}

  /** Lines of 24 characters; with number and checksum about 35, as a move has. */
  static List<String> ofLines(int count) {
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(
          String.format(Locale.ROOT, "G92 X%07.3f E%06d.%03d", i % 200_000 / 1000.0, i, i % 1000));
    }
    return lines;
  }

  /** Mean bytes of a line as it is sent first: number from 1 on, checksum and line feed. */
  static double bytesPerLine(List<String> commands) {
    long bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      String body = "N" + (i + 1) + " " + commands.get(i);
      int sum = 0;
      for (int at = 0; at < body.length(); at++) {
        sum ^= body.charAt(at);
      }
      bytes += body.length() + 1 + Integer.toString(sum).length() + 1;
    }
    return (double) bytes / commands.size();
  }
}
