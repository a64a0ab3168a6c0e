package dev.whorl.gcode;

import static dev.whorl.gcode.ToolpathWriter.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The standard coupon: a square whose top face shows what makes a printer recognisable.
 *
 * <p>The program's text is described by its comments, each on a line of its own; {@code ; feature
 * KIND NAME key=value...} opens a feature and all beads up to the next one belong to it. Motion
 * that pushes filament without going anywhere (after a retraction) belongs to none.
 */
public final class Coupon {
  /** The only kind there is yet. */
  public static final String STANDARD_1 = "standard-1";

  private static final double CLEAR_MM = 5;

  /** Warm enough to soften what hangs from the nozzle, too cold to ooze while z is probed. */
  private static final int STANDBY_C = 150;

  /** Half: enough to keep small features crisp, not enough to lift a corner. */
  private static final int FAN = 128;

  private final CouponProfile profile;
  private final CouponLayout layout;

  private Coupon(CouponProfile profile) {
    this.profile = profile;
    layout = new CouponLayout(profile.nozzleMm());
  }

  /**
   * The coupon {@code standard-1} for a printer.
   *
   * @throws CouponRefused if it cannot be printed safely with this profile
   */
  public static Coupon standard1(CouponProfile profile) {
    ProgramCheck.profile(profile);
    return new Coupon(profile);
  }

  /**
   * The program for a slot.
   *
   * @param slotXMm x of the coupon's lower left corner, machine coordinates
   * @param slotYMm y of the same
   * @throws CouponRefused if any line of it would leave the bed or break another limit
   */
  public Program program(double slotXMm, double slotYMm) {
    ProgramCheck.slot(profile, slotXMm, slotYMm);
    List<ProgramLine> body = body(slotXMm, slotYMm);
    List<ToolMove> moves = ProgramReader.moves(body, profile.homeXyMm());
    double estimateS = MotionEstimate.seconds(moves);
    String couponId = couponId();
    List<ProgramLine> lines = new ArrayList<>();
    for (String header : header(couponId, slotXMm, slotYMm, estimateS)) {
      lines.add(new ProgramLine("; " + header, Purpose.SETUP));
    }
    lines.addAll(body);
    ProgramCheck.lines(profile, lines);
    return new Program(couponId, slotXMm, slotYMm, lines, estimateS, bounds(moves));
  }

  private List<String> header(String couponId, double slotXMm, double slotYMm, double estimateS) {
    return List.of(
        "whorl coupon " + couponId,
        "whorl printer " + profile.printerId(),
        format("whorl slot %.3f %.3f", slotXMm, slotYMm),
        format("whorl size %.3f %.3f", CouponLayout.SIZE_MM, CouponLayout.SIZE_MM),
        format("whorl line %.4f %.4f", layout.pitchMm, layout.heightMm),
        format("whorl nozzle %.3f", profile.nozzleMm()),
        format(
            "whorl kinematics %s %.3f %.3f",
            profile.kinematics().label(), profile.pulleyMm().get(0), profile.pulleyMm().get(1)),
        format(
            "whorl markers 5X5_1000 version=%d short=%d",
            ShortId.VERSION, ShortId.of(profile.printerId()).value()),
        format("whorl estimate-s %.0f", estimateS));
  }

  private List<ProgramLine> body(double slotXMm, double slotYMm) {
    ToolpathWriter writer = new ToolpathWriter(slotXMm, slotYMm);
    start(writer);
    writer.purpose(Purpose.PRIME);
    Prime.write(writer, layout, profile, slotXMm, slotYMm);
    writer.purpose(Purpose.PRINT);
    coupon(writer);
    writer.purpose(Purpose.PARK);
    Park.write(writer, profile, 3 * layout.heightMm);
    writer.purpose(Purpose.COOL);
    List.of("M104 S0", "M140 S0", "M107").forEach(writer::wire);
    owned(profile.endGcode()).forEach(writer::wire);
    return writer.lines();
  }

  private void start(ToolpathWriter writer) {
    List.of("G21", "G90", "M83", "M107").forEach(writer::wire);
    writer.purpose(Purpose.HEAT);
    if (profile.bedC() > 0) {
      writer.wire(format("M140 S%.0f", profile.bedC()));
    }
    writer.wire(format("M104 S%d", STANDBY_C));
    if (profile.bedC() > 0) {
      writer.wire(format("M190 S%.0f", profile.bedC()));
    }
    writer.purpose(Purpose.HOME);
    writer.wire("G28");
    writer.purpose(Purpose.SETUP);
    owned(profile.startGcode()).forEach(writer::wire);
    // Everything that shapes motion and flow, whatever the owner's lines or the last host left.
    List.of(
            "G21",
            "G90",
            "M83",
            "G92 E0",
            "M220 S100",
            "M221 S100",
            "M205 X10 Y10 Z0.4 E5",
            "M593 F0",
            "M900 K0")
        .forEach(writer::wire);
    Acceleration.GENTLE.lines().forEach(writer::wire);
    writer.isAt(profile.homeXyMm().get(0), profile.homeXyMm().get(1), 0);
    writer.height(CLEAR_MM);
    writer.purpose(Purpose.HEAT);
    writer.wire(format("M104 S%.0f", profile.nozzleC()));
    writer.wire(format("M109 S%.0f", profile.nozzleC()));
  }

  private void coupon(ToolpathWriter writer) {
    for (int layer = 0; layer < 2; layer++) {
      writer.layer((layer + 1) * layout.heightMm, false);
      if (layer == 1) {
        writer.wire("M106 S" + FAN);
      }
      Base.write(writer, layout, layer);
    }
    writer.layer(3 * layout.heightMm, true);
    Markers.write(writer, layout, ShortId.of(profile.printerId()));
    RasterStrips.write(writer, layout, profile.kinematics());
    Acceleration.HARD.lines().forEach(writer::wire);
    IsolatedBeads.write(writer, layout, profile.kinematics());
    RingingCorners.write(writer, layout);
    Acceleration.GENTLE.lines().forEach(writer::wire);
    NozzleCompass.write(writer, layout);
  }

  /** The owner's lines as they are sent: without comments and blank lines. */
  private static List<String> owned(String gcode) {
    return gcode
        .lines()
        .map(line -> line.contains(";") ? line.substring(0, line.indexOf(';')) : line)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private String couponId() {
    String wire =
        body(0, 0).stream()
            .filter(line -> !line.isComment())
            .map(line -> line.text() + "\n")
            .collect(Collectors.joining());
    return STANDARD_1
        + ":"
        + HexFormat.of().formatHex(ShortId.sha256(wire.getBytes(StandardCharsets.UTF_8)));
  }

  private static BoxMm bounds(List<ToolMove> moves) {
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (ToolMove move : moves) {
      if (move.isBead()) {
        low[0] = Math.min(low[0], Math.min(move.from().x(), move.to().x()));
        low[1] = Math.min(low[1], Math.min(move.from().y(), move.to().y()));
        high[0] = Math.max(high[0], Math.max(move.from().x(), move.to().x()));
        high[1] = Math.max(high[1], Math.max(move.from().y(), move.to().y()));
      }
    }
    return new BoxMm(low[0], low[1], high[0], high[1]);
  }
}
