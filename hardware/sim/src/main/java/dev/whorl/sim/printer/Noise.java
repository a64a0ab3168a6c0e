package dev.whorl.sim.printer;

/** A stream of normal draws that can be copied in mid-stream (SplitMix64, Box-Muller). */
final class Noise {

  private long state;
  private double spare = Double.NaN;

  Noise(long seed) {
    state = seed;
  }

  Noise copy() {
    Noise copy = new Noise(state);
    copy.spare = spare;
    return copy;
  }

  double uniform() {
    state += 0x9E3779B97F4A7C15L;
    long a = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return ((b ^ (b >>> 31)) >>> 11) * 0x1.0p-53;
  }

  double normal() {
    if (!Double.isNaN(spare)) {
      double draw = spare;
      spare = Double.NaN;
      return draw;
    }
    double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    double angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
