package dev.whorl.gcode;

import static dev.whorl.gcode.ToolpathWriter.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Shakes the frame along X or Y, from low to high frequency, for an accelerometer to listen:
 * nothing is heated and nothing extruded.
 *
 * <p>The pulses are those of Klipper's {@code resonance_tester.py}: there and back about a point,
 * each quarter of a period at a constant acceleration that grows with the frequency, so that the
 * speed in the middle is always the same. With an acceleration a at a frequency f the head goes a /
 * (32 f^2) to either side and is a / (4 f) fast in the middle.
 */
public final class Chirp {
  /** The only kind there is. */
  public static final String CHIRP_1 = "chirp-1";

  static final int LOWEST_HZ = 10;

  /** Beyond it a serial port brings the moves too late, two for every period. */
  static final int HIGHEST_HZ = 110;

  /** Klipper's default since 2024, which shakes less than the 75 of before. */
  static final double ACCELERATION_PER_HZ_MM_S2 = 60;

  /** Slow enough for a lightly damped frame to answer: so long for every hertz. */
  private static final double S_PER_HZ = 0.5;

  /** Above clips and what may lie on the bed. */
  private static final double HEIGHT_MM = 20;

  private static final double TRAVEL_MM_S = 100;

  private Chirp() {}

  /**
   * The program for a printer.
   *
   * @param axis {@code x} or {@code y}
   * @throws CouponRefused where it does not fit within travel, or the keep-outs leave no room for
   *     it
   */
  public static Program program(CouponProfile profile, char axis) {
    ProgramCheck.profile(profile);
    double heightMm = Math.min(HEIGHT_MM, profile.travelMm().get(2) / 2);
    double xMm = profile.printableMm(0) / 2;
    double yMm = profile.printableMm(1) / 2;
    List<ProgramLine> lines = new ArrayList<>();
    start(lines, profile, heightMm, xMm, yMm);
    // The turns come to a stop here, which the estimate of a coupon does not reckon with.
    double estimateS = MotionEstimate.seconds(ProgramReader.moves(lines, profile.homeXyMm()));
    add(lines, Purpose.PRINT, "; feature chirp " + axis);
    for (int hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz++) {
      shake(lines, axis == 'x' ? 'X' : 'Y', axis == 'x' ? xMm : yMm, hz);
      estimateS += (double) periods(hz) / hz;
    }
    add(lines, Purpose.PRINT, "M400");
    ProgramCheck.lines(profile, lines);
    double sideXMm = axis == 'x' ? reachMm(LOWEST_HZ) : 0;
    double sideYMm = axis == 'x' ? 0 : reachMm(LOWEST_HZ);
    return new Program(
        CHIRP_1 + ":" + digest(lines),
        xMm,
        yMm,
        lines,
        estimateS,
        new BoxMm(xMm - sideXMm, yMm - sideYMm, xMm + sideXMm, yMm + sideYMm));
  }

  private static void start(
      List<ProgramLine> lines, CouponProfile profile, double heightMm, double xMm, double yMm) {
    add(lines, Purpose.SETUP, "G21", "G90", "M83");
    add(lines, Purpose.HOME, "G28");
    // No shaping, which would take away what is listened for; no step of speed at the turns, which
    // would make another wave of it (junction deviation takes a reversal at no speed by itself).
    add(lines, Purpose.SETUP, "M220 S100", "M593 F0", "M205 X1 Y1", "M205 J0.010");
    double low = Acceleration.TRAVEL_MM_S2;
    add(lines, Purpose.SETUP, format("M204 P%.0f T%.0f", low, low));
    add(lines, Purpose.SETUP, format("G1 Z%.3f F600", heightMm));
    List<double[]> way =
        KeepoutRoute.around(
            profile, profile.homeXyMm().get(0), profile.homeXyMm().get(1), xMm, yMm);
    for (double[] point : way) {
      add(
          lines,
          Purpose.SETUP,
          format("G1 X%.3f Y%.3f F%.0f", point[0], point[1], TRAVEL_MM_S * 60));
    }
  }

  /** The lines of one frequency. */
  private static void shake(List<ProgramLine> lines, char axis, double middleMm, int hz) {
    double mmS2 = accelerationMmS2(hz);
    double reachMm = reachMm(hz);
    add(lines, Purpose.PRINT, format("M204 P%.0f T%.0f", mmS2, mmS2));
    // A limit of speed that the pulses never reach: their shape is the acceleration's alone.
    String first = format(" F%.0f", TRAVEL_MM_S * 60);
    for (int i = 0; i < periods(hz); i++) {
      add(
          lines,
          Purpose.PRINT,
          format("G1 %s%.3f%s", axis, middleMm + reachMm, i == 0 ? first : ""),
          format("G1 %s%.3f", axis, middleMm - reachMm));
    }
    add(lines, Purpose.PRINT, format("G1 %s%.3f", axis, middleMm));
  }

  private static int periods(int hz) {
    return (int) Math.ceil(hz * S_PER_HZ);
  }

  /** No more than the coupon's own hardest: what every printer that prints one can do. */
  static double accelerationMmS2(int hz) {
    return Math.min(ACCELERATION_PER_HZ_MM_S2 * hz, Acceleration.HARD.mmS2());
  }

  /** How far the head goes to either side. */
  static double reachMm(int hz) {
    return accelerationMmS2(hz) / (32.0 * hz * hz);
  }

  private static void add(List<ProgramLine> lines, Purpose purpose, String... texts) {
    for (String text : texts) {
      lines.add(new ProgramLine(text, purpose));
    }
  }

  private static String digest(List<ProgramLine> lines) {
    StringBuilder text = new StringBuilder();
    lines.stream()
        .filter(line -> !line.isComment())
        .forEach(l -> text.append(l.text()).append('\n'));
    byte[] sha = ShortId.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha);
  }
}
