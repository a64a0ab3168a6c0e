package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.compare.PartState.Drive;
import dev.whorl.fingerprint.compare.PartState.Head;
import dev.whorl.fingerprint.compare.PartState.Nozzle;

/**
 * How likely parts are changed between two fingerprints: each by itself at a yearly rate, or
 * several together in a service.
 *
 * <p>Rates per printer and year of hobbyist use. Counted from the histories of printers' public
 * settings, an upper bound: extruder 0.86, pulley or steps 0.05, resonance by more than a tenth 1.5
 * (which counts what drifts by as much, too: a jump of its own is assumed to be rarer). The others
 * are assumed: no count of them is known.
 *
 * @param years between the two
 * @param factor how many times more often than usual
 */
record ChangeRates(double years, double factor) {
  private static final double NOZZLE = 1.5;
  private static final double RESEAT = 0.3;
  private static final double RETENSION = 0.5;
  private static final double DRIVE = 0.05;
  private static final double EXTRUDER = 0.6;
  private static final double TOOLHEAD = 0.26;
  private static final double RESONANCE = 0.3;
  private static final double SQUARING = 0.3;
  private static final double SERVICE = 0.3;

  /** However close together two coupons are, hands were on the printer between them. */
  private static final double LEAST_YEARS = 1 / 365.25;

  /** Whether there was a service between the two. */
  double service(boolean yes) {
    return yes ? once(SERVICE) : 1 - once(SERVICE);
  }

  /** Who changes the toolhead takes the nozzle out: it comes back turned, or another does. */
  double nozzle(Nozzle state, Head head, boolean service) {
    boolean out = head == Head.CHANGED;
    double changed = out ? 0.5 : service ? 0.6 : once(NOZZLE);
    double turned = out ? 0.3 : service ? 0.05 : once(RESEAT);
    return switch (state) {
      case CHANGED -> changed;
      case TURNED -> (1 - changed) * turned;
      case KEPT -> (1 - changed) * (1 - turned);
    };
  }

  double drive(Drive state, boolean service) {
    double changed = service ? 0.15 : once(DRIVE);
    double shifted = service ? 0.4 : once(RETENSION);
    return switch (state) {
      case CHANGED -> changed;
      case SHIFTED -> (1 - changed) * shifted;
      case KEPT -> (1 - changed) * (1 - shifted);
    };
  }

  double head(Head state, boolean service) {
    double all = service ? 0.2 : once(TOOLHEAD);
    double extruder = service ? 0.2 : once(EXTRUDER);
    return switch (state) {
      case CHANGED -> all;
      case EXTRUDER_CHANGED -> (1 - all) * extruder;
      case KEPT -> (1 - all) * (1 - extruder);
    };
  }

  double resonance(boolean changed, boolean service) {
    double p = service ? 0.5 : once(RESONANCE);
    return changed ? p : 1 - p;
  }

  double squaring(boolean changed, boolean service) {
    double p = service ? 0.4 : once(SQUARING);
    return changed ? p : 1 - p;
  }

  private double once(double perYear) {
    return -Math.expm1(-perYear * factor * Math.max(years, LEAST_YEARS));
  }
}
