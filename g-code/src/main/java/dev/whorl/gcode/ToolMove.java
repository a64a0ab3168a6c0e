package dev.whorl.gcode;

/**
 * A motion that a program asks for, in machine coordinates.
 *
 * @param lineIndex of the program's line, comments counted, from 0
 * @param purpose of that line
 * @param feature the words after {@code ; feature}, empty before the first
 * @param from x, y, z in mm
 * @param to x, y, z in mm
 * @param filamentMm pushed on the way; negative when pulled back
 * @param speedMmS asked for
 * @param accelerationMmS2 that the program has set for such a motion
 */
record ToolMove(
    int lineIndex,
    Purpose purpose,
    String feature,
    PointMm from,
    PointMm to,
    double filamentMm,
    double speedMmS,
    double accelerationMmS2) {
  /** A place of the nozzle. */
  record PointMm(double x, double y, double z) {}

  /** True for a motion that lays plastic down. */
  boolean isBead() {
    return filamentMm > 0 && lengthXyMm() > 0;
  }

  double lengthXyMm() {
    return Math.hypot(to.x - from.x, to.y - from.y);
  }

  double lengthMm() {
    return Math.hypot(lengthXyMm(), to.z - from.z);
  }

  /** The first word of the feature: {@code marker}, {@code raster}, ... */
  String kind() {
    int space = feature.indexOf(' ');
    return space < 0 ? feature : feature.substring(0, space);
  }
}
