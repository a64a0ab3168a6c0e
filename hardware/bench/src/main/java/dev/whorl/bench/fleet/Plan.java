package dev.whorl.bench.fleet;

import dev.whorl.sim.machine.PrinterModel;
import java.nio.file.Path;

/**
 * What a run is to do.
 *
 * @param printers test machines
 * @param rendered how many of them as images; the rest are drawn
 * @param trainingRendered machines printed to fit the measurement model on, 0 for the shipped one
 * @param scale drawn machines the ratios' scales are fitted on, 0 for those that ship
 * @param calibration machines the threshold is fixed on
 * @param openSet machines enrolled for the open search, 0 for none
 * @param others with how many other machines each probe is compared
 * @param model all machines' model
 * @param seed decides every machine and every accident
 * @param dir where everything is kept
 */
record Plan(
    int printers,
    int rendered,
    int trainingRendered,
    int scale,
    int calibration,
    int openSet,
    int others,
    PrinterModel model,
    long seed,
    Path dir) {
  private static final int CORE_PROBES = 6;

  /** Strangers: two searches for each machine that is enrolled. */
  int unknown() {
    return (2 * openSet + CORE_PROBES - 1) / CORE_PROBES;
  }
}
