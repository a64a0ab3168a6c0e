package dev.whorl.sim.machine;

import java.util.SplittableRandom;

/**
 * Random streams by name. Two streams whose paths differ in anything are independent, so that what
 * one part draws never shifts what another does.
 */
public final class Streams {

  private Streams() {}

  /** The stream of a seed and a path of names and numbers. */
  public static SplittableRandom of(long seed, Object... path) {
    return new SplittableRandom(seedOf(seed, path));
  }

  /** The seed of that stream, to be handed on. */
  public static long seedOf(long seed, Object... path) {
    long hash = mix(seed + 0x9E3779B97F4A7C15L);
    for (Object step : path) {
      if (step instanceof CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
          hash = mix(hash ^ name.charAt(i));
        }
        hash = mix(hash ^ 0xFF51AFD7ED558CCDL);
      } else if (step instanceof Enum<?> constant) {
        hash = seedOf(hash, constant.name());
      } else if (step instanceof Number number) {
        hash = mix(hash ^ number.longValue());
      } else {
        throw new IllegalArgumentException("no stream is named by " + step);
      }
    }
    return hash;
  }

  /** A standard normal draw. */
  public static double normal(SplittableRandom random) {
    // Box-Muller: unlike nextGaussian, its values are the same in every release of Java.
    double u = 1 - random.nextDouble();
    double v = random.nextDouble();
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** A draw whose logarithm is even between those of the limits. */
  public static double logUniform(SplittableRandom random, double low, double high) {
    return low * StrictMath.exp(random.nextDouble() * StrictMath.log(high / low));
  }

  /** A log-normal draw. */
  public static double logNormal(SplittableRandom random, double median, double logSd) {
    return median * StrictMath.exp(logSd * normal(random));
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
