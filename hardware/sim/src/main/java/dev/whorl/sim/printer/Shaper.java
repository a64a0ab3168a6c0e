package dev.whorl.sim.printer;

/**
 * Input shaping as M593 sets it: every jump of speed is split in two, half a period apart, so that
 * the second cancels what the first set off (a ZV shaper, damping 0.15 as Marlin's default). That
 * it also rounds the path by the same half period is left out: it is the same for all machines.
 */
final class Shaper {

  private static final double ZETA = 0.15;

  private final double[] delayed;
  private final double first;
  private int at;

  /**
   * For one axis.
   *
   * @param hz 0 for none
   */
  Shaper(double hz, double stepS) {
    int steps = hz > 0 ? Math.max(1, (int) Math.round(0.5 / hz / stepS)) : 0;
    delayed = new double[steps];
    double k = Math.exp(-ZETA * Math.PI / Math.sqrt(1 - ZETA * ZETA));
    first = 1 / (1 + k);
  }

  private Shaper(Shaper from) {
    delayed = from.delayed.clone();
    first = from.first;
    at = from.at;
  }

  Shaper copy() {
    return new Shaper(this);
  }

  double shaped(double jump) {
    if (delayed.length == 0) {
      return jump;
    }
    double now = first * jump + delayed[at];
    delayed[at] = (1 - first) * jump;
    at = (at + 1) % delayed.length;
    return now;
  }
}
