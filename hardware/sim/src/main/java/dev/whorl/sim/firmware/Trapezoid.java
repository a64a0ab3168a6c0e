package dev.whorl.sim.firmware;

/**
 * Speed over a move: up, level, down at one acceleration; a triangle when it is too short to reach
 * its speed.
 *
 * @param entryMmS at the start
 * @param peakMmS at the level part
 * @param exitMmS at the end
 * @param accelMmS2 up and down
 * @param upS duration of the rise
 * @param levelS duration of the level part
 * @param downS duration of the fall
 */
public record Trapezoid(
    double entryMmS,
    double peakMmS,
    double exitMmS,
    double accelMmS2,
    double upS,
    double levelS,
    double downS) {

  static Trapezoid of(
      double lengthMm, double entryMmS, double nominalMmS, double exitMmS, double accelMmS2) {
    double rise = nominalMmS * nominalMmS - entryMmS * entryMmS;
    double fall = nominalMmS * nominalMmS - exitMmS * exitMmS;
    double levelMm = lengthMm - (rise + fall) / (2 * accelMmS2);
    double peak = nominalMmS;
    if (levelMm < 0) {
      double peakSquared = accelMmS2 * lengthMm + 0.5 * (entryMmS * entryMmS + exitMmS * exitMmS);
      peak = Math.max(Math.sqrt(peakSquared), Math.max(entryMmS, exitMmS));
      levelMm = 0;
    }
    return new Trapezoid(
        entryMmS,
        peak,
        exitMmS,
        accelMmS2,
        (peak - entryMmS) / accelMmS2,
        levelMm / peak,
        (peak - exitMmS) / accelMmS2);
  }

  /** How long it takes. */
  public double durationS() {
    return upS + levelS + downS;
  }

  /** Way covered after {@code t} seconds. */
  public double distanceMm(double t) {
    if (t <= upS) {
      return entryMmS * t + 0.5 * accelMmS2 * t * t;
    }
    double up = 0.5 * (entryMmS + peakMmS) * upS;
    double level = t - upS;
    if (level <= levelS) {
      return up + peakMmS * level;
    }
    double down = Math.min(level - levelS, downS);
    return up + peakMmS * levelS + peakMmS * down - 0.5 * accelMmS2 * down * down;
  }

  /** Speed after {@code t} seconds. */
  public double speedMmS(double t) {
    if (t <= upS) {
      return entryMmS + accelMmS2 * t;
    }
    if (t <= upS + levelS) {
      return peakMmS;
    }
    return Math.max(exitMmS, peakMmS - accelMmS2 * (t - upS - levelS));
  }
}
