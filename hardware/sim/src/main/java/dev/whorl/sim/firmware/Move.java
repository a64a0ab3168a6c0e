package dev.whorl.sim.firmware;

/**
 * One straight move, its speeds still being planned until it is handed out. Axes are x, y, z and
 * filament, in mm.
 */
public final class Move {

  /** Indices of the axes. */
  public static final int X = 0;

  /** Second axis. */
  public static final int Y = 1;

  /** Third axis. */
  public static final int Z = 2;

  /** Filament. */
  public static final int E = 3;

  private final double[] from;
  private final double[] unit;
  private final double lengthMm;
  private final double nominalMmS;
  private final double accelMmS2;
  final double maxEntryMmS;
  double entryMmS;
  double exitMmS;

  Move(
      double[] from,
      double[] unit,
      double lengthMm,
      double nominalMmS,
      double accelMmS2,
      double maxEntryMmS) {
    this.from = from;
    this.unit = unit;
    this.lengthMm = lengthMm;
    this.nominalMmS = nominalMmS;
    this.accelMmS2 = accelMmS2;
    this.maxEntryMmS = maxEntryMmS;
  }

  /** Where an axis starts. */
  public double from(int axis) {
    return from[axis];
  }

  /** Movement of an axis per mm of the move. */
  public double unit(int axis) {
    return unit[axis];
  }

  /** Where an axis ends. */
  public double to(int axis) {
    return from[axis] + unit[axis] * lengthMm;
  }

  /** Length of path, or of filament when nothing else moves. */
  public double lengthMm() {
    return lengthMm;
  }

  /** The speed asked for, limits of the axes observed. */
  public double nominalMmS() {
    return nominalMmS;
  }

  /** Speed at its start. */
  public double entryMmS() {
    return entryMmS;
  }

  /** Speed at its end. */
  public double exitMmS() {
    return exitMmS;
  }

  /** Whether the nozzle moves in the plane or up and down. */
  public boolean travels() {
    return unit[X] != 0 || unit[Y] != 0 || unit[Z] != 0;
  }

  double accelMmS2() {
    return accelMmS2;
  }

  /** How it runs as planned now. */
  public Trapezoid trapezoid() {
    return Trapezoid.of(lengthMm, entryMmS, nominalMmS, exitMmS, accelMmS2);
  }
}
