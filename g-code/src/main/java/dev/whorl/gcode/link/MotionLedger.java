package dev.whorl.gcode.link;

import dev.whorl.gcode.GcodeWords;
import java.util.Arrays;

/**
 * Follows where the commands sent so far take the printer, as far as that is known, so that a
 * position read back tells whether the last of them was done. X, Y, Z and E in mm; what is not
 * known is NaN.
 */
final class MotionLedger {

  /** What a position says about the last command. */
  enum Verdict {
    DONE,
    NOT_DONE,
    /** Neither where it was nor where it should be: a digit is damaged. */
    NEITHER,
    /** The command moves nothing, or from where to is not known. */
    SILENT
  }

  /** A firmware prints thousandths of a mm, of E some print tenths. */
  private static final double SAME_MM = 0.0015;

  private static final double MOVED_MM = 0.004;
  private static final String AXES = "XYZE";
  private static final int E = 3;

  private double[] now = unknown();
  private double[] before = unknown();
  private boolean harmless = true;
  private boolean inches;

  /** As every firmware starts. Where it is not so, the position read back fits nothing. */
  private boolean absolute = true;

  private boolean absoluteE = true;

  private static double[] unknown() {
    double[] at = new double[AXES.length()];
    Arrays.fill(at, Double.NaN);
    return at;
  }

  /** The printer may have been moved by others: nothing is known. */
  void forget() {
    now = unknown();
    before = unknown();
    inches = false;
    absolute = true;
    absoluteE = true;
    harmless = true;
  }

  /** Where the printer says it is. */
  void at(Position position) {
    now = new double[] {position.xMm(), position.yMm(), position.zMm(), position.eMm()};
    before = now.clone();
  }

  /** A command is sent. */
  void sent(String command) {
    before = now.clone();
    GcodeWords words = GcodeWords.of(command);
    String code = words.command();
    switch (code) {
      case "G0", "G1", "G2", "G3" -> move(words);
      case "G90", "G91" -> {
        absolute = code.equals("G90");
        // RepRapFirmware leaves E to M82 and M83.
        harmless = true;
      }
      case "M82", "M83" -> {
        absoluteE = code.equals("M82");
        harmless = true;
      }
      case "G92" -> {
        for (int axis = 0; axis < now.length; axis++) {
          double value = words.get(AXES.charAt(axis), Double.NaN);
          now[axis] = Double.isNaN(value) ? now[axis] : value;
        }
        harmless = true;
      }
      case "G28", "G29", "G30", "G32" -> {
        Arrays.fill(now, 0, E, Double.NaN);
        harmless = true;
      }
      case "G10", "G11" -> {
        now[E] = Double.NaN;
        harmless = true;
      }
      case "G20", "G21" -> {
        // Positions come in millimetres: nothing is followed while inches are said.
        inches = code.equals("G20");
        now = inches ? unknown() : now;
        harmless = true;
      }
      case "G4", "G17", "G18", "G19", "G53", "G54" -> harmless = true;
      case "M98", "M120", "M121", "M290", "M32", "M24", "M25", "M26", "M600", "M226" -> {
        now = unknown();
        harmless = false;
      }
      // Settings, mostly: M104 twice is M104. A tool change may run macros that move.
      default -> harmless = code.startsWith("M");
    }
  }

  private void move(GcodeWords words) {
    boolean twiceIsOnce = true;
    for (int axis = 0; axis < now.length; axis++) {
      double value = words.get(AXES.charAt(axis), Double.NaN);
      if (Double.isNaN(value)) {
        continue;
      }
      boolean to = axis == E ? absoluteE : absolute;
      twiceIsOnce &= to || value == 0;
      now[axis] = inches ? Double.NaN : to ? value : now[axis] + value;
    }
    harmless = twiceIsOnce;
  }

  /** Whether doing the last command twice is the same as doing it once. */
  boolean harmlessTwice() {
    return harmless;
  }

  /** Whether a position can tell. */
  boolean tells() {
    for (int axis = 0; axis < now.length; axis++) {
      if (Math.abs(now[axis] - before[axis]) >= MOVED_MM) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last command was done, by where the printer is. */
  Verdict judge(Position position) {
    if (!tells()) {
      return Verdict.SILENT;
    }
    double[] is = {position.xMm(), position.yMm(), position.zMm(), position.eMm()};
    if (agrees(is, now)) {
      return agrees(is, before) ? Verdict.SILENT : Verdict.DONE;
    }
    return agrees(is, before) ? Verdict.NOT_DONE : Verdict.NEITHER;
  }

  private boolean agrees(double[] is, double[] should) {
    for (int axis = 0; axis < is.length; axis++) {
      // An axis that does not move tells nothing, and E may be counted otherwise.
      boolean moves = Math.abs(now[axis] - before[axis]) >= MOVED_MM;
      if (moves && Math.abs(is[axis] - should[axis]) > SAME_MM) {
        return false;
      }
    }
    return true;
  }
}
