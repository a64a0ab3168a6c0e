package dev.whorl.gcode;

import dev.whorl.gcode.ToolMove.PointMm;
import java.util.ArrayList;
import java.util.List;

/** Reads a program's motions back from its lines, as the printer would. */
final class ProgramReader {
  private static final double[] ORIGIN = {0, 0, 0};

  private final List<Double> homeXyMm;
  private final List<ToolMove> moves = new ArrayList<>();
  private double[] at = ORIGIN.clone();
  private double filamentMm;
  private double speedMmS;
  private double printingMmS2 = Acceleration.GENTLE_MM_S2;
  private double travelMmS2 = Acceleration.TRAVEL_MM_S2;
  private boolean relative;
  private boolean relativeE;
  private String feature = "";

  private ProgramReader(List<Double> homeXyMm) {
    this.homeXyMm = homeXyMm;
  }

  /**
   * @param homeXyMm where the head is after homing
   */
  static List<ToolMove> moves(List<ProgramLine> lines, List<Double> homeXyMm) {
    ProgramReader reader = new ProgramReader(homeXyMm);
    for (int i = 0; i < lines.size(); i++) {
      reader.read(i, lines.get(i));
    }
    return reader.moves;
  }

  private void read(int index, ProgramLine line) {
    if (line.isComment()) {
      if (line.text().startsWith("; feature ")) {
        feature = line.text().substring("; feature ".length());
      }
      return;
    }
    GcodeWords words = GcodeWords.of(line.text());
    switch (words.command()) {
      case "G0", "G1" -> move(index, line, words);
      case "G28" -> at = new double[] {homeXyMm.get(0), homeXyMm.get(1), 0};
      case "G90" -> {
        relative = false;
        relativeE = false;
      }
      case "G91" -> {
        relative = true;
        relativeE = true;
      }
      case "M82" -> relativeE = false;
      case "M83" -> relativeE = true;
      case "M204" -> {
        printingMmS2 = words.get('P', printingMmS2);
        travelMmS2 = words.get('T', travelMmS2);
      }
      case "G92" -> filamentMm = words.get('E', filamentMm);
      default -> {
        // moves nothing
      }
    }
  }

  private void move(int index, ProgramLine line, GcodeWords words) {
    double[] to = at.clone();
    for (int axis = 0; axis < 3; axis++) {
      char letter = "XYZ".charAt(axis);
      if (words.has(letter)) {
        to[axis] = words.get(letter, 0) + (relative ? at[axis] : 0);
      }
    }
    double pushed = 0;
    if (words.has('E')) {
      double e = words.get('E', 0);
      pushed = relativeE ? e : e - filamentMm;
      filamentMm += pushed;
    }
    speedMmS = words.get('F', speedMmS * 60) / 60;
    moves.add(
        new ToolMove(
            index,
            line.purpose(),
            feature,
            new PointMm(at[0], at[1], at[2]),
            new PointMm(to[0], to[1], to[2]),
            pushed,
            speedMmS,
            pushed > 0 ? printingMmS2 : travelMmS2));
    at = to;
  }
}
