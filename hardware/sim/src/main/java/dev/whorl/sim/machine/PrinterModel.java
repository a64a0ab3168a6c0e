package dev.whorl.sim.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A model of printer: what its firmware says it is, its travel, and the medians around which its
 * machines scatter. Resonances of 40 to 80 Hz are usual for desktop printers: ghosts 1 to 2 mm
 * apart at 80 mm/s. The bed-slinger's Y is the slower, for it carries the bed.
 */
public enum PrinterModel {
  /** A bed-slinger of 235 x 235 mm, direct drive, classic jerk. */
  MENDEL("Mendel 235", Kinematics.CARTESIAN, 235, 235, 250, 60, 50, false, true),
  /** A CoreXY cube of 300 x 300 mm, direct drive, junction deviation. */
  CUBE("Cube 300", Kinematics.COREXY, 300, 300, 300, 62, 55, true, false);

  private final String machineType;
  private final Kinematics kinematics;
  private final double travelXMm;
  private final double travelYMm;
  private final double travelZMm;
  private final double resonanceXHz;
  private final double resonanceYHz;
  private final boolean junctionDeviation;
  private final boolean advancedOk;

  PrinterModel(
      String machineType,
      Kinematics kinematics,
      double travelXMm,
      double travelYMm,
      double travelZMm,
      double resonanceXHz,
      double resonanceYHz,
      boolean junctionDeviation,
      boolean advancedOk) {
    this.machineType = machineType;
    this.kinematics = kinematics;
    this.travelXMm = travelXMm;
    this.travelYMm = travelYMm;
    this.travelZMm = travelZMm;
    this.resonanceXHz = resonanceXHz;
    this.resonanceYHz = resonanceYHz;
    this.junctionDeviation = junctionDeviation;
    this.advancedOk = advancedOk;
  }

  /** The model of a word such as {@code mendel}, if there is one. */
  public static Optional<PrinterModel> of(String word) {
    return Arrays.stream(values()).filter(model -> model.word().equals(word)).findFirst();
  }

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What M115 calls it. */
  public String machineType() {
    return machineType;
  }

  /** How it is built, unless told otherwise. */
  public Kinematics kinematics() {
    return kinematics;
  }

  /** Travel in X. */
  public double travelXMm() {
    return travelXMm;
  }

  /** Travel in Y. */
  public double travelYMm() {
    return travelYMm;
  }

  /** Travel in Z. */
  public double travelZMm() {
    return travelZMm;
  }

  /** Whether its firmware is built with junction deviation instead of classic jerk. */
  public boolean junctionDeviation() {
    return junctionDeviation;
  }

  /** Whether its firmware is built with ADVANCED_OK. */
  public boolean advancedOk() {
    return advancedOk;
  }

  double resonanceXHz() {
    return resonanceXHz;
  }

  double resonanceYHz() {
    return resonanceYHz;
  }
}
