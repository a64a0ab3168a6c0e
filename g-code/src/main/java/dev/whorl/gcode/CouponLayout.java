package dev.whorl.gcode;

/**
 * Where the features of {@code standard-1} lie, in coupon coordinates: mm, origin at the lower left
 * corner.
 *
 * <pre>
 *   34 +------+-----+---------------+------+
 *      |marker|  y  | corners (y)   |marker|
 *      +------+  s  +-----------+---+------+  high
 *      |beads |  t  |  compass  |corners(x)|
 *      |      |  r  |           |          |
 *      +------+--i--+-----------+----------+  low
 *      |  x strip (whole width)            |
 *      +------+--p--+---------------+------+  strip
 *      |marker|     | beads         |marker|
 *    0 +------+-----+---------------+------+
 * </pre>
 *
 * The layout is the same when x and y are exchanged, so both axes are measured alike.
 */
final class CouponLayout {
  /** Width and depth of the coupon. */
  static final double SIZE_MM = 34;

  /**
   * Pitch of beads for each mm of nozzle: 0.43 mm at 0.4 mm. Commensurate with no period of a motor
   * or belt: at 0.4 mm the 0.8 mm electrical cycle would sit on Nyquist.
   */
  private static final double PITCH_PER_NOZZLE = 0.43 / 0.4;

  private static final double HEIGHT_PER_NOZZLE = 0.5;

  /** From the coupon's edge to a marker. */
  private static final double MARKER_INSET_MM = 0.1;

  /** The same where a cell is one bead wide, whose end rounds off beyond the cell. */
  private static final double NARROW_CELL_INSET_MM = 0.3;

  /** Room kept for a marker whatever the nozzle, so that the other features keep their places. */
  private static final double MARKER_ROOM_MM = 6.02;

  /** Between features that are not read as isolated beads. */
  static final double GAP_MM = 0.5;

  private static final double STRIP_MM = 5;
  private static final double EDGE_MM = 0.3;
  private static final double PATCH_MM = 14;

  final double nozzleMm;

  /** Between the middles of neighbouring beads, and the width of a bead. */
  final double pitchMm;

  /** Height of a layer. */
  final double heightMm;

  /** Side of a marker's cell. */
  final double cellMm;

  /** Side of a marker. */
  final double markerMm;

  /** Free room on either side of an isolated bead: light from the side must reach its flank. */
  final double isolationMm;

  /** Lower edge of the strips. */
  final double stripMm;

  /** Upper edge of the strips. */
  final double lowMm;

  /** Lower edge of the markers at the far end. */
  final double highMm;

  CouponLayout(double nozzleMm) {
    this.nozzleMm = nozzleMm;
    pitchMm = PITCH_PER_NOZZLE * nozzleMm;
    heightMm = HEIGHT_PER_NOZZLE * nozzleMm;
    // Two beads to a cell while four markers and the strips still fit; one with wide nozzles.
    cellMm = pitchMm > 0.5 ? pitchMm : 2 * pitchMm;
    markerMm = MarkerBits.CELLS * cellMm;
    isolationMm = 2.2 * pitchMm;
    double corner = MARKER_INSET_MM + Math.max(markerMm, MARKER_ROOM_MM);
    stripMm = corner + GAP_MM;
    lowMm = stripMm + STRIP_MM;
    highMm = SIZE_MM - corner;
  }

  /** Lower left corner of the marker in a corner, numbered as in {@link ShortId}. */
  double[] markerAt(int corner) {
    double near = cellMm > pitchMm ? MARKER_INSET_MM : NARROW_CELL_INSET_MM;
    double far = SIZE_MM - near - markerMm;
    return new double[] {corner == 1 || corner == 2 ? far : near, corner >= 2 ? far : near};
  }

  /** Where the middle of an isolated bead may begin, counted along a strip of beads. */
  double beadFromMm() {
    return lowMm + isolationMm + pitchMm / 2;
  }

  /** Where it must end. */
  double beadToMm() {
    return highMm - isolationMm - pitchMm / 2;
  }

  /** The first row's middle, counted across a strip of beads. */
  double rowFromMm() {
    return EDGE_MM + pitchMm / 2;
  }

  /** How far a bead's middle may reach across a strip of beads. */
  double rowToMm() {
    return stripMm - isolationMm - pitchMm / 2;
  }

  /** Between the middles of isolated rows. */
  double rowPitchMm() {
    return isolationMm + pitchMm;
  }

  /** The square whose layer 3 is solid, under the nozzle compass. */
  BoxMm patch() {
    double from = lowMm + GAP_MM;
    double to = highMm - isolationMm;
    double side = Math.min(PATCH_MM, to - from);
    double low = from + (to - from - side) / 2;
    return new BoxMm(low, low, low + side, low + side);
  }

  /** The edge that ringing corners and strips keep from the coupon's far edge. */
  double farMm() {
    return SIZE_MM - EDGE_MM;
  }
}
