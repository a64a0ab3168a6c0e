package dev.whorl.sim.firmware;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** M201 to M205, M503, M593 and M900: what is set, and what is said about it. */
final class Settings {

  private static final String LETTERS = "XYZE";

  private final Limits limits;
  private final Consumer<String> say;
  private double advanceS;
  private double shapingXHz;
  private double shapingYHz;

  Settings(Limits limits, Consumer<String> say) {
    this.limits = limits;
    this.say = say;
  }

  void maxAcceleration(GcodeLine line) {
    perAxis(line, limits.maxAccelMmS2);
  }

  /** Sets speeds of axes; {@code unit} is what the line's numbers are counted in, in mm/s. */
  void maxSpeed(GcodeLine line, double unit) {
    perAxis(line, limits.maxSpeedMmS, unit);
  }

  private static void perAxis(GcodeLine line, double[] values) {
    perAxis(line, values, 1);
  }

  private static void perAxis(GcodeLine line, double[] values, double unit) {
    for (int axis = 0; axis < 4; axis++) {
      double value = line.value(LETTERS.charAt(axis), 0) * unit;
      values[axis] = value > 0 ? value : values[axis];
    }
  }

  /** Sets the jumps of speed that axes may make; {@code unit} in mm/s. */
  void corners(GcodeLine line, double unit) {
    perAxis(line, limits.jerkMmS, unit);
  }

  /** Klipper's corner: the speed at which a right angle is taken. */
  void squareCornerMmS(double speed) {
    limits.squareCornerMmS = speed;
  }

  /** One acceleration for all moves. */
  void accelerationMmS2(double accel) {
    limits.printAccelMmS2 = accel;
    limits.travelAccelMmS2 = accel;
  }

  /** The fastest that the head may go. */
  void maxSpeedMmS(double speed) {
    limits.maxSpeedMmS[Move.X] = speed;
    limits.maxSpeedMmS[Move.Y] = speed;
  }

  /** Pressure advance. */
  void advanceS(double seconds) {
    advanceS = seconds;
  }

  /** Input shaping, 0 for none. */
  void shapingHz(double xHz, double yHz) {
    shapingXHz = xHz;
    shapingYHz = yHz;
  }

  void acceleration(GcodeLine line) {
    double both = line.value('S', 0);
    limits.printAccelMmS2 = positive(line.value('P', both), limits.printAccelMmS2);
    limits.travelAccelMmS2 = positive(line.value('T', both), limits.travelAccelMmS2);
    limits.retractAccelMmS2 = positive(line.value('R', 0), limits.retractAccelMmS2);
  }

  private static double positive(double value, double otherwise) {
    return value > 0 ? value : otherwise;
  }

  void corners(GcodeLine line) {
    limits.minPrintMmS = Math.max(0, line.value('S', limits.minPrintMmS));
    limits.minTravelMmS = Math.max(0, line.value('T', limits.minTravelMmS));
    if (limits.junctionDeviation) {
      double deviation = line.value('J', limits.junctionDeviationMm);
      if (deviation >= 0.01 && deviation <= 0.3) {
        limits.junctionDeviationMm = deviation;
      } else {
        say.accept("echo:?J out of range (0.01 to 0.3)");
      }
    } else {
      perAxis(line, limits.jerkMmS);
    }
  }

  /** M900; true when it changed. */
  boolean advance(GcodeLine line) {
    if (!line.hasValue('K')) {
      say.accept(String.format(Locale.ROOT, "Advance K=%.2f", advanceS));
      return false;
    }
    double k = line.value('K', 0);
    if (k < 0 || k > 10) {
      say.accept("echo:?K value out of range (0-10).");
      return false;
    }
    advanceS = k;
    return true;
  }

  double advanceS() {
    return advanceS;
  }

  /** M593; true when it changed. */
  boolean shaping(GcodeLine line) {
    if (!line.hasValue('F')) {
      say.accept(
          String.format(
              Locale.ROOT, "echo:  M593 X F%.2f\necho:  M593 Y F%.2f", shapingXHz, shapingYHz));
      return false;
    }
    double hz = Math.max(0, line.value('F', 0));
    boolean both = line.has('X') == line.has('Y');
    if (both || line.has('X')) {
      shapingXHz = hz;
    }
    if (both || line.has('Y')) {
      shapingYHz = hz;
    }
    return true;
  }

  double shapingXHz() {
    return shapingXHz;
  }

  double shapingYHz() {
    return shapingYHz;
  }

  /** M503. */
  void report() {
    String corners =
        limits.junctionDeviation
            ? String.format(Locale.ROOT, " J%.3f", limits.junctionDeviationMm)
            : axes(limits.jerkMmS);
    List.of(
            "; Linear Units:",
            "  G21 ; (mm)",
            "; Temperature Units:",
            "  M149 C ; Units in Celsius",
            "; Filament settings (Disabled):",
            "  M200 S0 D1.75",
            "; Steps per unit:",
            "  M92" + axes(Limits.STEPS_PER_MM),
            "; Max feedrates (units/s):",
            "  M203" + axes(limits.maxSpeedMmS),
            "; Max Acceleration (units/s2):",
            "  M201" + axes(limits.maxAccelMmS2),
            "; Acceleration (units/s2) (P<print-accel> R<retract-accel> T<travel-accel>):",
            String.format(
                Locale.ROOT,
                "  M204 P%.2f R%.2f T%.2f",
                limits.printAccelMmS2,
                limits.retractAccelMmS2,
                limits.travelAccelMmS2),
            "; Advanced:",
            String.format(
                Locale.ROOT,
                "  M205 B20000.00 S%.2f T%.2f%s",
                limits.minPrintMmS,
                limits.minTravelMmS,
                corners),
            "; Bed Leveling:",
            "  M420 S1 Z10.00",
            "; Linear Advance:",
            String.format(Locale.ROOT, "  M900 K%.2f", advanceS),
            "; Input Shaping:",
            String.format(Locale.ROOT, "  M593 X F%.2f", shapingXHz),
            String.format(Locale.ROOT, "  M593 Y F%.2f", shapingYHz))
        .forEach(line -> say.accept("echo:" + line));
  }

  private static String axes(double[] values) {
    StringBuilder text = new StringBuilder();
    for (int axis = 0; axis < 4; axis++) {
      text.append(String.format(Locale.ROOT, " %c%.2f", LETTERS.charAt(axis), values[axis]));
    }
    return text.toString();
  }
}
