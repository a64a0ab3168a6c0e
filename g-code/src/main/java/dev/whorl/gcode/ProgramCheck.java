package dev.whorl.gcode;

import static dev.whorl.gcode.ToolpathWriter.format;

import dev.whorl.gcode.ToolMove.PointMm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says everything that is wrong with a profile, a slot or a program, one line each: what, where,
 * what to do. The program's lines are read back as the printer would read them, so that the owner's
 * own lines are held to the same limits as the generator's.
 */
final class ProgramCheck {
  private static final double NOZZLE_LOW_MM = 0.3;
  private static final double NOZZLE_HIGH_MM = 0.6;

  /** PLA does not flow below; PTFE liners and most thermistors do not last above. */
  private static final double NOZZLE_LOW_C = 170;

  private static final double NOZZLE_HIGH_C = 300;
  private static final double BED_HIGH_C = 120;

  /** A 6-tooth to a 60-tooth pulley for a 2 mm belt; 20 teeth are usual. */
  private static final double PULLEY_LOW_MM = 12;

  private static final double PULLEY_HIGH_MM = 120;

  /** What a common 40 W hotend melts through a 0.4 mm nozzle; in proportion for others. */
  private static final double FLOW_MM3_S = 11;

  private static final double BED_HIGH_MM = 2000;
  private static final double FILAMENT_MM = 2000;
  private static final double RETRACTION_MM = 10;
  private static final double SPEED_MM_S = 300;

  /** Marlin's MAX_CMD_SIZE is 96, of which number and checksum take up to 12. */
  private static final int LINE_CHARACTERS = 80;

  /** Motions whose way the check can follow, and what moves nothing. */
  private static final Set<String> KNOWN_G =
      Set.of("G0", "G1", "G4", "G10", "G11", "G21", "G28", "G29", "G90", "G91", "G92");

  /** What homes or probes. */
  private static final Set<String> HOMING = Set.of("G28", "G29", "G30", "G33", "G34", "G35", "G76");

  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("M0", "waits for a person"),
          Map.entry("M1", "waits for a person"),
          Map.entry("M18", "lets the axes slip"),
          Map.entry("M23", "prints from the card"),
          Map.entry("M24", "prints from the card"),
          Map.entry("M28", "writes to the card"),
          Map.entry("M30", "deletes from the card"),
          Map.entry("M32", "prints from the card"),
          Map.entry("M81", "turns the printer off"),
          Map.entry("M84", "lets the axes slip"),
          Map.entry("M92", "changes the steps per mm"),
          Map.entry("M108", "ends the wait for heat"),
          Map.entry("M112", "halts the printer"),
          Map.entry("M302", "allows cold extrusion"),
          Map.entry("M303", "tunes a heater"),
          Map.entry("M410", "stops without a plan"),
          Map.entry("M500", "overwrites the printer's settings"),
          Map.entry("M501", "changes the printer's settings"),
          Map.entry("M502", "resets the printer's settings"),
          Map.entry("M504", "checks the printer's settings, which takes the line"),
          Map.entry("M524", "aborts a print"),
          Map.entry("M600", "waits for a person"),
          Map.entry("M997", "updates the firmware"),
          Map.entry("M999", "restarts the printer"));

  private final CouponProfile profile;

  /** Problems by kind and line of origin; of each kind only the first is told. */
  private final Map<String, String> problems = new LinkedHashMap<>();

  private ProgramCheck(CouponProfile profile) {
    this.profile = profile;
  }

  /**
   * @throws CouponRefused with everything that is wrong with the profile
   */
  static void profile(CouponProfile profile) {
    ProgramCheck check = new ProgramCheck(profile);
    check.profile();
    check.conclude();
  }

  /**
   * @throws CouponRefused with everything that is wrong with the slot; the profile is sound
   */
  static void slot(CouponProfile profile, double xMm, double yMm) {
    ProgramCheck check = new ProgramCheck(profile);
    check.slot(xMm, yMm);
    check.conclude();
  }

  /**
   * @throws CouponRefused with everything that is wrong with the lines; the profile is sound
   */
  static void lines(CouponProfile profile, List<ProgramLine> lines) {
    ProgramCheck check = new ProgramCheck(profile);
    check.commands(lines);
    check.moves(lines, ProgramReader.moves(lines, profile.homeXyMm()));
    check.conclude();
  }

  private void conclude() {
    if (!problems.isEmpty()) {
      throw new CouponRefused(List.copyOf(problems.values()));
    }
  }

  private void refuse(String kind, String format, Object... values) {
    problems.putIfAbsent(kind, "coupon: " + format(format, values));
  }

  private void within(String what, double value, double low, double high, String advice) {
    if (!(value >= low && value <= high)) {
      refuse(
          what,
          "%s is %s, must be %s to %s: %s",
          what,
          plain(value),
          plain(low),
          plain(high),
          advice);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? format("%.0f", value) : "" + value;
  }

  private void profile() {
    if (!profile.kind().equals(Coupon.STANDARD_1)) {
      refuse("kind", "kind '%s' is unknown, use '%s'", profile.kind(), Coupon.STANDARD_1);
    }
    if (!profile.printerId().matches("[a-z0-9][a-z0-9-]{0,31}")) {
      refuse(
          "id",
          "printer id '%s' must be 1 to 32 of a-z, 0-9 and '-', rename the printer",
          profile.printerId());
    }
    within("nozzle_mm", profile.nozzleMm(), NOZZLE_LOW_MM, NOZZLE_HIGH_MM, "give the bore fitted");
    within(
        "nozzle_c", profile.nozzleC(), NOZZLE_LOW_C, NOZZLE_HIGH_C, "give what the filament needs");
    within("bed_c", profile.bedC(), 0, BED_HIGH_C, "give what the filament needs");
    pulleys();
    sizes();
    rectangles();
    owned("start_gcode", profile.startGcode());
    owned("end_gcode", profile.endGcode());
  }

  private void pulleys() {
    String advice = "give the belt travel of one motor turn, 40 with 20 teeth";
    within("pulley_mm[0]", profile.pulleyMm().get(0), PULLEY_LOW_MM, PULLEY_HIGH_MM, advice);
    within("pulley_mm[1]", profile.pulleyMm().get(1), PULLEY_LOW_MM, PULLEY_HIGH_MM, advice);
    if (profile.kinematics() == Kinematics.COREXY
        && !profile.pulleyMm().get(0).equals(profile.pulleyMm().get(1))) {
      refuse("pulleys", "pulley_mm differ on a corexy, whose motors need the same, mend one");
    }
  }

  private void sizes() {
    for (int axis = 0; axis < 2; axis++) {
      String size = "give the printer's size";
      within("bed_mm[" + axis + "]", profile.bedMm().get(axis), 1, BED_HIGH_MM, size);
      within("travel_mm[" + axis + "]", profile.travelMm().get(axis), 1, BED_HIGH_MM, size);
      within(
          "home_xy_mm[" + axis + "]",
          profile.homeXyMm().get(axis),
          0,
          profile.travelMm().get(axis),
          "give where z is probed, within travel");
    }
    within("travel_mm[2]", profile.travelMm().get(2), 10, BED_HIGH_MM, "give the printer's height");
    double across = CouponLayout.SIZE_MM;
    double along = CouponLayout.SIZE_MM + Prime.REACH_MM;
    if (problems.isEmpty()
        && (Math.min(profile.printableMm(0), profile.printableMm(1)) < across
            || Math.max(profile.printableMm(0), profile.printableMm(1)) < along)) {
      refuse(
          "small",
          "bed and travel leave %s x %s mm, the coupon with its prime line needs %s x %s: use a"
              + " larger bed",
          plain(profile.printableMm(0)),
          plain(profile.printableMm(1)),
          plain(across),
          plain(along));
    }
  }

  private void rectangles() {
    for (List<Double> r : profile.keepoutMm()) {
      // NaN fails the comparison as well.
      if (!(r.get(0) < r.get(2) && r.get(1) < r.get(3))
          || r.stream().anyMatch(value -> Double.isInfinite(value))) {
        refuse(
            "keepout",
            "keepout_mm %s is no rectangle, give [x0, y0, x1, y1] with x0 < x1, y0 < y1",
            r);
      }
    }
  }

  private void owned(String where, String gcode) {
    for (String line : gcode.split("\\R")) {
      String bare = line.contains(";") ? line.substring(0, line.indexOf(';')) : line;
      if (!bare.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
        refuse(
            where + "ascii",
            "%s: '%s' has characters a printer cannot read, remove them",
            where,
            bare.strip());
      } else if (bare.matches("(?i)\\s*N\\d.*") || bare.contains("*")) {
        refuse(
            where + "number",
            "%s: '%s' has a line number or checksum, remove it",
            where,
            bare.strip());
      } else if (bare.contains("(")) {
        refuse(
            where + "bracket",
            "%s: '%s' has a comment in brackets, use a semicolon",
            where,
            bare.strip());
      } else if (bare.strip().length() > LINE_CHARACTERS) {
        refuse(
            where + "long",
            "%s: '%s...' is longer than %d characters, shorten it",
            where,
            bare.strip().substring(0, 20),
            LINE_CHARACTERS);
      }
    }
  }

  private void slot(double xMm, double yMm) {
    if (!Double.isFinite(xMm) || !Double.isFinite(yMm)) {
      refuse("slot", "slot [%s, %s] is no place, give x and y in mm", xMm, yMm);
      return;
    }
    BoxMm coupon = new BoxMm(xMm, yMm, xMm + CouponLayout.SIZE_MM, yMm + CouponLayout.SIZE_MM);
    BoxMm bed = new BoxMm(0, 0, profile.printableMm(0), profile.printableMm(1));
    String where = "slot [" + plain(xMm) + ", " + plain(yMm) + "]";
    if (!bed.contains(coupon)) {
      refuse(
          "slot",
          "%s: the coupon would reach to [%s, %s] on a bed of %s x %s mm within travel, move the slot",
          where,
          plain(coupon.x1()),
          plain(coupon.y1()),
          plain(bed.x1()),
          plain(bed.y1()));
      return;
    }
    for (BoxMm keepout : KeepoutRoute.keepouts(profile)) {
      if (keepout.overlaps(coupon)) {
        refuse(
            "slot",
            "%s: the coupon would lie in keepout_mm [%s, %s, %s, %s], move the slot",
            where,
            plain(keepout.x0()),
            plain(keepout.y0()),
            plain(keepout.x1()),
            plain(keepout.y1()));
      }
    }
    if (problems.isEmpty() && !Prime.fits(profile, xMm, yMm)) {
      refuse(
          "prime", "%s: no side of the coupon has room for the prime line, move the slot", where);
    }
  }

  private void commands(List<ProgramLine> lines) {
    int firstBead = Integer.MAX_VALUE;
    for (ToolMove move : ProgramReader.moves(lines, profile.homeXyMm())) {
      if (move.isBead()) {
        firstBead = Math.min(firstBead, move.lineIndex());
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isComment()) {
        command(lines.get(i).text(), i, i > firstBead);
      }
    }
    heatersEndOff(lines);
  }

  private void command(String line, int index, boolean printing) {
    GcodeWords words = GcodeWords.of(line);
    String command = words.command();
    String where = "line " + (index + 1) + " '" + line + "'";
    if (command.isEmpty()) {
      refuse("empty " + line, "%s is no command, remove it", where);
      return;
    }
    String forbidden = FORBIDDEN.get(command);
    if (forbidden != null) {
      refuse(command, "%s %s, remove it", where, forbidden);
    }
    if (printing && HOMING.contains(command)) {
      refuse("homing", "%s homes or probes over the coupon, move it to start_gcode", where);
    } else if (command.startsWith("G") && !KNOWN_G.contains(command)) {
      refuse(command, "%s moves where it cannot be checked, use G0 and G1 in mm", where);
    }
    if (command.equals("G92") && (words.has('X') || words.has('Y') || words.has('Z'))) {
      refuse("G92", "%s shifts the coordinates, remove it", where);
    }
    if (command.startsWith("T") && !command.equals("T0")) {
      refuse("tool", "%s changes the tool, only T0 is measured, remove it", where);
    }
    switch (command) {
      case "M104", "M109" -> heat(where, words, NOZZLE_HIGH_C);
      case "M140", "M190" -> heat(where, words, BED_HIGH_C);
      default -> {
        // no heater
      }
    }
    boolean mode =
        command.equals("G28") || command.startsWith("M117") || command.startsWith("M118");
    if (!mode
        && words.values().values().stream().anyMatch(value -> value.isNaN())
        && (command.equals("G0") || command.equals("G1"))) {
      refuse("number", "%s has a letter without a number, add it", where);
    }
  }

  private void heat(String where, GcodeWords words, double highC) {
    double target = Math.max(words.get('S', 0), words.get('R', 0));
    if (!(target >= 0 && target <= highC)) {
      refuse("heat " + where, "%s heats beyond 0 to %s C, lower it", where, plain(highC));
    }
  }

  private void heatersEndOff(List<ProgramLine> lines) {
    double[] target = {0, 0};
    for (ProgramLine line : lines) {
      GcodeWords words = GcodeWords.of(line.text());
      switch (words.command()) {
        case "M104", "M109" -> target[0] = Math.max(words.get('S', 0), words.get('R', 0));
        case "M140", "M190" -> target[1] = Math.max(words.get('S', 0), words.get('R', 0));
        default -> {
          // no heater
        }
      }
    }
    if (target[0] != 0 || target[1] != 0) {
      refuse("off", "end_gcode leaves a heater on, remove M104, M109, M140 and M190 from it");
    }
  }

  private void moves(List<ProgramLine> lines, List<ToolMove> moves) {
    List<BoxMm> keepouts = KeepoutRoute.keepouts(profile);
    int homed = first(lines, "G28");
    int hot = first(lines, "M109");
    double flowLimit = FLOW_MM3_S * profile.nozzleMm() / 0.4;
    double filamentMm = 0;
    for (ToolMove move : moves) {
      String where =
          "line " + (move.lineIndex() + 1) + " '" + lines.get(move.lineIndex()).text() + "'";
      if (move.lineIndex() < homed && move.lengthMm() > 0) {
        refuse("homed", "%s moves before the axes are homed, remove it", where);
      }
      bounds(where, move);
      if (!KeepoutRoute.isFree(
          keepouts, move.from().x(), move.from().y(), move.to().x(), move.to().y())) {
        refuse("keepout", "%s goes through keepout_mm, move the slot or home_xy_mm", where);
      }
      if (!(move.speedMmS() > 0 && move.speedMmS() <= SPEED_MM_S)) {
        refuse(
            "speed",
            "%s asks for %s mm/s, give up to %s",
            where,
            plain(move.speedMmS()),
            plain(SPEED_MM_S));
      }
      if (move.filamentMm() > 0 && move.lineIndex() < hot) {
        refuse("cold", "%s extrudes before the nozzle is hot, remove it", where);
      }
      flow(where, move, flowLimit);
      filamentMm += move.filamentMm();
    }
    if (!(filamentMm <= FILAMENT_MM)) {
      refuse(
          "filament",
          "the program would push %s mm of filament, no more than %s are sensible",
          plain(filamentMm),
          plain(FILAMENT_MM));
    }
  }

  private void bounds(String where, ToolMove move) {
    PointMm to = move.to();
    double[] place = {to.x(), to.y(), to.z()};
    for (int axis = 0; axis < 3; axis++) {
      if (!(place[axis] >= 0 && place[axis] <= profile.travelMm().get(axis))) {
        refuse("travel", "%s goes beyond travel_mm, move the slot", where);
      }
    }
    if (move.isBead()
        && !(to.x() <= profile.bedMm().get(0) && to.y() <= profile.bedMm().get(1) && to.z() > 0)) {
      refuse("bed", "%s prints beside or below the bed, move the slot", where);
    }
  }

  private void flow(String where, ToolMove move, double limitMm3S) {
    if (move.isBead()) {
      double flow =
          move.filamentMm() * ToolpathWriter.FILAMENT_MM2 / move.lengthXyMm() * move.speedMmS();
      if (!(flow <= limitMm3S)) {
        refuse(
            "flow",
            "%s needs %.1f mm3/s, the hotend melts %.1f, remove it",
            where,
            flow,
            limitMm3S);
      }
    } else if (!(Math.abs(move.filamentMm()) <= RETRACTION_MM)) {
      refuse(
          "retraction",
          "%s pushes or pulls %s mm of filament at once, give up to %s",
          where,
          plain(move.filamentMm()),
          plain(RETRACTION_MM));
    }
  }

  private static int first(List<ProgramLine> lines, String command) {
    for (int i = 0; i < lines.size(); i++) {
      if (GcodeWords.of(lines.get(i).text()).command().equals(command)) {
        return i;
      }
    }
    return lines.size();
  }
}
