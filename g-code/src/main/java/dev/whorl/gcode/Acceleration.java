package dev.whorl.gcode;

import java.util.List;

/**
 * How hard the program lets the axes accelerate. Short motions at a high acceleration shake a frame
 * near its resonance (40 to 60 Hz) and smear what they draw; only the features that are there to
 * show ringing, and those that must reach 80 mm/s within a few millimetres, get the high value.
 */
enum Acceleration {
  /** For everything that should lie where it is meant to. */
  GENTLE(Acceleration.GENTLE_MM_S2),
  /** For fast beads and ringing corners. */
  HARD(3000);

  static final double GENTLE_MM_S2 = 1000;
  static final double TRAVEL_MM_S2 = 1500;

  /** The step of speed that a corner may take, whichever way the firmware reckons it. */
  private static final double CORNER_MM_S = 10;

  private final double mmS2;

  Acceleration(double mmS2) {
    this.mmS2 = mmS2;
  }

  double mmS2() {
    return mmS2;
  }

  /**
   * The lines that set it. Firmware with junction deviation takes a corner of 90 degrees at sqrt(a
   * J sin(45) / (1 - sin(45))) (Marlin's planner), so J is chosen for the same speed as the jerk.
   */
  List<String> lines() {
    double sine = Math.sqrt(0.5);
    double junctionDeviationMm = CORNER_MM_S * CORNER_MM_S * (1 - sine) / (mmS2 * sine);
    return List.of(
        ToolpathWriter.format("M204 P%.0f T%.0f", mmS2, TRAVEL_MM_S2),
        ToolpathWriter.format("M205 J%.3f", junctionDeviationMm));
  }
}
