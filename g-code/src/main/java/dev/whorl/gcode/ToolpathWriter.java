package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the lines of a program, and keeps track of where the nozzle is. */
final class ToolpathWriter {
  /** Diameter of filament; 1.75 mm is what every printer this coupon is for takes. */
  static final double FILAMENT_MM = 1.75;

  static final double FILAMENT_MM2 = Math.PI * FILAMENT_MM * FILAMENT_MM / 4;

  /** Travel beyond this would leave a string. */
  private static final double LONG_TRAVEL_MM = 2;

  private static final double RETRACT_MM = 0.8;
  private static final double RETRACT_MM_S = 35;
  private static final double HOP_MM = 0.4;
  private static final double TRAVEL_MM_S = 150;
  private static final double Z_MM_S = 10;

  private final double slotXMm;
  private final double slotYMm;
  private final List<ProgramLine> lines = new ArrayList<>();
  private Purpose purpose = Purpose.SETUP;
  private double xMm;
  private double yMm;
  private double zMm;
  private double surfaceMm;
  private boolean hops;
  private boolean retracted;

  ToolpathWriter(double slotXMm, double slotYMm) {
    this.slotXMm = slotXMm;
    this.slotYMm = slotYMm;
  }

  List<ProgramLine> lines() {
    return lines;
  }

  /** What the lines from here on are for. */
  void purpose(Purpose purpose) {
    this.purpose = purpose;
  }

  void wire(String line) {
    lines.add(new ProgramLine(line, purpose));
  }

  void comment(String text) {
    lines.add(new ProgramLine("; " + text, purpose));
  }

  /** Begins a feature; what follows belongs to it. */
  void feature(String kindNameAndKeys) {
    comment("feature " + kindNameAndKeys);
  }

  /** Tells where the head is, in machine coordinates, after homing. */
  void isAt(double machineXMm, double machineYMm, double zMm) {
    xMm = machineXMm - slotXMm;
    yMm = machineYMm - slotYMm;
    this.zMm = zMm;
  }

  double machineXMm() {
    return xMm + slotXMm;
  }

  double machineYMm() {
    return yMm + slotYMm;
  }

  double couponX(double machineXMm) {
    return machineXMm - slotXMm;
  }

  double couponY(double machineYMm) {
    return machineYMm - slotYMm;
  }

  /**
   * Goes on at another height.
   *
   * @param surfaceMm what must not be scraped lies up to here
   * @param hops whether long travels are lifted off it
   */
  void layer(double surfaceMm, boolean hops) {
    this.surfaceMm = surfaceMm;
    this.hops = hops;
    height(surfaceMm);
  }

  /** Moves the nozzle to a height, where it is. */
  void height(double z) {
    if (z != zMm) {
      zMm = z;
      wire(format("G1 Z%.3f F%d", z, feed(Z_MM_S)));
    }
  }

  /** Goes to a place in coupon coordinates without extruding. */
  void travelTo(double x, double y) {
    double lengthMm = Math.hypot(x - xMm, y - yMm);
    if (lengthMm < 1e-6) {
      return;
    }
    double workMm = zMm;
    boolean longWay = lengthMm > LONG_TRAVEL_MM;
    if (longWay) {
      retract();
      if (hops) {
        height(surfaceMm + HOP_MM);
      }
    }
    move(x, y);
    height(workMm);
  }

  /** Goes straight to a place in coupon coordinates, at the height the nozzle has. */
  void move(double x, double y) {
    place(x, y);
    wire(format("G1 X%.3f Y%.3f F%d", machineXMm(), machineYMm(), feed(TRAVEL_MM_S)));
  }

  /**
   * Extrudes on the way to a place in coupon coordinates.
   *
   * @param areaMm2 of the bead's cross-section
   */
  void extrudeTo(double x, double y, double speedMmS, double areaMm2) {
    unretract();
    double filamentMm = Math.hypot(x - xMm, y - yMm) * areaMm2 / FILAMENT_MM2;
    place(x, y);
    wire(
        format("G1 X%.3f Y%.3f E%.5f F%d", machineXMm(), machineYMm(), filamentMm, feed(speedMmS)));
  }

  /** Draws one bead from end to end. */
  void bead(RasterFill.Line line, double speedMmS, double areaMm2) {
    travelTo(line.x0(), line.y0());
    extrudeTo(line.x1(), line.y1(), speedMmS, areaMm2);
  }

  void retract() {
    if (!retracted) {
      retracted = true;
      wire(format("G1 E%.3f F%d", -RETRACT_MM, feed(RETRACT_MM_S)));
    }
  }

  private void unretract() {
    if (retracted) {
      retracted = false;
      wire(format("G1 E%.3f F%d", RETRACT_MM, feed(RETRACT_MM_S)));
    }
  }

  private void place(double x, double y) {
    xMm = x;
    yMm = y;
  }

  private static int feed(double mmS) {
    return (int) Math.round(mmS * 60);
  }

  /** Numbers as a printer reads them, whatever the language of the machine this runs on. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
