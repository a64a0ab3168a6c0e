package dev.whorl.sim.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The coordinate side of the firmware: modes, positions, feed rates, and what G0 and G1 mean under
 * them.
 */
final class Axes {

  private static final String LETTERS = "XYZE";

  /** EXTRUDE_MAXLENGTH. */
  private static final double LONGEST_EXTRUDE_MM = 200;

  private final Consumer<String> say;
  private final Planner planner;
  private final double[] travelMm;
  private final double[] logical = new double[4];
  private final double[] offset = new double[3];
  private final boolean[] homed = new boolean[3];
  private boolean relative;
  private boolean extruderRelative;
  private double feedMmS = 25;
  private double feedPercent = 100;
  private double flowPercent = 100;
  private double unitMm = 1;

  Axes(Consumer<String> say, Planner planner, double[] travelMm) {
    this.say = say;
    this.planner = planner;
    this.travelMm = travelMm;
  }

  void relative(boolean on) {
    relative = on;
    extruderRelative = on; // G90 undoes M83, as in Marlin
  }

  void extruderRelative(boolean on) {
    extruderRelative = on;
  }

  void unitMm(double mm) {
    unitMm = mm;
  }

  void feedPercent(GcodeLine line) {
    if (line.hasValue('S')) {
      feedPercent = Math.max(1, Math.min(999, line.value('S', 100)));
    } else {
      say.accept(String.format(Locale.ROOT, "FR:%.0f%%", feedPercent));
    }
  }

  void flowPercent(GcodeLine line) {
    if (line.hasValue('S')) {
      flowPercent = Math.max(0, Math.min(999, line.value('S', 100)));
    } else {
      say.accept(String.format(Locale.ROOT, "echo:E0 Flow: %.0f%%", flowPercent));
    }
  }

  /**
   * G0 and G1.
   *
   * @param tooCold whether the hot end is too cold for the extruder to turn
   * @return the move, or null when nothing moves
   */
  @Nullable Move go(GcodeLine line, boolean tooCold) {
    if (line.hasValue('F')) {
      double feed = line.value('F', 0) * unitMm / 60;
      if (feed > 0) {
        feedMmS = feed;
      }
    }
    double[] to = new double[4];
    double extrudeMm = 0;
    for (int axis = 0; axis < 4; axis++) {
      char letter = LETTERS.charAt(axis);
      double was = logical[axis];
      double mm = was;
      if (line.hasValue(letter)) {
        double value = line.value(letter, 0) * unitMm;
        boolean adds = axis == Move.E ? extruderRelative : relative;
        mm = adds ? was + value : value;
      }
      if (axis == Move.E) {
        extrudeMm = mm - was;
        logical[axis] = mm;
      } else {
        double machine = mm - offset[axis];
        if (homed[axis]) {
          machine = Math.max(0, Math.min(travelMm[axis], machine));
        }
        to[axis] = machine;
        logical[axis] = machine + offset[axis];
      }
    }
    if (extrudeMm != 0 && tooCold) {
      say.accept("echo: cold extrusion prevented");
      extrudeMm = 0;
    } else if (Math.abs(extrudeMm) > LONGEST_EXTRUDE_MM) {
      say.accept("echo: too long extrusion prevented");
      extrudeMm = 0;
    }
    to[Move.E] = planner.position(Move.E) + extrudeMm * flowPercent / 100;
    return planner.add(to, feedMmS * feedPercent / 100);
  }

  /** G92. */
  void set(GcodeLine line) {
    boolean any = false;
    for (int axis = 0; axis < 4; axis++) {
      if (line.hasValue(LETTERS.charAt(axis))) {
        any = true;
        setLogical(axis, line.value(LETTERS.charAt(axis), 0) * unitMm);
      }
    }
    if (!any && line.text().length() <= 4) {
      for (int axis = 0; axis < 4; axis++) {
        setLogical(axis, 0);
      }
    }
  }

  private void setLogical(int axis, double mm) {
    if (axis != Move.E) {
      offset[axis] += mm - logical[axis];
    }
    logical[axis] = mm;
  }

  /** An axis has found its home at 0. */
  void home(int axis) {
    planner.moveOrigin(axis, 0);
    offset[axis] = 0;
    logical[axis] = 0;
    homed[axis] = true;
  }

  /** Motors off: nothing is known any more. */
  void lose() {
    Arrays.fill(homed, false);
  }

  /** After a quick stop: where the machine stands is where it is. */
  void fromPlanner() {
    for (int axis = 0; axis < 3; axis++) {
      logical[axis] = planner.position(axis) + offset[axis];
    }
  }

  /** What M114 says. */
  String report() {
    StringBuilder text = new StringBuilder();
    for (int axis = 0; axis < 4; axis++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%c:%.2f",
              axis == 0 ? "" : " ",
              LETTERS.charAt(axis),
              plain(logical[axis])));
    }
    text.append(" Count");
    for (int axis = 0; axis < 3; axis++) {
      text.append(String.format(Locale.ROOT, " %c:%d", LETTERS.charAt(axis), steps(axis)));
    }
    return text.toString();
  }

  boolean homed(int axis) {
    return homed[axis];
  }

  /** Where the program is, of x, y, z or filament, in its own coordinates, mm. */
  double logical(int axis) {
    return plain(logical[axis]);
  }

  /** Where a motor is. */
  long steps(int axis) {
    return Math.round(planner.position(axis) * Limits.STEPS_PER_MM[axis]);
  }

  /** No negative zero. */
  private static double plain(double mm) {
    return Math.abs(mm) < 0.005 ? 0 : mm;
  }
}
